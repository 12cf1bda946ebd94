import { crc32, deflateSync } from "node:zlib";
import pngjs from "pngjs";
import puppeteer from "puppeteer-core";
import { describe, expect, it } from "vitest";
import { readPicture } from "../../../engine/kinds/manual/read-picture.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { cameraExif, PROGRESSIVE, RED_WHITE, segment, withSegments } from "../../support/test-jpeg.ts";
import { testPng } from "../../support/test-png.ts";

const latin = (text: string) => Buffer.from(text, "latin1");
const SPY = "48.8584 N";

/** A chunk of a PNG with its checksum. */
function chunk(type: string, content: Buffer): Buffer {
  const whole = Buffer.alloc(content.length + 12);
  whole.writeUInt32BE(content.length, 0);
  whole.write(type, 4, "latin1");
  content.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

/** A PNG with one more chunk before its pixels. */
function pngWith(type: string, content: string): Buffer {
  const png = testPng(7, 9);
  return Buffer.concat([png.subarray(0, 33), chunk(type, latin(content)), png.subarray(33)]);
}

/** A PNG of grey bytes whose header tells this size, and whose pixels unpack to so many bytes. */
function pngOf(width: number, height: number, unpacked: number, interlace = 0): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, interlace]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const parts = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.alloc(unpacked))),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([testPng(1, 1).subarray(0, 8), ...parts]);
}

/** A JFIF segment's content, with a thumbnail of one pixel. */
const THUMBNAIL = latin(`JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01${SPY}`);

describe("readPicture()", () => {
  it.each<[string, Buffer, object]>([
    ["a PNG", testPng(7, 9), { mediaType: "image/png", width: 7, height: 9, removed: [] }],
    ["a baseline JPEG", RED_WHITE, { mediaType: "image/jpeg", width: 16, height: 8, removed: [], orientation: 1 }],
    ["a progressive JPEG", PROGRESSIVE, { mediaType: "image/jpeg", width: 16, height: 8 }],
  ])("reads %s", async (_, bytes, facts) => {
    expect(await readPicture(bytes)).toMatchObject({ ok: true, ...facts });
  });

  it.each([RED_WHITE, PROGRESSIVE, testPng(7, 9)])(
    "keeps a picture without metadata byte for byte (%#)",
    async (bytes) => {
      expect(await readPicture(bytes)).toMatchObject({ ok: true, bytes });
    },
  );

  it.each<[string, Buffer, readonly string[]]>([
    ["EXIF with its position", cameraExif(1), ["EXIF", "position GPS"]],
    ["XMP", segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${SPY}`)), ["XMP"]],
    ["IPTC", segment(0xed, latin(`Photoshop 3.0\0${SPY}`)), ["IPTC"]],
    ["a comment", segment(0xfe, latin(SPY)), ["commentaire"]],
    ["previews", segment(0xe2, latin(`MPF\0${SPY}`)), ["aperçus"]],
    ["a JFXX thumbnail", segment(0xe0, latin(`JFXX\0\x10${SPY}`)), ["aperçus"]],
    ["FlashPix layers", segment(0xe2, latin(`FPXR\0${SPY}`)), ["aperçus"]],
    ["an APP14 of another maker", segment(0xee, latin(`Autre\0${SPY}`)), ["données d’appareil"]],
    ["an APP1 of another maker", segment(0xe1, latin(`Autre\0${SPY}`)), ["données d’appareil"]],
    ["a segment that the standard only reserves", segment(0xf3, latin(SPY)), ["données d’appareil"]],
  ])("leaves %s out of what is kept, and says so", async (_, extra, removed) => {
    expect(await readPicture(withSegments(RED_WHITE, extra))).toMatchObject({ ok: true, removed, bytes: RED_WHITE });
  });

  it.each<[string, Buffer, Buffer, readonly string[]]>([
    ["film behind a JPEG", Buffer.concat([RED_WHITE, latin(SPY)]), RED_WHITE, ["données après la fin"]],
    [
      "larger picture behind a PNG",
      Buffer.concat([testPng(7, 9), latin(SPY)]),
      testPng(7, 9),
      ["données après la fin"],
    ],
  ])("drops the %s, and says so", async (_, given, bytes, removed) => {
    expect(await readPicture(given)).toMatchObject({ ok: true, removed, bytes });
  });

  it("empties the thumbnail of a JFIF segment, and keeps what it says of the pixels", async () => {
    const own = RED_WHITE.subarray(0, 20);
    const given = Buffer.concat([own.subarray(0, 2), segment(0xe0, THUMBNAIL), RED_WHITE.subarray(20)]);
    const read = await readPicture(given);
    if (!read.ok) throw new Error(read.reason);
    expect(read).toMatchObject({ removed: ["aperçus"], width: 16 });
    expect(read.bytes.subarray(6, 20).toString("latin1")).toBe(
      latin("JFIF\0\x01\x01\0\0\x01\0\x01\0\0").toString("latin1"),
    );
    expect(read.bytes.subarray(20)).toEqual(RED_WHITE.subarray(20));
  });

  it.each<[string, Buffer]>([
    ["an ICC profile", segment(0xe2, latin("ICC_PROFILE\0\x01\x01colours"))],
    ["Adobe's transform", segment(0xee, latin("Adobe\0\x64\0\0\0\0\x01"))],
  ])("keeps %s, which says how colours are meant", async (_, extra) => {
    const given = withSegments(RED_WHITE, extra);
    expect(await readPicture(given)).toMatchObject({ ok: true, removed: [], bytes: given });
  });

  it.each<[string, string]>([
    ["tEXt", "textes"],
    ["prVW", "partie prVW"],
    ["caBX", "partie caBX"],
    ["fdAT", "animation"],
  ])("leaves the chunk %s of a PNG out, and every pixel as it is", async (type, what) => {
    expect(await readPicture(pngWith(type, `Comment\0${SPY}`))).toMatchObject({
      ok: true,
      removed: [what],
      bytes: testPng(7, 9),
    });
  });

  it.each(["gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs", "tRNS"])(
    "keeps the chunk %s of a PNG, which says how pixels are meant",
    async (type) => {
      const given = pngWith(type, "\0\0\0\x01");
      expect(await readPicture(given)).toMatchObject({ ok: true, removed: [], bytes: given });
    },
  );

  it.each([
    ["II", 6, 8, 16],
    ["MM", 8, 8, 16],
    ["MM", 3, 16, 8],
    ["II", 77, 16, 8],
  ] as const)("gives the size as it is looked at: %s, orientation %i", async (order, orientation, width, height) => {
    expect(await readPicture(withSegments(RED_WHITE, cameraExif(orientation, order)))).toMatchObject({ width, height });
  });

  it("keeps how the camera was held, and a browser turns the picture upright", async () => {
    const read = await readPicture(withSegments(RED_WHITE, cameraExif(6)));
    if (!read.ok) throw new Error(read.reason);
    expect(read.bytes.toString("latin1")).not.toContain("MarqueLumi");
    const browser = await puppeteer.launch({
      executablePath: await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] }),
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    try {
      const page = await browser.newPage();
      await page.setContent(
        `<body style="margin:0"><img src="data:image/jpeg;base64,${read.bytes.toString("base64")}">`,
      );
      await page.waitForFunction("document.images[0].complete");
      const clip = { x: 0, y: 0, width: 8, height: 16 };
      const { data } = pngjs.PNG.sync.read(Buffer.from(await page.screenshot({ clip })));
      // Held to the right: what was left is on top.
      const green = (y: number) => data[(y * 8 + 4) * 4 + 1] ?? -1;
      expect([green(2) < 100, green(13) > 200]).toEqual([true, true]);
    } finally {
      await browser.close();
    }
  });

  it.each<[string, Buffer, RegExp]>([
    ["a JPEG cut in its pixels", RED_WHITE.subarray(0, RED_WHITE.length - 6), /incomplet/],
    ["a JPEG cut in its tables", RED_WHITE.subarray(0, 60), /incomplet/],
    ["a JPEG without pixels", Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"), /abîmé/],
    ["a JPEG of other bytes", Buffer.concat([RED_WHITE.subarray(0, 20), Buffer.alloc(200, 7)]), /abîmé|incomplet/],
    ["a PNG cut in its pixels", testPng(70, 90).subarray(0, 60), /incomplet/],
    ["a PNG without its end", testPng(7, 9).subarray(0, -12), /incomplet/],
    ["a PNG of which a byte is another", testPng(7, 9).fill(0xee, 45, 46), /abîmé.*IDAT/],
    ["a PNG that unpacks to less than its size", pngOf(40, 40, 40 * 41 - 1), /abîmé.*pixels/],
    ["a PNG that unpacks to far more than its size", pngOf(40, 40, 4_000_000), /abîmé.*pixels/],
    ["an interlaced PNG without its last byte", pngOf(8, 8, 78, 1), /abîmé.*pixels/],
    ["a PNG beyond any side, unread", pngOf(20_000, 8, 0), /20000 × 8.*16384/],
    ["a PNG of too many pixels, unread", pngOf(16_000, 16_000, 0), /16000 × 16000.*120 millions/],
    ["a text", Buffer.from("%PDF-1.7 and what follows"), /ni un PNG ni un JPEG/],
    ["nothing", Buffer.alloc(0), /ni un PNG ni un JPEG/],
    ["a file beyond the limit", Buffer.alloc(32 * 1024 * 1024 + 1), /32.Mo/],
  ])("refuses %s with its reason", async (_, bytes, reason) => {
    const read = await readPicture(bytes);
    expect(read.ok ? "" : read.reason).toMatch(reason);
  });

  it("refuses a picture that no browser shows whole, whatever its file weighs", async () => {
    const wide = Buffer.from(RED_WHITE);
    wide.writeUInt16BE(20_000, wide.indexOf(Buffer.from([0xff, 0xc0])) + 7);
    expect(await readPicture(wide)).toEqual({ ok: false, reason: expect.stringMatching(/20000 × 8.*16384/) });
  });

  it("reads an interlaced PNG", async () => {
    const bytes = pngOf(8, 8, 79, 1);
    expect(pngjs.PNG.sync.read(bytes)).toMatchObject({ width: 8, height: 8 });
    expect(await readPicture(bytes)).toMatchObject({ ok: true, width: 8, height: 8, bytes });
  });

  it("lets the process go on while a PNG is unpacked", async () => {
    let turns = 0;
    let reading = true;
    const turn = () => {
      turns += 1;
      if (reading) setImmediate(turn);
    };
    setImmediate(turn);
    const read = await readPicture(pngOf(5_000, 5_000, 5_000 * 5_001));
    reading = false;
    expect(read).toMatchObject({ ok: true, width: 5_000 });
    expect(turns).toBeGreaterThan(1);
  });
});
