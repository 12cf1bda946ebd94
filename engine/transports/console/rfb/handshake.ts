import type { Duplex } from "node:stream";
import type { ByteReader } from "./byte-reader.ts";
import { RfbError } from "./rfb-error.ts";
import { vncResponse } from "./vnc-response.ts";

const VERSION = "RFB 003.008\n";
const NO_AUTHENTICATION = 1;
const VNC_AUTHENTICATION = 2;
const CHALLENGE_BYTES = 16;
const LONGEST_TEXT = 4_096;

/** The screen's size in pixels and its name, as the server gives them. */
export interface ServerInit {
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

/** Greets an RFB 3.8 server (RFC 6143 §7.1 to 7.3), proves the password and asks to share the screen. Throws RfbError, StreamEnded. */
export async function shakeHands(
  stream: Duplex,
  reader: ByteReader,
  password: string,
  signal: AbortSignal,
): Promise<ServerInit> {
  const greeting = (await reader.take(VERSION.length, signal)).toString("latin1");
  const [, major = "0", minor = "0"] = /^RFB (\d{3})\.(\d{3})\n$/.exec(greeting) ?? [];
  if (Number(major) !== 3 || Number(minor) < 8) {
    throw new RfbError(`le serveur ne parle pas RFB 3.8 (il se présente par « ${printable(greeting)} »)`);
  }
  stream.write(VERSION, "latin1");
  await authenticate(stream, reader, password, signal);
  // One: others who look at the same screen stay connected.
  stream.write(Buffer.of(1));
  const init = await reader.take(24, signal);
  const [width, height] = [init.readUInt16BE(0), init.readUInt16BE(2)];
  return { width, height, name: await text(reader, init.readUInt32BE(20), signal) };
}

async function authenticate(stream: Duplex, reader: ByteReader, password: string, signal: AbortSignal): Promise<void> {
  const count = (await reader.take(1, signal)).readUInt8(0);
  if (count === 0) throw new RfbError(`le serveur refuse : ${await reason(reader, signal)}`);
  const offered = [...(await reader.take(count, signal))];
  const chosen = [VNC_AUTHENTICATION, NO_AUTHENTICATION].find((type) => offered.includes(type));
  if (chosen === undefined) {
    throw new RfbError(`le serveur n’offre aucune authentification connue (types ${offered.join(", ")})`);
  }
  stream.write(Buffer.of(chosen));
  if (chosen === VNC_AUTHENTICATION) {
    stream.write(vncResponse(password, await reader.take(CHALLENGE_BYTES, signal)));
  }
  const result = (await reader.take(4, signal)).readUInt32BE(0);
  if (result !== 0) throw new RfbError(`le serveur refuse le mot de passe : ${await reason(reader, signal)}`);
}

async function reason(reader: ByteReader, signal: AbortSignal): Promise<string> {
  return await text(reader, (await reader.take(4, signal)).readUInt32BE(0), signal);
}

async function text(reader: ByteReader, length: number, signal: AbortSignal): Promise<string> {
  if (length > LONGEST_TEXT) throw new RfbError(`un texte de ${length} octets est annoncé`);
  return printable((await reader.take(length, signal)).toString("utf8"));
}

function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
