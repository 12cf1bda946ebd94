import { createHash } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import { createKeys, keyToPem, RSA } from "./rsa.ts";
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from "./x509.ts";

const TEN_YEARS_MS = 3650 * 86_400_000;

/** A certificate as a management controller makes for itself: self-signed, with a fresh key each time. */
export async function createController(node: string, now: number): Promise<Certificate> {
  const keys = await createKeys();
  const name = `bmc-${node}`;
  const [notBefore, notAfter] = [now - 86_400_000, now + TEN_YEARS_MS];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}, OU=Management controller, O=LAB`,
    keys,
    signingAlgorithm: RSA,
    notBefore: new Date(notBefore),
    notAfter: new Date(notAfter),
    extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  const hex = createHash("sha256").update(Buffer.from(certificate.rawData)).digest("hex").toUpperCase();
  return {
    pem: `${certificate.toString("pem")}\n`,
    key: await keyToPem(keys.privateKey),
    fingerprint: hex.replace(/(..)(?=.)/g, "$1:"),
    notBefore,
    notAfter,
  };
}
