import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { chmod, link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { sha256 } from "../../base/digest.ts";
import { ProblemError } from "../../base/problem.ts";

/** A key that seals. The private half never leaves this object. */
export interface SigningKey {
  /** SHA-256 of the public key (DER, SubjectPublicKeyInfo), 64 hexadecimal digits: what a reader is given out of band. */
  readonly fingerprint: string;
  /** The public key as PEM. */
  readonly pem: string;
  sign(bytes: Uint8Array): Buffer;
}

/** Reads an Ed25519 private key (PEM, PKCS#8). Throws SEAL_KEY. */
export async function readSigningKey(path: string): Promise<SigningKey> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw keyProblem(`La clé de scellement ${path} ne peut pas être lue : ${(cause as Error).message}`, cause);
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(text);
  } catch (cause) {
    throw keyProblem(`${path} n’est pas une clé privée PEM sans phrase secrète.`, cause);
  }
  if (key.asymmetricKeyType !== "ed25519")
    throw keyProblem(`${path} est une clé ${key.asymmetricKeyType ?? "inconnue"} ; le scellement demande Ed25519.`);
  return signingKey(key);
}

/**
 * The operator's own key, made on first use: readable by them alone (0600), its folder too (0700). Refuses one that others can read.
 * `made` tells whether it is new, so that its fingerprint can be given out. Throws SEAL_KEY.
 */
export async function ownSigningKey(path: string): Promise<{ readonly key: SigningKey; readonly made: boolean }> {
  const made = await makeOnce(path);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0)
    throw keyProblem(
      `D’autres que vous peuvent lire la clé de scellement ${path}.`,
      undefined,
      `Lancez « chmod 600 ${path} ».`,
    );
  return { key: await readSigningKey(path), made };
}

/** SHA-256 of a public key, as `SigningKey.fingerprint`. Undefined for what is no Ed25519 public key. */
export function publicKeyOf(pem: string): { readonly key: KeyObject; readonly fingerprint: string } | undefined {
  try {
    const key = createPublicKey(pem);
    // A private key would be taken too, and must never be met where a public one stands.
    if (key.asymmetricKeyType !== "ed25519" || !pem.includes("BEGIN PUBLIC KEY")) return undefined;
    return { key, fingerprint: fingerprintOf(key) };
  } catch {
    return undefined;
  }
}

/** Whether an Ed25519 signature is this key's over these bytes. */
export function isSignedBy(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, bytes, key, signature);
}

function signingKey(key: KeyObject): SigningKey {
  const open = createPublicKey(key);
  return {
    fingerprint: fingerprintOf(open),
    pem: open.export({ type: "spki", format: "pem" }).toString(),
    sign: (bytes) => sign(null, bytes, key),
  };
}

function fingerprintOf(key: KeyObject): string {
  return sha256(key.export({ type: "spki", format: "der" }));
}

/** Two runs that begin together make one key: the name appears once, with its content. */
async function makeOnce(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT")
      throw keyProblem(`${path} : ${(error as Error).message}`, error);
  }
  const temporary = `${path}.${process.pid}.part`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
    await writeFile(temporary, pem, { flag: "wx", mode: 0o600 });
    await chmod(temporary, 0o600);
    await link(temporary, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw keyProblem(`La clé de scellement ne peut pas être créée dans ${path} : ${(cause as Error).message}`, cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

function keyProblem(message: string, cause?: unknown, hint?: string): ProblemError {
  return new ProblemError("SEAL_KEY", message, {
    scope: "author",
    hint:
      hint ??
      "Donnez une clé Ed25519 avec --key (« openssl genpkey -algorithm ed25519 »), ou renoncez au scellement avec --no-seal.",
    cause,
  });
}
