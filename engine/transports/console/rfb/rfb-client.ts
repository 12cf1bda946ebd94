import type { Duplex } from "node:stream";
import { createInflate } from "node:zlib";
import type { Raster } from "../raster.ts";
import { createByteReader } from "./byte-reader.ts";
import { type Area, Framebuffer } from "./framebuffer.ts";
import { shakeHands } from "./handshake.ts";
import { RfbError } from "./rfb-error.ts";

const RAW = 0;
const COPY_RECT = 1;
const DESKTOP_SIZE = -223;
/** Raw pixels through one zlib stream for the whole connection (rfbproto, encoding 6): a console is a hundredth of its pixels. */
const ZLIB = 6;
/** The first ones are preferred. */
const ENCODINGS = [ZLIB, COPY_RECT, RAW, DESKTOP_SIZE] as const;
/** 32 bits a pixel, 24 of them colour, least significant byte first: blue, green, red. */
const PIXEL_FORMAT = [32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0] as const;
const LARGEST_CUT_TEXT = 16 * 1024 * 1024;
/** Packed pixels are smaller than pixels; a little more is zlib's own. */
const ZLIB_OVERHEAD = 4_096;

/** The screen at the other end of an RFB connection (RFC 6143). Keys go another way: RFB's mean another sign on each keyboard. */
export interface RfbClient {
  readonly name: string;
  /**
   * The whole screen of this moment; one at a time. Throws RfbError, StreamEnded. After an abort the connection is in the middle of a
   * message, and every further call throws.
   */
  grab(signal: AbortSignal): Promise<Raster>;
}

/** Connects over an open stream of bytes. The caller owns the stream and closes it. Throws RfbError, StreamEnded. */
export async function connectRfb(stream: Duplex, password: string, signal: AbortSignal): Promise<RfbClient> {
  const reader = createByteReader(stream);
  const init = await shakeHands(stream, reader, password, signal);
  let screen = new Framebuffer(init.width, init.height);
  const inflate = createInflate();
  const unpacked = createByteReader(inflate);
  let broken = false;
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
      case ZLIB: {
        insist(area);
        const bytes = area.width * area.height * 4;
        const packed = (await reader.take(4, within)).readUInt32BE(0);
        if (packed > bytes + ZLIB_OVERHEAD) throw new RfbError(`un rectangle de ${packed} octets est annoncé`);
        inflate.write(await reader.take(packed, within));
        screen.put(area, await unpacked.take(bytes, within));
        return;
      }
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
      if (broken) throw new RfbError("la lecture précédente a été interrompue");
      broken = true;
      screen.expectAll();
      let asked: Framebuffer | undefined;
      while (!screen.complete) {
        // One request a picture: the answer to a second one would be taken for the next picture. Only another size asks anew.
        if (asked !== screen) stream.write(updateRequest(screen));
        asked = screen;
        while (!(await message(within))) within.throwIfAborted();
      }
      broken = false;
      return screen.raster();
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
