import { createCipheriv } from "node:crypto";

const KEY_BYTES = 8;

/**
 * The answer to a challenge of RFB's « VNC Authentication » (RFC 6143 §7.2.2): the challenge encrypted by DES with the password's first
 * eight bytes, each with its bits turned round.
 */
export function vncResponse(password: string, challenge: Buffer): Buffer {
  const key = Buffer.alloc(KEY_BYTES);
  Buffer.from(password, "latin1").copy(key, 0, 0, KEY_BYTES);
  for (const [index, byte] of key.entries()) key[index] = reversed(byte);
  // OpenSSL 3 has no single DES by default; three times the same key is the same cipher.
  const cipher = createCipheriv("des-ede3-ecb", Buffer.concat([key, key, key]), null).setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function reversed(byte: number): number {
  let turned = 0;
  for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) turned |= 0x80 >> bit;
  return turned;
}
