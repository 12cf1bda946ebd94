import { generateKeyPairSync, randomBytes } from "node:crypto";
import type { Duplex } from "node:stream";
import { CERTIFICATE_ALGORITHMS } from "./ssh-certificate.ts";
import { SshReader, sshString } from "./ssh-wire.ts";

const KEXINIT = 20;
const ECDH_INIT = 30;
const ECDH_REPLY = 31;
const MAX_PACKET = 262_144;

/** As many as any server of these years has one of; nothing is ever sent encrypted here. */
const EXCHANGES = ["curve25519-sha256", "curve25519-sha256@libssh.org"];
const CIPHERS = [
  "chacha20-poly1305@openssh.com",
  "aes256-gcm@openssh.com",
  "aes128-gcm@openssh.com",
  "aes256-ctr",
  "aes128-ctr",
];
const MACS = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com", "hmac-sha2-256", "hmac-sha2-512"];

/**
 * Asks a server for its host certificate, as `ssh-keyscan -c` does: the key exchange is begun and not finished. ssh2 knows no
 * certificates; the connection that follows proves that the server holds the key which the certificate is about. Undefined when the
 * server has none; rejects when what answers does not even begin an exchange. The stream is closed in any case.
 */
export async function fetchHostCertificate(stream: Duplex, signal: AbortSignal): Promise<Buffer | undefined> {
  const packets = new Packets();
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  // Closed while nobody waits any more: then it is nobody's news.
  promise.catch(() => {});
  let begun = false;
  const nothing = () => {
    if (begun) resolve(undefined);
    else reject(new Error("connexion coupée avant la fin"));
  };
  stream.on("data", (chunk: Buffer) => {
    try {
      for (const payload of packets.feed(chunk)) {
        if (payload[0] === KEXINIT) {
          begun = true;
          stream.write(packet(Buffer.concat([Buffer.from([ECDH_INIT]), sshString(shareOfOurs())])));
        } else if (payload[0] === ECDH_REPLY) resolve(Buffer.from(new SshReader(payload.subarray(1)).bytes()));
      }
    } catch {
      nothing();
    }
  });
  for (const event of ["end", "close", "error"]) stream.once(event, nothing);
  signal.addEventListener("abort", nothing, { once: true });
  try {
    signal.throwIfAborted();
    // Ours comes with the greeting: whatever of theirs arrives first, the answer to it stands behind.
    stream.write(Buffer.concat([Buffer.from("SSH-2.0-Constat\r\n"), packet(kexInit())]));
    const certificate = await promise;
    signal.throwIfAborted();
    return certificate;
  } finally {
    signal.removeEventListener("abort", nothing);
    stream.on("error", () => {});
    stream.destroy();
  }
}

/** Cuts what a server sends into its greeting and the packets after it. */
class Packets {
  #greeted = false;
  #held: Buffer = Buffer.alloc(0);

  feed(chunk: Buffer): readonly Buffer[] {
    this.#held = Buffer.concat([this.#held, chunk]);
    if (this.#held.length > MAX_PACKET) throw new RangeError("too much before a packet's end");
    while (!this.#greeted) {
      const end = this.#held.indexOf(0x0a);
      if (end < 0) return [];
      // Other lines may come first.
      this.#greeted = this.#held.subarray(0, 4).toString("latin1") === "SSH-";
      this.#held = this.#held.subarray(end + 1);
    }
    const payloads: Buffer[] = [];
    while (this.#held.length >= 5 && this.#held.length >= 4 + this.#held.readUInt32BE(0)) {
      const length = this.#held.readUInt32BE(0);
      payloads.push(this.#held.subarray(5, 4 + length - this.#held.readUInt8(4)));
      this.#held = this.#held.subarray(4 + length);
    }
    return payloads;
  }
}

function kexInit(): Buffer {
  const lists = [EXCHANGES, CERTIFICATE_ALGORITHMS, CIPHERS, CIPHERS, MACS, MACS, ["none"], ["none"], [], []];
  return Buffer.concat([
    Buffer.from([KEXINIT]),
    randomBytes(16),
    ...lists.map((names) => sshString(names.join(","))),
    Buffer.alloc(5),
  ]);
}

/** A fresh public value; its other half is thrown away, as nothing will be read with it. */
function shareOfOurs(): Buffer {
  const { x } = generateKeyPairSync("x25519").publicKey.export({ format: "jwk" });
  return Buffer.from(x ?? "", "base64url");
}

function packet(payload: Buffer): Buffer {
  const padding = 8 - ((payload.length + 5) % 8) + 8;
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.length + padding + 1);
  head.writeUInt8(padding, 4);
  return Buffer.concat([head, payload, randomBytes(padding)]);
}
