import type { webcrypto } from "node:crypto";

/** How Proxmox signs: RSA 2048 with SHA-256. */
export const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
} as const;

/** A fresh RSA key pair (about 0.1 s of one core). */
export function createKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
}

/** A private key as PKCS #8 PEM. */
export async function keyToPem(key: CryptoKey): Promise<string> {
  const base64 = Buffer.from(await crypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${base64.replace(/(.{64})(?=.)/g, "$1\n")}\n-----END PRIVATE KEY-----\n`;
}

/** The private key of a PKCS #8 PEM, for signing. */
export function keyFromPem(pem: string): Promise<CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
  return crypto.subtle.importKey("pkcs8", der, RSA, true, ["sign"]);
}
