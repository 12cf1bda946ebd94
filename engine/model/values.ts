/** Named values at a step: inventory variables, then what earlier steps saved. Dots name nested ones (`nodes.pve1.address`). */
export type Values = Readonly<Record<string, string>>;

/** The environment name of a value: `nodes.pve1.address` arrives as `nodes_pve1_address`. */
export function environmentName(name: string): string {
  return name.replace(/[^A-Za-z0-9_]/g, "_");
}
