import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Duplex } from "node:stream";
import type { Canvas } from "../console/draw/canvas.ts";
import { PcKeyboard } from "./pc-keys.ts";
import { answersChallenge } from "./vnc-challenge.ts";

const VERSION = "RFB 003.008\n";
const VNC_AUTHENTICATION = 2;
const DESKTOP_SIZE = -223;
const EXTENDED_KEY = -258;
const PIXEL_FORMAT = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0];

/** A machine as its VNC server sees it. */
export interface VncMachine {
  readonly name: string;
  readonly password: string;
  screen(): Canvas;
  /** A stroke in QEMU's names. */
  key(stroke: string): void;
}

/** Serves one client as QEMU does: RFB 3.8 with a password, 32 bits a pixel, raw rectangles, keys by place. Returns when it left. */
export async function serveRfb(stream: Duplex, machine: VncMachine): Promise<void> {
  if (!(await greet(stream, machine.password))) {
    stream.end();
    return;
  }
  await take(stream, 1);
  let shown = machine.screen();
  stream.write(serverInit(shown, machine.name));
  const keyboard = new PcKeyboard();
  let encodings: readonly number[] = [];
  for (;;) {
    const type = (await take(stream, 1))[0] ?? -1;
    if (type === 0) await take(stream, 19);
    else if (type === 2) encodings = await readEncodings(stream);
    else if (type === 3) {
      await take(stream, 9);
      const now = machine.screen();
      const resized = now.width !== shown.width || now.height !== shown.height;
      shown = now;
      stream.write(update(shown, resized, encodings));
    } else if (type === 4) await take(stream, 7);
    else if (type === 5) await take(stream, 5);
    else if (type === 6) await take(stream, (await take(stream, 7)).readUInt32BE(3));
    else if (type === 255) {
      const body = await take(stream, 11);
      const stroke = keyboard.key(body.readUInt32BE(7), body.readUInt16BE(1) === 1);
      if (stroke !== undefined) machine.key(stroke);
    } else return void stream.destroy();
  }
}

async function greet(stream: Duplex, password: string): Promise<boolean> {
  stream.write(VERSION, "latin1");
  await take(stream, VERSION.length);
  stream.write(Buffer.of(1, VNC_AUTHENTICATION));
  await take(stream, 1);
  const challenge = randomBytes(16);
  stream.write(challenge);
  const proven = answersChallenge(password, challenge, await take(stream, 16));
  stream.write(proven ? Buffer.alloc(4) : refusal("Authentication failed"));
  return proven;
}

function refusal(text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(1, 0);
  head.writeUInt32BE(text.length, 4);
  return Buffer.concat([head, Buffer.from(text, "latin1")]);
}

function serverInit({ width, height }: Canvas, name: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(width, 0);
  head.writeUInt16BE(height, 2);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(name), 0);
  return Buffer.concat([head, Buffer.from(PIXEL_FORMAT), length, Buffer.from(name)]);
}

async function readEncodings(stream: Duplex): Promise<readonly number[]> {
  const count = (await take(stream, 3)).readUInt16BE(1);
  const body = await take(stream, count * 4);
  return Array.from({ length: count }, (_, index) => body.readInt32BE(index * 4));
}

/** The whole screen in two halves; before them what the client can be told of its size and of the keys. */
function update(canvas: Canvas, resized: boolean, encodings: readonly number[]): Buffer {
  const { width, height } = canvas;
  const notes: Buffer[] = [];
  if (resized && encodings.includes(DESKTOP_SIZE)) notes.push(rectangle(0, 0, width, height, DESKTOP_SIZE));
  if (encodings.includes(EXTENDED_KEY)) notes.push(rectangle(0, 0, width, height, EXTENDED_KEY));
  const middle = height >> 1;
  const head = Buffer.alloc(4);
  head.writeUInt16BE(notes.length + 2, 2);
  return Buffer.concat([head, ...notes, ...raw(canvas, 0, middle), ...raw(canvas, middle, height)]);
}

function raw({ width, rgb }: Canvas, from: number, to: number): readonly Buffer[] {
  const pixels = Buffer.alloc(width * (to - from) * 4);
  for (let at = 0, source = from * width * 3; at < pixels.length; at += 4, source += 3) {
    pixels[at] = rgb[source + 2] ?? 0;
    pixels[at + 1] = rgb[source + 1] ?? 0;
    pixels[at + 2] = rgb[source] ?? 0;
  }
  return [rectangle(0, from, width, to - from, 0), pixels];
}

function rectangle(x: number, y: number, width: number, height: number, encoding: number): Buffer {
  const head = Buffer.alloc(12);
  for (const [index, value] of [x, y, width, height].entries()) head.writeUInt16BE(value, index * 2);
  head.writeInt32BE(encoding, 8);
  return head;
}

/** The next bytes. Throws when the client has left. */
async function take(stream: Duplex, length: number): Promise<Buffer> {
  if (length === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes: Buffer | null = stream.read(length);
    if (bytes?.length === length) return bytes;
    if (stream.readableEnded || stream.destroyed) throw new Error("the client left");
    // The two that did not happen are not listened to any longer.
    const done = new AbortController();
    const news = ["readable", "end", "close"].map((event) => once(stream, event, { signal: done.signal }));
    await Promise.race(news).finally(() => {
      for (const each of news) each.catch(() => {});
      done.abort();
    });
  }
}
