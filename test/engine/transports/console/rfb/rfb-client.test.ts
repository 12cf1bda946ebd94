import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { ScreenReader } from "../../../../../engine/transports/console/reading/read-screen.ts";
import { screenText } from "../../../../../engine/transports/console/reading/screen-text.ts";
import { StreamEnded } from "../../../../../engine/transports/console/rfb/byte-reader.ts";
import { strokeOf } from "../../../../../engine/transports/console/rfb/key-codes.ts";
import { connectRfb } from "../../../../../engine/transports/console/rfb/rfb-client.ts";
import { RfbError } from "../../../../../engine/transports/console/rfb/rfb-error.ts";
import { vncResponse } from "../../../../../engine/transports/console/rfb/vnc-response.ts";

const FIXTURES = join(import.meta.dirname, "../../../../fixtures/rfb");
const within = () => AbortSignal.timeout(20_000);

/** A connection whose other side says all of this, in these pieces, and then hangs up. */
function saying(pieces: readonly Buffer[]): { readonly stream: Duplex; readonly heard: Buffer[] } {
  const heard: Buffer[] = [];
  const rest = [...pieces];
  const stream = new Duplex({
    read() {
      this.push(rest.shift() ?? null);
    },
    write(chunk: Buffer, _encoding, done) {
      heard.push(chunk);
      done();
    },
  });
  return { stream, heard };
}

const u16 = (...values: readonly number[]) => Buffer.from(values.flatMap((value) => [value >> 8, value & 255]));
const u32 = (value: number) => u16(value >>> 16, value & 0xffff);
const greeting = Buffer.from("RFB 003.008\n");
const open = Buffer.concat([greeting, Buffer.of(1, 1), u32(0)]);
const init = (width: number, height: number) =>
  Buffer.concat([u16(width, height), Buffer.alloc(16), u32(2), Buffer.from("vm")]);
const rectangle = (box: readonly [number, number, number, number], encoding: number, body = Buffer.alloc(0)) =>
  Buffer.concat([u16(...box), u32(encoding >>> 0), body]);
const update = (...rectangles: readonly Buffer[]) =>
  Buffer.concat([Buffer.of(0, 0), u16(rectangles.length), ...rectangles]);
/** Pixels that all differ: blue, green, red, nothing. */
const pixels = (count: number, first = 0) =>
  Buffer.from(Array.from({ length: count }, (_, index) => [first + index, 100, 200, 0]).flat());
const whole = update(rectangle([0, 0, 2, 2], 0, pixels(4)));

async function grabbed(...said: readonly Buffer[]) {
  const { stream } = saying([open, ...said]);
  const client = await connectRfb(stream, "", within());
  return await client.grab(within());
}

describe("connectRfb() and the session recorded with QEMU 7.2", () => {
  const server = gunzipSync(readFileSync(join(FIXTURES, "qemu-7.2.server.gz")));
  const expected = gunzipSync(readFileSync(join(FIXTURES, "qemu-7.2.client.gz")));

  it("sends byte for byte what the machine understood then, and sees what was typed", async () => {
    const { stream, heard } = saying([server]);
    const client = await connectRfb(stream, "motdepas", within());
    expect(client.name).toBe("QEMU");
    await client.grab(within());
    for (let times = 0; times < 40; times += 1) client.stroke(strokeOf("ctrl-b") ?? []);
    for (const key of [..."echo", "spc", "shift-a", "minus", "1", "shift-slash"]) client.stroke(strokeOf(key) ?? []);
    const raster = await client.grab(within());
    expect([raster.width, raster.height]).toEqual([720, 400]);
    expect(Buffer.concat(heard).equals(expected)).toBe(true);
    expect(screenText(await new ScreenReader().read(raster))).toContain("echo A-1?");
  });

  it("does not depend on how the bytes are cut", async () => {
    const head = server.subarray(0, 200_000);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 40 }), async (cuts) => {
        const pieces: Buffer[] = [];
        let from = 0;
        for (const cut of cuts) {
          pieces.push(head.subarray(from, from + cut));
          from += cut;
        }
        pieces.push(head.subarray(from));
        const { stream } = saying(pieces.filter((piece) => piece.length > 0));
        expect((await connectRfb(stream, "motdepas", within())).name).toBe("QEMU");
      }),
      { numRuns: 30 },
    );
  });
});

describe("grab()", () => {
  it("gives red, green and blue of every pixel", async () => {
    const raster = await grabbed(init(2, 2), whole);
    expect([...raster.rgb.slice(0, 6)]).toEqual([200, 100, 0, 200, 100, 1]);
  });

  it.each([
    [
      "two halves in two updates",
      [update(rectangle([0, 0, 2, 1], 0, pixels(2))), update(rectangle([0, 1, 2, 1], 0, pixels(2)))],
    ],
    [
      "a bell, a clipboard and a map of colours in between",
      [
        Buffer.of(2),
        Buffer.concat([Buffer.of(3, 0, 0, 0), u32(3), Buffer.from("abc")]),
        Buffer.concat([Buffer.of(1, 0), u16(0, 1), u16(1, 2, 3)]),
        whole,
      ],
    ],
    ["an empty update first", [update(), whole]],
  ])("waits through %s", async (_name, said) => {
    expect((await grabbed(init(2, 2), ...said)).rgb).toHaveLength(12);
  });

  it("starts again when the screen changes its size in the middle", async () => {
    const raster = await grabbed(
      init(2, 2),
      update(rectangle([0, 0, 2, 1], 0, pixels(2)), rectangle([0, 0, 3, 1], -223)),
      update(rectangle([0, 0, 3, 1], 0, pixels(3))),
    );
    expect([raster.width, raster.height]).toEqual([3, 1]);
  });

  it("copies a part that moved, also onto itself", async () => {
    const raster = await grabbed(
      init(3, 1),
      update(rectangle([0, 0, 2, 1], 0, pixels(2)), rectangle([1, 0, 2, 1], 1, u16(0, 0))),
    );
    expect([raster.rgb[2], raster.rgb[5], raster.rgb[8]]).toEqual([0, 0, 1]);
  });

  it.each([
    ["a rectangle beyond the screen", update(rectangle([1, 0, 2, 2], 0, pixels(4))), /dépasse de l’écran/],
    ["a copy from beyond the screen", update(rectangle([0, 0, 2, 2], 1, u16(1, 1))), /dépasse de l’écran/],
    [
      "an encoding that was not asked for",
      update(rectangle([0, 0, 2, 2], 16)),
      /codage qui n’a pas été demandé \(16\)/,
    ],
    ["a screen larger than any", update(rectangle([0, 0, 65_535, 65_535], -223)), /65535 × 65535/],
    ["a screen without pixels", update(rectangle([0, 0, 0, 9], -223)), /0 × 9/],
    ["an unknown message", Buffer.of(77), /message inconnu arrive \(type 77\)/],
    [
      "a clipboard of gigabytes",
      Buffer.concat([Buffer.of(3, 0, 0, 0), u32(0xffffffff)]),
      /presse-papiers de 4294967295/,
    ],
  ])("refuses %s", async (_name, said, message) => {
    const failure = await grabbed(init(2, 2), said).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RfbError);
    expect(String(failure)).toMatch(message);
  });

  it("says that the other side closed", async () => {
    await expect(grabbed(init(2, 2), whole.subarray(0, 20))).rejects.toBeInstanceOf(StreamEnded);
  });

  it("is stopped by its signal while the other side says nothing", async () => {
    const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
    stream.push(Buffer.concat([open, init(2, 2)]));
    const client = await connectRfb(stream, "", within());
    const stop = new AbortController();
    const grabbing = client.grab(stop.signal);
    stop.abort(new Error("enough"));
    await expect(grabbing).rejects.toThrow("enough");
  });
});

describe("connectRfb() refuses", () => {
  it.each([
    ["another protocol", [Buffer.from("SSH-2.0-Open")], /ne parle pas RFB 3.8 .*SSH-2.0-Open/],
    ["an older RFB", [Buffer.from("RFB 003.003\n")], /ne parle pas RFB 3.8/],
    [
      "a server that says why it refuses",
      [greeting, Buffer.of(0), u32(4), Buffer.from("full")],
      /le serveur refuse : full/,
    ],
    ["unknown authentications", [greeting, Buffer.of(2, 19, 30)], /types 19, 30/],
    [
      "a wrong password",
      [greeting, Buffer.of(1, 2), Buffer.alloc(16), u32(1), u32(21), Buffer.from("Authentication failed")],
      /mot de passe : Authentication failed/,
    ],
    ["a reason without end", [greeting, Buffer.of(0), u32(0x7fffffff)], /texte de 2147483647 octets/],
  ])("%s", async (_name, said, message) => {
    await expect(connectRfb(saying(said).stream, "secret", within())).rejects.toThrow(message);
  });
});

test("vncResponse() is DES with the password's bits turned round, eight characters of it", () => {
  // DES of nothing under a key of nothing is a published vector.
  const zero = Buffer.alloc(16);
  expect(vncResponse("motdepas", zero)).toEqual(vncResponse("motdepasse", zero));
  expect(vncResponse("", zero).toString("hex")).toBe("8ca64de9c1b123a78ca64de9c1b123a7");
});

describe("strokeOf()", () => {
  it.each([
    ["a", [{ place: 0x1e, sign: 0x61 }]],
    [
      "shift-a",
      [
        { place: 0x2a, sign: 0xffe1 },
        { place: 0x1e, sign: 0x41 },
      ],
    ],
    [
      "shift-2",
      [
        { place: 0x2a, sign: 0xffe1 },
        { place: 0x03, sign: 0x40 },
      ],
    ],
    [
      "ctrl-alt-f2",
      [
        { place: 0x1d, sign: 0xffe3 },
        { place: 0x38, sign: 0xffe9 },
        { place: 0x3c, sign: 0xffbf },
      ],
    ],
    ["ret", [{ place: 0x1c, sign: 0xff0d }]],
    [
      "alt_r-0",
      [
        { place: 0xb8, sign: 0xffea },
        { place: 0x0b, sign: 0x30 },
      ],
    ],
  ])("knows %s", (stroke, codes) => {
    expect(strokeOf(stroke)).toEqual(codes);
  });

  it.each(["", "é", "ctrl-", "entrée", "shift-nothing"])("does not know %j", (stroke) => {
    expect(strokeOf(stroke)).toBeUndefined();
  });
});
