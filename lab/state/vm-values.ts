import { randomBytes } from "node:crypto";
import { parseProperties, renderProperties } from "./property-string.ts";
import { parameterError } from "./pve-error.ts";

export const NET_KEY = /^net\d+$/;

/** Models of network cards that `netN` may begin with. */
const MODELS = ["e1000", "e1000e", "rtl8139", "virtio", "vmxnet3"] as const;

/** A network card's value as the configuration keeps it: the model with its address (made when absent), then the other keys sorted. */
export function normaliseNet(key: string, value: string): string {
  const given = parseProperties(value, "model");
  const model = given.get("model") ?? MODELS.find((name) => given.has(name));
  if (model === undefined || !MODELS.some((name) => name === model)) {
    throw parameterError({
      [key]: "invalid format - format error\nmodel: property is missing and it is not optional\n",
    });
  }
  const mac = given.get(model) ?? given.get("macaddr") ?? newMac();
  if (!/^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$/i.test(mac)) {
    throw parameterError({
      [key]: `invalid format - format error\nmacaddr: value does not look like a valid unicast MAC address\n`,
    });
  }
  return joinSorted(`${model}=${mac.toUpperCase()}`, given, ["model", "macaddr", model]);
}

/** A drive's value as the configuration keeps it: the volume, then its options sorted. */
export function renderDrive(volid: string, options: ReadonlyMap<string, string>): string {
  return joinSorted(volid, options, ["file", "volume", "import-from", "format"]);
}

function joinSorted(head: string, options: ReadonlyMap<string, string>, without: readonly string[]): string {
  const rest = [...options].filter(([name]) => !without.includes(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [head, ...(rest.length > 0 ? [renderProperties(new Map(rest))] : [])].join(",");
}

/** A fresh address of Proxmox's own prefix. */
export function newMac(): string {
  const bytes = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0"));
  return ["bc", "24", "11", ...bytes].join(":").toUpperCase();
}
