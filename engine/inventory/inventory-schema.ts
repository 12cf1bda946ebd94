import { z } from "zod";
import type { JsonObject } from "../base/json.ts";
import { FIELDS, type FieldName } from "./fields.ts";

/** Names of nodes, groups, variables and secrets: they stand in `{{nodes.pve1.address}}`, `@noeuds` and `$nodes_pve1_address`. */
const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

const described = <T extends z.ZodType>(field: FieldName, schema: T): T => schema.describe(FIELDS[field].what) as T;
const text = (field: FieldName, pattern = /\S/) => described(field, z.string().regex(pattern));
const named = <T extends z.ZodType>(value: T) => z.record(z.string().regex(NAME), value);

const port = described("port", z.int().min(1).max(65_535));
const host = text("host", /^[^\s/@]+$/);
const endpoint = text("connect", /^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@[\]]+):\d{1,5}$/);
const password = text("password");
const hostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);
/** As runbooks declare them: `ceph.repository` is one name. */
export const VARIABLE = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;
const vars = described(
  "vars",
  z.record(z.string().regex(VARIABLE), described("variable", z.union([z.string(), z.number(), z.boolean()]))),
);

const ssh = z.strictObject({
  user: text("user", /^[^\s@:]+$/).optional(),
  host: host.optional(),
  port: port.optional(),
  connect: endpoint.optional(),
  "host-key": described("host-key", z.union([hostKey, z.array(hostKey)])).optional(),
  password: password.optional(),
  identity: text("identity").optional(),
});

const pve = z.strictObject({
  user: text("user-pve", /^[^\s@]+@[^\s@]+$/).optional(),
  host: host.optional(),
  port: port.optional(),
  connect: endpoint.optional(),
  password: password.optional(),
  totp: text("totp").optional(),
  fingerprint: text("fingerprint", /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}$/).optional(),
});

const account = z.strictObject({ user: text("user"), password });

const bmc = z.strictObject({
  host: host.optional(),
  port: port.optional(),
  connect: endpoint.optional(),
  user: text("user").optional(),
  password: password.optional(),
  accounts: described("accounts", named(described("account", account))).optional(),
  fingerprint: text("fingerprint", /^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31}$/).optional(),
  page: text("page", /^\/\S*$/).optional(),
});

const screen = z.strictObject({ host: host.optional(), vmid: described("vmid", z.int().min(100)).optional() });

const node = z.strictObject({
  address: text("address", /^[^\s/@]+$/).optional(),
  hostname: text("hostname", /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/).optional(),
  vars: vars.optional(),
  power: described(
    "power",
    z.union([z.enum(["bmc", "manual"]), z.strictObject({ host: text("host"), off: text("off"), on: text("on") })]),
  ).optional(),
  ssh: described("ssh", z.union([z.literal(false), ssh])).optional(),
  pve: described("pve", z.union([z.literal(false), pve])).optional(),
  bmc: described("bmc", z.union([z.literal(false), bmc])).optional(),
  console: described("console", z.union([z.literal(false), screen])).optional(),
  connect: described(
    "connects",
    z.strictObject({ ssh: endpoint.optional(), pve: endpoint.optional(), bmc: endpoint.optional() }),
  ).optional(),
});

const secret = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }),
  z.strictObject({ file: z.string().regex(/\S/) }),
  z.strictObject({ command: z.string().regex(/\S/) }),
]);

/** One inventory file. Nothing is required here: another file of the chain may say it. */
export const layerSchema = z.strictObject({
  nom: text("nom").optional(),
  simule: text("simule").optional(),
  guard: described("guard", z.enum(["none", "loopback"])).optional(),
  "echelle-temps": described("echelle-temps", z.number().positive()).optional(),
  extends: text("extends").optional(),
  groups: described("groups", named(described("group", z.array(z.string())))).optional(),
  vars: vars.optional(),
  secrets: described("secrets", named(described("secret", secret))).optional(),
  nodes: described("nodes", named(described("node", node))).optional(),
  defaults: described("defaults", node.omit({ address: true, hostname: true })).optional(),
});

export type Layer = z.output<typeof layerSchema>;
export type LayerNode = z.output<typeof node>;
export type LayerSecret = z.output<typeof secret>;

/** The JSON Schema (2020-12) of an inventory file, for editors. */
export function inventoryJsonSchema(): JsonObject {
  return z.toJSONSchema(layerSchema, { io: "input" }) as JsonObject;
}
