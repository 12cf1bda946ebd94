import type { BmcDialect, BmcSession } from "../../state/bmc.ts";
import type { PhysicalServer } from "../../state/server.ts";
import type { World } from "../../state/world.ts";

/** Plain JSON of a resource. */
export type Body = Readonly<Record<string, unknown>>;

/** What the service answers. */
export interface RedfishAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: Body | undefined;
}

/** One request as a handler sees it. */
export interface RedfishCall {
  readonly world: World;
  readonly server: PhysicalServer;
  readonly session: BmcSession | undefined;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path without a slash at its end. */
  readonly path: string;
  /** Named parts of the path. */
  readonly parts: Readonly<Record<string, string>>;
  /** Body of the request; empty for none. */
  readonly body: Body;
}

/** A path of the service, its methods, and in which generation it exists. */
export interface Resource {
  /** "/redfish/v1/Managers/1/VirtualMedia/{slot}" */
  readonly path: string;
  readonly dialect?: BmcDialect | undefined;
  /** True where no session is needed, for the methods that say so. */
  readonly open?: readonly string[] | undefined;
  readonly get?: ((call: RedfishCall) => Body | undefined) | undefined;
  readonly post?: ((call: RedfishCall) => RedfishAnswer | Promise<RedfishAnswer>) | undefined;
  readonly patch?: ((call: RedfishCall) => RedfishAnswer) | undefined;
  readonly delete?: ((call: RedfishCall) => RedfishAnswer) | undefined;
}

/** The registry that a generation's own messages come from. */
const REGISTRY: Readonly<Record<BmcDialect, { readonly base: string; readonly own: string }>> = {
  ilo5: { base: "Base.1.4", own: "iLO.2.33" },
  ilo6: { base: "Base.1.18", own: "iLO.2.37" },
};
const BASE_MESSAGES: ReadonlySet<string> = new Set([
  ...["Success", "NoValidSession", "InsufficientPrivilege", "ResourceMissingAtURI", "ActionNotSupported", "Created"],
  ...["PropertyMissing", "PropertyUnknown", "PropertyNotWritable", "PropertyValueTypeError", "PropertyValueNotInList"],
  ...["MalformedJSON", "PreconditionFailed", "ActionParameterMissing", "ResourceAlreadyExists"],
]);

/** An answer that carries messages only: id and arguments without text, as these controllers send them. */
export function message(server: PhysicalServer, status: number, id: string, ...args: readonly string[]): RedfishAnswer {
  const registry = REGISTRY[server.bmc.dialect];
  const MessageId = `${BASE_MESSAGES.has(id) ? registry.base : registry.own}.${id}`;
  const info = args.length === 0 ? { MessageId } : { MessageArgs: args, MessageId };
  const code = `${registry.own}.ExtendedInfo`;
  return {
    status,
    body: {
      error: { code, message: "See @Message.ExtendedInfo for more information.", "@Message.ExtendedInfo": [info] },
    },
  };
}

/** A list of links. */
export function collection(path: string, type: string, name: string, ids: readonly string[]): Body {
  return {
    "@odata.context": `/redfish/v1/$metadata#${type}.${type}`,
    "@odata.id": `${path}/`,
    "@odata.type": `#${type}.${type}`,
    Description: `${name} view`,
    Name: name,
    Members: ids.map((id) => ({ "@odata.id": `${path}/${id}/` })),
    "Members@odata.count": ids.length,
  };
}

/** The head of a resource. */
export function head(path: string, type: string, version: string, id: string, name: string): Body {
  return {
    "@odata.context": `/redfish/v1/$metadata#${type}.${type}`,
    "@odata.id": `${path}/`,
    "@odata.type": `#${type}.v${version}.${type}`,
    Id: id,
    Name: name,
  };
}

/** Text of a body's property, undefined for anything else. */
export function text(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === "string" ? value : undefined;
}

/** An object inside a body, empty for anything else. */
export function object(body: Body, name: string): Body {
  const value = body[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
