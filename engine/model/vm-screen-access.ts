import type { InventoryNode } from "./inventory.ts";

/**
 * How the screens of a node's virtual machines are reached: `monitor` (root over ssh, sudo included), else `vnc` (the node's API, with the
 * privilege VM.Console), else `none`.
 */
export function vmScreenBy({ ssh, pve }: Pick<InventoryNode, "ssh" | "pve">): "monitor" | "vnc" | "none" {
  if (ssh?.user === "root" || ssh?.sudo !== undefined) return "monitor";
  if (pve?.password !== undefined) return "vnc";
  // Another account may be allowed to use the monitor (sudo); it says so itself when it is not.
  return ssh === undefined ? "none" : "monitor";
}
