import type { Dialect } from "./dialect.ts";

/** Packages that a repository offers beside the installation, by name with their version. */
export function optionalPackages(dialect: Dialect): ReadonlyMap<string, string> {
  return dialect === "9" ? NINE : EIGHT;
}

const NINE = new Map([
  ["proxmox-auto-install-assistant", "9.2.7"],
  ["xorriso", "1.5.6-1.2+b1"],
]);
const EIGHT = new Map([
  ["proxmox-auto-install-assistant", "8.4.6"],
  ["xorriso", "1.5.4-4"],
]);
