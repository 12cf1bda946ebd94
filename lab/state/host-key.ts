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
  const pair = createPair(comment);
  const publicKey = pair.public.trim();
  const blob = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { privateKey: pair.private, publicKey, fingerprint: `SHA256:${digest}` };
}

/** About one in three hundred keys that ssh2 1.17 makes cannot be read by ssh2 itself, nor by OpenSSH: such a one is thrown away. */
function createPair(comment: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
