import { z } from "zod";
import type { Json, JsonObject } from "../base/json.ts";
import { FIELDS, type Field, type FieldName } from "./fields.ts";

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

/** `none`, or hosts with commas between them, each `[user@]host[:port]`. */
const JUMP =
  /^(?:[^\s@,]+@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s@,:[\]]+)(?::\d{1,5})?(?:,(?:[^\s@,]+@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s@,:[\]]+)(?::\d{1,5})?)*$/;
/** A release of Proxmox VE, whole or its beginning: `8.4`, `9`, `9.2.11`. */
const VERSION = /^\d+(?:\.\d+){0,2}$/;

const ssh = z.strictObject({
  user: text("user", /^[^\s@:]+$/).optional(),
  host: host.optional(),
  port: port.optional(),
  connect: endpoint.optional(),
  "host-key": described("host-key", z.union([hostKey, z.array(hostKey)])).optional(),
  password: password.optional(),
  identity: text("identity").optional(),
  passphrase: text("passphrase").optional(),
  jump: text("jump", JUMP).optional(),
  config: described("config", z.union([z.literal(false), z.string().regex(/\S/)])).optional(),
  sudo: described("sudo", z.union([z.boolean(), z.string().regex(/\S/)])).optional(),
});

const token = z.strictObject({
  id: text("token-id", /^[^\s@!]+@[^\s@!]+![A-Za-z][A-Za-z0-9._-]+$/),
  secret: text("token-secret"),
});

const pve = z.strictObject({
  user: text("user-pve", /^[^\s@]+@[^\s@]+$/).optional(),
  host: host.optional(),
  port: port.optional(),
  connect: endpoint.optional(),
  password: password.optional(),
  totp: text("totp").optional(),
  token: described("token", token).optional(),
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

const version = described("version", z.union([z.string().regex(VERSION), z.number().positive()]));

const node = z.strictObject({
  version: version.optional(),
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

const members = z.array(z.string());
const group = z.union([
  members,
  z.strictObject({
    nodes: described("members", members).optional(),
    groups: described("subgroups", members).optional(),
    vars: vars.optional(),
  }),
]);

/** One inventory file. Nothing is required here: another file of the chain may say it. */
export const layerSchema = z.strictObject({
  nom: text("nom").optional(),
  simule: text("simule").optional(),
  guard: described("guard", z.enum(["none", "loopback"])).optional(),
  "echelle-temps": described("echelle-temps", z.number().positive()).optional(),
  extends: text("extends").optional(),
  groups: described("groups", named(described("group", group))).optional(),
  versions: described(
    "versions",
    z.record(z.string().regex(VERSION), described("release", z.strictObject({ vars: vars.optional() }))),
  ).optional(),
  vars: vars.optional(),
  secrets: described("secrets", named(described("secret", secret))).optional(),
  nodes: described("nodes", named(described("node", node))).optional(),
  defaults: described("defaults", node.omit({ address: true, hostname: true })).optional(),
});

export type Layer = z.output<typeof layerSchema>;
export type LayerNode = z.output<typeof node>;
export type LayerSecret = z.output<typeof secret>;
export type LayerGroup = z.output<typeof group>;

/** The JSON Schema (2020-12) of an inventory file, for editors: each field with what it must be and how it is written. */
export function inventoryJsonSchema(): JsonObject {
  const fields = new Map<string, Field>(Object.values(FIELDS).map((field) => [field.what, field]));
  const schema = z.toJSONSchema(layerSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      const field = fields.get(jsonSchema.description ?? "");
      if (field !== undefined) jsonSchema.description = `${sentence(field.what)}\nExemple : ${field.example}`;
    },
  });
  // Not every editor compiles patterns for Unicode: Latin letters stand for all of them.
  const portable = JSON.parse(JSON.stringify(schema), (key, value: Json) =>
    key === "pattern" && typeof value === "string"
      ? value.replaceAll("\\p{L}", "A-Za-zÀ-ɏ").replaceAll("\\p{N}", "0-9")
      : value,
  ) as JsonObject;
  return { ...portable, title: "Inventaire de Constat", description: sentence(FIELDS.inventaire.what) };
}

function sentence(text: string): string {
  return `${text.charAt(0).toLocaleUpperCase("fr")}${text.slice(1)}.`;
}
