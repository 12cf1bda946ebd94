// @peculiar/x509 leans on tsyringe, which refuses to load without this.
import "reflect-metadata";
import { webcrypto, X509Certificate } from "node:crypto";
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from "@peculiar/x509";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** As Proxmox prints it. */
  readonly fingerprint: string;
}

/** A certificate that nobody signed but itself, for an address; valid from yesterday to tomorrow unless other days are given. */
export async function selfSigned(address: string, days: readonly [number, number] = [-1, 1]): Promise<Certificate> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString("hex"),
    name: `CN=${address}`,
    notBefore: new Date(Date.now() + days[0] * 86_400_000),
    notAfter: new Date(Date.now() + days[1] * 86_400_000),
    signingAlgorithm: algorithm,
    keys,
    extensions: [new SubjectAlternativeNameExtension([{ type: "ip", value: address }])],
  });
  const cert = certificate.toString("pem");
  const key = PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}
