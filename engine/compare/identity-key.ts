import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";
import type { Ignoring } from "./ignoring.ts";
import { pathText } from "./json-path-text.ts";
import { neutralText } from "./neutral-json.ts";

/** What members of a list are called by in answers of Proxmox, Ceph, Redfish and of pages, most telling first. */
const KEYS = [
  "id",
  "@odata.id",
  "sid",
  "vmid",
  "volid",
  "storage",
  "iface",
  "name",
  "node",
  "key",
  "path",
  "text",
  "type",
];

/** The key by whose value the members of two lists are told apart: each has one, no two alike; undefined when there is none. */
export function identityKey(before: readonly Json[], after: readonly Json[], ignoring: Ignoring): string | undefined {
  if (before.length === 0 || after.length === 0) return undefined;
  return KEYS.find((key) => tellsApart(before, key, ignoring) && tellsApart(after, key, ignoring));
}

/** Members by the JSONPath spelling of their key's value. */
export function indexBy(members: readonly Json[], key: string): ReadonlyMap<string, JsonObject> {
  return new Map(members.filter(isJsonObject).map((member) => [spell(member[key]), member]));
}

function tellsApart(members: readonly Json[], key: string, ignoring: Ignoring): boolean {
  const seen = new Set<string>();
  for (const member of members) {
    const value = isJsonObject(member) && Object.hasOwn(member, key) ? member[key] : undefined;
    if (typeof value !== "string" && typeof value !== "number") return false;
    // A name that changes from one look to the next identifies nothing.
    if (typeof value === "string" && neutralText(value, ignoring) !== value) return false;
    seen.add(spell(value));
  }
  return seen.size === members.length;
}

function spell(value: Json | undefined): string {
  return typeof value === "string" ? pathText(value) : String(value);
}
