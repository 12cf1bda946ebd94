/** A certificate with its private key, both PEM. */
export interface Certificate {
  readonly pem: string;
  readonly key: string;
  /** SHA-256 of the DER, "AB:CD:…" in capitals, as Proxmox prints it. */
  readonly fingerprint: string;
}
