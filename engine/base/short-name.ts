/** A machine's name without its domain, as Proxmox VE knows its nodes; an address stays as it is. */
export function shortName(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split(".")[0] ?? name);
}
