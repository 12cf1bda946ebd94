import { sign } from "node:crypto";
import { readFile } from "node:fs/promises";
import { certifiedKey } from "./ssh-certificate.ts";
import type { LoginFile, SshLogin } from "./ssh-stop.ts";
import { SshReader, sshString } from "./ssh-wire.ts";
import type { ParsedKey, SshClient } from "./ssh2-client.ts";

/** A certificate that lies beside a key, or that the configuration names. */
export interface UserCertificate {
  readonly file: LoginFile;
  readonly blob: Buffer;
  /** The plain key that it is about, in wire form. */
  readonly publicKey: Buffer;
}

/** The certificates of a login: those that are named, then `…-cert.pub` beside each key. What cannot be read is left out. */
export async function userCertificates(login: SshLogin): Promise<readonly UserCertificate[]> {
  const beside = login.keys.map((key) => ({
    ...key,
    path: `${key.path.replace(/\.pub$/, "")}-cert.pub`,
    shown: `${key.shown.replace(/\.pub$/, "")}-cert.pub`,
  }));
  const read = [...login.certificates, ...beside].map(async (file) => {
    const text = await readFile(file.path, "utf8").catch(() => "");
    const blob = Buffer.from(text.split(/\s+/)[1] ?? "", "base64");
    const publicKey = certifiedKey(blob);
    return publicKey === undefined ? [] : [{ file, blob, publicKey }];
  });
  return (await Promise.all(read)).flat();
}

/** The same key, shown to the server with its certificate. `client` is the connection it will sign for. */
export function withCertificate(key: ParsedKey, { blob }: UserCertificate, client: SshClient): ParsedKey {
  const kind = kindOf(blob);
  const shown = Object.create(key) as ParsedKey;
  return Object.assign(shown, {
    type: kind.asked,
    getPublicSSH: () => blob,
    sign: (data: Buffer) => {
      const signature = plainSignature(key, kind, data);
      nameSignature(client, kind, signature);
      return signature;
    },
  });
}

/** To be called just before ssh2 is handed a signature for a key with a certificate. */
export function signedByAgent(client: SshClient, { blob }: UserCertificate, signature: Buffer): void {
  nameSignature(client, kindOf(blob), signature);
}

interface CertificateKind {
  /** The algorithm that is asked for, and the one that the signature itself bears. */
  readonly asked: string;
  readonly signs: string;
}

function kindOf(blob: Buffer): CertificateKind {
  const type = new SshReader(blob).text();
  const plain = type.replace(/-cert-v01@openssh\.com$/, "");
  // SHA-1 is refused everywhere by now.
  const signs = plain === "ssh-rsa" ? "rsa-sha2-512" : plain;
  return { asked: `${signs}-cert-v01@openssh.com`, signs };
}

const HASHES: Readonly<Record<string, string>> = {
  "rsa-sha2-512": "sha512",
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

function plainSignature(key: ParsedKey, { signs }: CertificateKind, data: Buffer): Buffer {
  const pem = key.getPrivatePEM();
  if (!signs.startsWith("ecdsa-")) return sign(HASHES[signs], data, pem);
  const raw = sign(HASHES[signs], data, { key: pem, dsaEncoding: "ieee-p1363" });
  return Buffer.concat([number(raw.subarray(0, raw.length / 2)), number(raw.subarray(raw.length / 2))]);
}

/** A positive number as SSH writes it: no zeros before it, save one where the first bit would be a sign. */
function number(digits: Buffer): Buffer {
  const first = digits.findIndex((byte) => byte !== 0);
  const bare = first < 0 ? Buffer.alloc(0) : digits.subarray(first);
  return sshString((bare[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bare]) : bare);
}

/** What ssh2 does not tell: the writer that its next packet goes through. */
interface PacketWriter {
  readonly allocStart: number;
  alloc(size: number): Buffer;
  finalize(packet: Buffer): Buffer;
}

/**
 * ssh2 writes the certificate's algorithm before the signature, where the plain one belongs: its next packet, which is that request, is
 * put right. Should ssh2 change inside, the packet stays as it is and the server refuses it.
 */
function nameSignature(client: SshClient, { asked, signs }: CertificateKind, signature: Buffer): void {
  const writer = (client as unknown as { _protocol?: { _packetRW?: { write?: PacketWriter } } })._protocol?._packetRW
    ?.write;
  if (writer === undefined) return;
  const usual = writer.finalize;
  writer.finalize = (packet) => {
    writer.finalize = usual;
    const wrong = sshString(Buffer.concat([sshString(asked), sshString(signature)]));
    const at = packet.lastIndexOf(wrong);
    if (at < 0) return usual.call(writer, packet);
    const right = sshString(Buffer.concat([sshString(signs), sshString(signature)]));
    const payload = Buffer.concat([packet.subarray(writer.allocStart, at), right]);
    const other = writer.alloc(payload.length);
    payload.copy(other, writer.allocStart);
    return usual.call(writer, other);
  };
}
