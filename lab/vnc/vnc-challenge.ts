import { createCipheriv, timingSafeEqual } from "node:crypto";

/** Whether a client's answer to RFB's challenge was made with this password (its first eight characters, DES, bits turned round). */
export function answersChallenge(password: string, challenge: Buffer, answer: Buffer): boolean {
  const key = Buffer.from(password.slice(0, 8).padEnd(8, "\0"), "latin1").map((byte) =>
    Number.parseInt([...byte.toString(2).padStart(8, "0")].reverse().join(""), 2),
  );
  const cipher = createCipheriv("des-ede3-ecb", Buffer.concat([key, key, key]), null).setAutoPadding(false);
  const expected = Buffer.concat([cipher.update(challenge), cipher.final()]);
  return expected.length === answer.length && timingSafeEqual(expected, answer);
}
