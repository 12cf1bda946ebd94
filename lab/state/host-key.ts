import { createHash } from "node:crypto";
import ssh2 from "ssh2";

/** A node's ssh host key. */
export interface HostKey {
  /** OpenSSH private key text, what ssh2's server takes. */
  readonly privateKey: string;
  /** "ssh-ed25519 AAAA…" */
  readonly publicKey: string;
  /** "SHA256:…", as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

/** Makes a fresh ed25519 host key. */
export function createHostKey(comment: string): HostKey {
  const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment });
  const publicKey = pair.public.trim();
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { privateKey: pair.private, publicKey, fingerprint: `SHA256:${digest}` };
}
