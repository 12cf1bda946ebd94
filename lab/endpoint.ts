/** Where a node of the lab is met, on loopback. */
export interface LabEndpoint {
  /** Nominal address. */
  readonly address: string;
  /** Undefined while the ssh door is not built. */
  readonly ssh: { readonly port: number; readonly hostKey: string } | undefined;
  readonly pve: { readonly port: number; readonly fingerprint: string };
}
