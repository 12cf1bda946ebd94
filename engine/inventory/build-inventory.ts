import { shortName } from "../base/short-name.ts";
import type { Inventory, InventoryNode, PveAccess, SecretReference, SshAccess } from "../model/inventory.ts";
import { bmcOf, consoleOf, powerOf } from "./build-management.ts";
import { parseEndpoint } from "./endpoint.ts";
import { membersOf } from "./groups.ts";
import type { Layer, LayerNode, LayerSecret } from "./inventory-schema.ts";
import { varsOfSite } from "./layered-vars.ts";

/** The secret whose mere presence makes it the password of every Proxmox access that names none. */
const DEFAULT_PASSWORD = "root_password";

type Ssh = Exclude<LayerNode["ssh"], false>;
type Pve = Exclude<LayerNode["pve"], false>;

/** Gives a checked inventory its defaults: every node offers ssh and Proxmox unless it says no. */
export function buildInventory(
  file: string,
  stem: string,
  layer: Layer,
  nodes: Readonly<Record<string, LayerNode>>,
): Inventory {
  const groups = layer.groups ?? {};
  const versions = Object.values(nodes).map(({ version }) => (version === undefined ? undefined : String(version)));
  const secrets = mapValues(layer.secrets ?? {}, secretOf);
  const password = Object.hasOwn(secrets, DEFAULT_PASSWORD) ? DEFAULT_PASSWORD : undefined;
  return {
    file,
    name: layer.nom ?? stem,
    ...(layer.simule !== undefined && { simulated: layer.simule }),
    timeScale: layer["echelle-temps"] ?? 1,
    guard: layer.guard ?? "none",
    nodes: Object.entries(nodes).map(([name, node]) => nodeOf(name, node, password, layer.guard)),
    groups: Object.fromEntries(Object.keys(groups).map((name) => [name, membersOf(name, groups)])),
    vars: mapValues(varsOfSite(versions, layer), String),
    secrets,
  };
}

function nodeOf(name: string, node: LayerNode, password: string | undefined, guard: Layer["guard"]): InventoryNode {
  const address = node.address ?? name;
  return {
    name,
    // Proxmox knows its nodes without their domain, whatever the machine calls itself.
    hostname: shortName(node.hostname ?? name),
    address,
    ...(node.version !== undefined && { version: String(node.version) }),
    ...(node.ssh !== false && { ssh: sshOf(node.ssh, address, guard) }),
    ...(node.pve !== false && { pve: pveOf(node.pve, address, password) }),
    ...powerOf(node),
    ...(node.bmc !== undefined && node.bmc !== false && { bmc: bmcOf(node.bmc, address) }),
    ...(node.console !== undefined && node.console !== false && { console: consoleOf(node.console) }),
    vars: mapValues(node.vars ?? {}, String),
  };
}

function sshOf(ssh: Ssh, address: string, guard: Layer["guard"]): SshAccess {
  const keys = ssh?.["host-key"] ?? [];
  const assumed = (["user", "port"] as const).filter((field) => ssh?.[field] === undefined);
  // What is kept on this machine goes by its own inventory alone: no habit of the operator's may send it elsewhere.
  const config = ssh?.config ?? (guard === "loopback" ? false : undefined);
  return {
    user: ssh?.user ?? "root",
    endpoint: { host: ssh?.host ?? address, port: ssh?.port ?? 22 },
    ...(assumed.length > 0 && { assumed }),
    ...connectOf(ssh?.connect),
    hostKeys: typeof keys === "string" ? [keys] : keys,
    ...(ssh?.password !== undefined && { password: ssh.password }),
    ...(ssh?.identity !== undefined && { identity: ssh.identity }),
    ...(ssh?.passphrase !== undefined && { passphrase: ssh.passphrase }),
    ...(ssh?.jump !== undefined && { jump: ssh.jump }),
    ...(config !== undefined && { config }),
    ...(ssh?.sudo !== undefined && ssh.sudo !== false && { sudo: ssh.sudo === true ? {} : { password: ssh.sudo } }),
  };
}

function pveOf(pve: Pve, address: string, fallback: string | undefined): PveAccess {
  const password = pve?.password ?? fallback;
  return {
    user: pve?.user ?? "root@pam",
    ...(password !== undefined && { password }),
    ...(pve?.totp !== undefined && { totp: pve.totp }),
    ...(pve?.token !== undefined && { token: pve.token }),
    endpoint: { host: pve?.host ?? address, port: pve?.port ?? 8006 },
    ...connectOf(pve?.connect),
    ...(pve?.fingerprint !== undefined && { fingerprint: pve.fingerprint.toUpperCase() }),
  };
}

function connectOf(connect: string | undefined): Pick<SshAccess, "connect"> {
  const endpoint = connect === undefined ? undefined : parseEndpoint(connect);
  return endpoint === undefined ? {} : { connect: endpoint };
}

function secretOf(secret: LayerSecret): SecretReference {
  if ("env" in secret) return { from: "env", name: secret.env };
  if ("file" in secret) return { from: "file", path: secret.file };
  return { from: "command", command: secret.command };
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
