import type { BmcDialect } from "./state/bmc.ts";

/** Where a node of the lab is met, on loopback. */
export interface LabEndpoint {
  /** Nominal address. */
  readonly address: string;
  /** Host key as "SHA256:…". */
  readonly ssh: { readonly port: number; readonly hostKey: string };
  /** Certificate fingerprint at the start; a join changes it. */
  /** The management controller of its server, when it has one. */
  readonly bmc?:
    | { readonly address: string; readonly port: number; readonly fingerprint: string; readonly dialect: BmcDialect }
    | undefined;
  readonly pve: { readonly port: number; readonly fingerprint: string };
}
