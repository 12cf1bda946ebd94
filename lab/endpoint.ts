/** Where a node of the lab is met, on loopback. */
export interface LabEndpoint {
  /** Nominal address. */
  readonly address: string;
  /** Host key as "SHA256:…". */
  readonly ssh: { readonly port: number; readonly hostKey: string };
  /** Certificate fingerprint at the start; a join changes it. */
  readonly pve: { readonly port: number; readonly fingerprint: string };
}
