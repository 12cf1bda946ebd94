import { randomUUID } from "node:crypto";
import { createKeys, keyToPem, RSA } from "./rsa.ts";
import { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509CertificateGenerator } from "./x509.ts";

/** A node's or cluster's own "PVE Cluster Manager CA". */
export interface Authority {
  readonly pem: string;
  readonly key: string;
}

const TEN_YEARS_MS = 3650 * 86_400_000;

/** Makes a certificate authority as a fresh Proxmox installation does: its subject carries a random unit, so no two are equal. */
export async function createAuthority(now: number): Promise<Authority> {
  const keys = await createKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=Proxmox Virtual Environment, OU=${randomUUID()}, O=PVE Cluster Manager CA`,
    keys,
    signingAlgorithm: RSA,
    notBefore: new Date(now),
    notAfter: new Date(now + TEN_YEARS_MS),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return { pem: `${certificate.toString("pem")}\n`, key: await keyToPem(keys.privateKey) };
}
