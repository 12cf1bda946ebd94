import type { Duplex } from "node:stream";
import type { Raster } from "../raster.ts";
import { createByteReader } from "./byte-reader.ts";
import { type Area, Framebuffer } from "./framebuffer.ts";
import { shakeHands } from "./handshake.ts";
import type { KeyCode } from "./key-codes.ts";
import { RfbError } from "./rfb-error.ts";

const RAW = 0;
const COPY_RECT = 1;
const DESKTOP_SIZE = -223;
/** QEMU's own: keys by their place, so that the keyboard that QEMU believes in does not matter. */
const EXTENDED_KEY = -258;
const ENCODINGS = [RAW, COPY_RECT, DESKTOP_SIZE, EXTENDED_KEY] as const;
/** 32 bits a pixel, 24 of them colour, least significant byte first: blue, green, red. */
const PIXEL_FORMAT = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0] as const;
const LARGEST_CUT_TEXT = 16 * 1024 * 1024;

/** A screen and keyboard at the other end of an RFB connection (RFC 6143). */
export interface RfbClient {
  readonly name: string;
  /** The whole screen of this moment. Throws RfbError, StreamEnded. */
  grab(signal: AbortSignal): Promise<Raster>;
  /** Keys that go down in this order and come up in the other. */
  stroke(keys: readonly KeyCode[]): void;
}

/** Connects over an open stream of bytes. The caller owns the stream and closes it. Throws RfbError, StreamEnded. */
export async function connectRfb(stream: Duplex, password: string, signal: AbortSignal): Promise<RfbClient> {
  const reader = createByteReader(stream);
  const init = await shakeHands(stream, reader, password, signal);
  let screen = new Framebuffer(init.width, init.height);
  let byPlace = false;
  stream.write(Buffer.from([0, 0, 0, 0, ...PIXEL_FORMAT]));
  stream.write(setEncodings());

  const rectangle = async (within: AbortSignal): Promise<void> => {
    const head = await reader.take(12, within);
    const [x, y] = [head.readUInt16BE(0), head.readUInt16BE(2)];
    const area: Area = { x, y, width: head.readUInt16BE(4), height: head.readUInt16BE(6) };
    const encoding = head.readInt32BE(8);
    switch (encoding) {
      case RAW:
        insist(area);
        screen.put(area, await reader.take(area.width * area.height * 4, within));
        return;
      case COPY_RECT: {
        insist(area);
        const from = await reader.take(4, within);
        insist({ ...area, x: from.readUInt16BE(0), y: from.readUInt16BE(2) });
        screen.copy(area, from.readUInt16BE(0), from.readUInt16BE(2));
        return;
      }
      case DESKTOP_SIZE:
        screen = new Framebuffer(area.width, area.height);
        return;
      case EXTENDED_KEY:
        byPlace = true;
        return;
      default:
        throw new RfbError(`un rectangle arrive dans un codage qui n’a pas été demandé (${encoding})`);
    }
  };
  const insist = (area: Area): void => {
    if (!screen.holds(area)) throw new RfbError("un rectangle dépasse de l’écran");
  };

  /** Takes one message; resolves to true after a picture. */
  const message = async (within: AbortSignal): Promise<boolean> => {
    const type = (await reader.take(1, within)).readUInt8(0);
    switch (type) {
      case 0: {
        const count = (await reader.take(3, within)).readUInt16BE(1);
        for (let index = 0; index < count; index += 1) await rectangle(within);
        return true;
      }
      case 1:
        // A map of colours is not for true colours, which were asked for.
        await reader.take((await reader.take(5, within)).readUInt16BE(3) * 6, within);
        return false;
      case 2:
        return false;
      case 3: {
        const length = (await reader.take(7, within)).readUInt32BE(3);
        if (length > LARGEST_CUT_TEXT) throw new RfbError(`un presse-papiers de ${length} octets est annoncé`);
        await reader.take(length, within);
        return false;
      }
      default:
        throw new RfbError(`un message inconnu arrive (type ${type})`);
    }
  };

  return {
    name: init.name,
    grab: async (within) => {
      screen.expectAll();
      let asked: Framebuffer | undefined;
      while (!screen.complete) {
        // Asked again when the screen changed its size, or when a part of it was left out.
        if (asked !== screen) stream.write(updateRequest(screen));
        asked = screen;
        while (!(await message(within))) within.throwIfAborted();
        if (asked === screen && !screen.complete) asked = undefined;
      }
      return screen.raster();
    },
    stroke: (keys) => {
      for (const key of keys) stream.write(keyEvent(key, true, byPlace));
      for (const key of keys.toReversed()) stream.write(keyEvent(key, false, byPlace));
    },
  };
}

function setEncodings(): Buffer {
  const bytes = Buffer.alloc(4 + 4 * ENCODINGS.length);
  bytes.writeUInt8(2, 0);
  bytes.writeUInt16BE(ENCODINGS.length, 2);
  for (const [index, encoding] of ENCODINGS.entries()) bytes.writeInt32BE(encoding, 4 + 4 * index);
  return bytes;
}

/** Not incremental: a screen on which nothing moves would never answer. */
function updateRequest({ width, height }: Framebuffer): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeUInt8(3, 0);
  bytes.writeUInt16BE(width, 6);
  bytes.writeUInt16BE(height, 8);
  return bytes;
}

function keyEvent({ place, sign }: KeyCode, down: boolean, byPlace: boolean): Buffer {
  const bytes = Buffer.alloc(byPlace ? 12 : 8);
  if (byPlace) {
    bytes.writeUInt8(255, 0);
    bytes.writeUInt16BE(down ? 1 : 0, 2);
    bytes.writeUInt32BE(sign, 4);
    bytes.writeUInt32BE(place, 8);
  } else {
    bytes.writeUInt8(4, 0);
    bytes.writeUInt8(down ? 1 : 0, 1);
    bytes.writeUInt32BE(sign, 4);
  }
  return bytes;
}
