import { readFile } from "node:fs/promises";
import { codeOf } from "./network-reason.ts";
import { SshReader } from "./ssh-wire.ts";
import { type ParsedKey, utils } from "./ssh2-client.ts";

/** What a key file turned out to hold. `publicKey`: its public half in wire form, as far as it can be read without the pass phrase. */
export type KeyFile =
  | { readonly status: "absent" }
  | { readonly status: "unreadable"; readonly cause: unknown }
  | { readonly status: "open"; readonly key: ParsedKey; readonly publicKey: Buffer }
  | { readonly status: "encrypted"; readonly text: Buffer; readonly publicKey: Buffer | undefined }
  /** Only the public half: an agent may hold the other. */
  | { readonly status: "public"; readonly publicKey: Buffer }
  | { readonly status: "not-a-key" };

const MAGIC = "openssh-key-v1\0";

/** Reads a private key of OpenSSH, PEM or PuTTY, or a public one. Never rejects. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  let text: Buffer;
  try {
    text = await readFile(path);
  } catch (cause) {
    return ["ENOENT", "ENOTDIR"].includes(codeOf(cause) ?? "") ? { status: "absent" } : { status: "unreadable", cause };
  }
  const parsed = parse(text, undefined);
  if (parsed instanceof Error) {
    if (!/encrypted|passphrase/i.test(parsed.message)) return { status: "not-a-key" };
    return { status: "encrypted", text, publicKey: outerPublicKey(text) ?? (await besideIt(path)) };
  }
  const publicKey = parsed.getPublicSSH();
  return parsed.isPrivateKey() ? { status: "open", key: parsed, publicKey } : { status: "public", publicKey };
}

/** Opens an encrypted key; undefined when the pass phrase is wrong. */
export function openKey(text: Buffer, passphrase: string): ParsedKey | undefined {
  const parsed = parse(text, passphrase);
  return parsed instanceof Error ? undefined : parsed;
}

function parse(text: Buffer, passphrase: string | undefined): ParsedKey | Error {
  const parsed: ParsedKey | ParsedKey[] | Error = utils.parseKey(text, passphrase);
  if (!Array.isArray(parsed)) return parsed;
  return parsed[0] ?? new Error("no key");
}

/** OpenSSH's own form carries the public key in clear before the encrypted part. */
function outerPublicKey(text: Buffer): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(text.toString("latin1"))?.[1];
  if (body === undefined) return undefined;
  const bytes = Buffer.from(body, "base64");
  if (!bytes.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return undefined;
  try {
    const reader = new SshReader(bytes.subarray(MAGIC.length));
    for (let field = 0; field < 3; field += 1) reader.bytes();
    reader.uint32();
    return reader.bytes();
  } catch {
    return undefined;
  }
}

async function besideIt(path: string): Promise<Buffer | undefined> {
  const text = await readFile(`${path}.pub`).catch(() => undefined);
  const parsed = text === undefined ? undefined : parse(text, undefined);
  return parsed === undefined || parsed instanceof Error ? undefined : parsed.getPublicSSH();
}
