import { createHash } from "node:crypto";
import type { Authority } from "./authority.ts";
import { createKeys, keyFromPem, keyToPem, RSA } from "./rsa.ts";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "./x509.ts";

/** A certificate with its private key, both PEM. */
export interface Certificate {
  readonly pem: string;
  readonly key: string;
  /** SHA-256 of the DER, "AB:CD:…" in capitals, as Proxmox prints it. */
  readonly fingerprint: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Whom a certificate names, and from when to when it holds (milliseconds since the epoch; two years when no end is given). */
export interface CertificateRequest {
  readonly node: string;
  readonly domain: string;
  readonly address: string;
  readonly from: number;
  readonly to?: number;
}

const TWO_YEARS_MS = 730 * 86_400_000;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

/** Issues a node's pve-ssl.pem with a fresh key: names, addresses and subject as Proxmox writes them. */
export async function issueCertificate(authority: Authority, request: CertificateRequest): Promise<Certificate> {
  const { node, domain, address, from, to = from + TWO_YEARS_MS } = request;
  const [keys, signingKey] = await Promise.all([createKeys(), keyFromPem(authority.key)]);
  const certificate = await X509CertificateGenerator.create({
    subject: `OU=PVE Cluster Node, O=Proxmox Virtual Environment, CN=${node}.${domain}`,
    issuer: new X509Certificate(authority.pem).subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: RSA,
    notBefore: new Date(from),
    notAfter: new Date(to),
    extensions: [
      new BasicConstraintsExtension(false),
      new ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
      new SubjectAlternativeNameExtension([
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
        { type: "dns", value: "localhost" },
        { type: "ip", value: address },
        { type: "dns", value: node },
        { type: "dns", value: `${node}.${domain}` },
      ]),
    ],
  });
  return {
    pem: `${certificate.toString("pem")}\n`,
    key: await keyToPem(keys.privateKey),
    fingerprint: fingerprintOf(certificate.rawData),
    notBefore: from,
    notAfter: to,
  };
}

function fingerprintOf(der: ArrayBuffer): string {
  const hex = createHash("sha256").update(Buffer.from(der)).digest("hex").toUpperCase();
  return hex.replace(/(..)(?=.)/g, "$1:");
}
