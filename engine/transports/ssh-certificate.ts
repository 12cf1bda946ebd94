import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { fitsPattern } from "./ssh-config/index.ts";
import { SshReader, sshString } from "./ssh-wire.ts";
import { type ParsedKey, utils } from "./ssh2-client.ts";

/** What a host certificate turned out to be worth: the key that it vouches for, or why it is not believed. */
export type CertificateVerdict =
  | { readonly status: "good"; readonly key: Buffer }
  | { readonly status: "bad"; readonly reason: string };

/** The kinds of certificate, with the number of fields that the plain key has after its type. */
const KINDS: Readonly<Record<string, number>> = {
  "ssh-ed25519-cert-v01@openssh.com": 1,
  "ecdsa-sha2-nistp256-cert-v01@openssh.com": 2,
  "ecdsa-sha2-nistp384-cert-v01@openssh.com": 2,
  "ecdsa-sha2-nistp521-cert-v01@openssh.com": 2,
  "rsa-sha2-512-cert-v01@openssh.com": 2,
  "rsa-sha2-256-cert-v01@openssh.com": 2,
  "ssh-rsa-cert-v01@openssh.com": 2,
};
const HOST = 2;

/** The names under which certificates are asked of a server. */
export const CERTIFICATE_ALGORITHMS: readonly string[] = Object.keys(KINDS).filter(
  (name) => name !== "ssh-rsa-cert-v01@openssh.com",
);

/**
 * Judges a host's certificate as OpenSSH does: made by one of the authorities, for a host, for this name, in force at this time. Nothing
 * in it is believed before the signature is.
 */
export function judgeHostCertificate(
  certificate: Buffer,
  authorities: readonly Buffer[],
  name: string,
  now: Date,
): CertificateVerdict {
  try {
    return judge(certificate, authorities, name, BigInt(Math.floor(now.getTime() / 1_000)));
  } catch {
    return bad("il ne se lit pas");
  }
}

/** The plain key (wire form) that a certificate is about; undefined for what is none. Nothing is verified. */
export function certifiedKey(certificate: Buffer): Buffer | undefined {
  try {
    return plainKey(new SshReader(certificate));
  } catch {
    return undefined;
  }
}

/** Reads the beginning of a certificate, up to the end of its key. */
function plainKey(reader: SshReader): Buffer | undefined {
  const kind = reader.text();
  const fields = KINDS[kind];
  if (fields === undefined) return undefined;
  reader.bytes();
  return Buffer.concat([
    sshString(kind.replace(/-cert-v01@openssh\.com$/, "")),
    ...Array.from({ length: fields }, () => sshString(reader.bytes())),
  ]);
}

function judge(certificate: Buffer, authorities: readonly Buffer[], name: string, now: bigint): CertificateVerdict {
  const reader = new SshReader(certificate);
  const key = plainKey(reader);
  if (key === undefined) return bad("son genre n’est pas connu");
  reader.uint64();
  const type = reader.uint32();
  reader.bytes();
  const principals = texts(reader.bytes());
  const from = reader.uint64();
  const until = reader.uint64();
  const critical = reader.bytes();
  reader.bytes();
  reader.bytes();
  const authority = reader.bytes();
  const signed = certificate.subarray(0, reader.position);
  const signature = reader.bytes();
  if (!reader.done) return bad("il ne se lit pas");
  if (!authorities.some((known) => known.equals(authority))) return bad("son autorité n’est pas celle de known_hosts");
  if (!signedBy(authority, signed, signature)) return bad("sa signature est fausse");
  if (type !== HOST) return bad("il n’est pas celui d’une machine");
  if (now < from) return bad("il n’est pas encore valable");
  if (now >= until) return bad("il a expiré");
  if (principals.length > 0 && !principals.some((pattern) => fitsPattern(name.toLowerCase(), pattern.toLowerCase())))
    return bad(`il est fait pour ${principals.join(", ")}, pas pour ${name}`);
  if (critical.length > 0) return bad("il pose une condition que rien ne connaît");
  return { status: "good", key };
}

function texts(bytes: Buffer): readonly string[] {
  const reader = new SshReader(bytes);
  const found: string[] = [];
  while (!reader.done) found.push(reader.text());
  return found;
}

/** What each signature algorithm hashes with; ssh-rsa (SHA-1) is not among them. */
const HASHES: Readonly<Record<string, string | undefined>> = {
  "ssh-ed25519": undefined,
  "rsa-sha2-256": "sha256",
  "rsa-sha2-512": "sha512",
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

function signedBy(authority: Buffer, signed: Buffer, signature: Buffer): boolean {
  const reader = new SshReader(signature);
  const algorithm = reader.text();
  const bytes = reader.bytes();
  const type = new SshReader(authority).text();
  const fits = type === "ssh-rsa" ? algorithm.startsWith("rsa-sha2-") : algorithm === type;
  if (!fits || !Object.hasOwn(HASHES, algorithm)) return false;
  const key = keyObject(authority);
  if (key === undefined) return false;
  if (!algorithm.startsWith("ecdsa-")) return verify(HASHES[algorithm], signed, key, bytes);
  const size = Math.ceil(Number(/\d+$/.exec(algorithm)?.[0]) / 8);
  const numbers = new SshReader(bytes);
  const raw = Buffer.concat([fixed(numbers.bytes(), size), fixed(numbers.bytes(), size)]);
  return verify(HASHES[algorithm], signed, { key, dsaEncoding: "ieee-p1363" }, raw);
}

function keyObject(wire: Buffer): KeyObject | undefined {
  const parsed: ParsedKey | ParsedKey[] | Error = utils.parseKey(wire);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  return key === undefined || key instanceof Error ? undefined : createPublicKey(key.getPublicPEM());
}

/** A number of a signature without its sign byte, at its full width. */
function fixed(number: Buffer, size: number): Buffer {
  const bare = number[0] === 0 ? number.subarray(1) : number;
  return Buffer.concat([Buffer.alloc(Math.max(0, size - bare.length)), bare]);
}

function bad(reason: string): CertificateVerdict {
  return { status: "bad", reason };
}
