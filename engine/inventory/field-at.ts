import { FIELDS, type Field, type FieldName } from "./fields.ts";

/** A path of keys and positions inside an inventory file. */
export type YamlPath = readonly PropertyKey[];

/** What must stand at a path of an inventory file, and how to write it. */
export function fieldAt(path: YamlPath): Field {
  return FIELDS[nameAt(path)];
}

/** The keys that may stand at a path; empty where names are free. */
export function keysAt(path: YamlPath): readonly string[] {
  const last = path.at(-1);
  if (path.length === 0) {
    return [
      "nom",
      "simule",
      "guard",
      "echelle-temps",
      "extends",
      "groups",
      "versions",
      "vars",
      "secrets",
      "nodes",
      "defaults",
    ];
  }
  if (path.length === 1 && last === "defaults")
    return ["version", "vars", "power", "ssh", "pve", "bmc", "console", "connect"];
  if (path.length === 2 && path[0] === "nodes") {
    return ["address", "hostname", "version", "vars", "power", "ssh", "pve", "bmc", "console", "connect"];
  }
  if (path.length === 2 && path[0] === "groups") return ["nodes", "groups", "vars"];
  if (path.length === 2 && path[0] === "versions") return ["vars"];
  if (path.length === 2 && path[0] === "secrets") return ["env", "file", "command"];
  if (last === "ssh") {
    return [
      ...["user", "host", "port", "connect", "host-key", "password", "identity"],
      ...["passphrase", "jump", "config", "sudo"],
    ];
  }
  if (last === "pve") return ["user", "host", "port", "connect", "password", "totp", "token", "fingerprint"];
  if (last === "token") return ["id", "secret"];
  if (last === "power") return ["host", "off", "on"];
  if (last === "bmc") return ["host", "port", "connect", "user", "password", "accounts", "fingerprint", "page"];
  if (last === "console") return ["host", "vmid"];
  if (path.at(-2) === "accounts") return ["user", "password"];
  return last === "connect" ? ["ssh", "pve", "bmc"] : [];
}

function nameAt(path: YamlPath): FieldName {
  const [top, ...rest] = path.map(String);
  if (top === undefined) return "inventaire";
  if (top === "groups") return rest.length > 0 ? nameInGroup(rest.slice(1)) : top;
  if (top === "versions") return rest.length > 1 ? nameInNode(rest.slice(1)) : rest.length > 0 ? "release" : top;
  if (top === "vars") return rest.length > 0 ? "variable" : top;
  if (top === "secrets") return rest.length > 0 ? "secret" : top;
  if (top === "nodes") return rest.length > 1 ? nameInNode(rest.slice(1)) : rest.length > 0 ? "node" : top;
  if (top === "defaults") return rest.length > 0 ? nameInNode(rest) : top;
  return top in FIELDS ? (top as FieldName) : "nodes";
}

function nameInGroup([key, inner]: readonly string[]): FieldName {
  if (key === "vars") return inner === undefined ? "vars" : "variable";
  if (key === "nodes") return "members";
  return key === "groups" ? "subgroups" : "group";
}

function nameInNode(path: readonly string[]): FieldName {
  const [key, inner] = path;
  if (key === "vars") return inner === undefined ? "vars" : "variable";
  if (key === "connect") return inner === undefined ? "connects" : "connect";
  if (key === "pve" && inner === "user") return "user-pve";
  if (inner === "accounts" && path.length === 3) return "account";
  if (inner === "token" && path.length === 3) return path[2] === "id" ? "token-id" : "token-secret";
  const name = inner ?? key ?? "node";
  return name in FIELDS ? (name as FieldName) : "node";
}
