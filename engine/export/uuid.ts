import { createHash } from "node:crypto";

/** Our own name space, a random one made once. */
const NAMESPACE = Buffer.from("6f1d1c0e8f0a4b1c9d2e4a7b5c3f2e10", "hex");

/** A UUID (version 5) that is always the same for the same words: an export made again gives the same bytes. */
export function stableUuid(...words: readonly string[]): string {
  const digest = createHash("sha1").update(NAMESPACE).update(words.join("\u0000")).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return digest.toString("hex", 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
