import { inflateSync } from "node:zlib";
import { PDFDocument } from "@cantoo/pdf-lib";
import pngjs from "pngjs";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../../engine/base/digest.ts";
import { pngStream } from "../../../../engine/evidence/pdf/index.ts";
import { placeholderFor, placeholderPng } from "../../../../engine/report/archive/placeholders.ts";
import { srgbProfile } from "../../../../engine/report/archive/srgb-profile.ts";
import { swapPictures } from "../../../../engine/report/archive/swap-pictures.ts";
import { bandsPng } from "../../../support/bands-png.ts";
import { testPng } from "../../../support/test-png.ts";

const { PNG } = pngjs;

describe("placeholderPng()", () => {
  it("tells by its pixels which picture it stands for", () => {
    const picture = bandsPng(40, 30);
    const { data } = PNG.sync.read(placeholderPng(picture));
    expect(placeholderFor(data.filter((_value, index) => index % 4 !== 3))).toBe(sha256(picture));
  });

  it("takes no picture for one of its own", () => {
    expect(placeholderFor(new Uint8Array(48))).toBeUndefined();
    expect(placeholderFor(new Uint8Array(0))).toBeUndefined();
  });
});

describe("pngStream()", () => {
  it.each([
    ["RGB", 2, 3],
    ["grey", 0, 1],
  ] as const)("takes %s as it is compressed", (_name, colorType, channels) => {
    const png = PNG.sync.write(PNG.sync.read(bandsPng(40, 30)), { colorType });
    const stream = pngStream(png);
    expect(stream).toMatchObject({ width: 40, height: 30, channels, predicted: true });
    expect(png.includes(stream.data)).toBe(true);
    expect(inflateSync(stream.data)).toHaveLength(30 * (40 * channels + 1));
  });

  it("keeps colours and opacity of what a PDF cannot hold as it is", () => {
    const half = new PNG({ width: 2, height: 1 });
    half.data.set([10, 20, 30, 128, 40, 50, 60, 255]);
    const stream = pngStream(PNG.sync.write(half));
    expect([...inflateSync(stream.data)]).toEqual([10, 20, 30, 40, 50, 60]);
    expect([...inflateSync(stream.alpha ?? Buffer.alloc(0))]).toEqual([128, 255]);
  });

  it("drops an opacity that hides nothing", () => {
    const opaque = PNG.sync.read(bandsPng(4, 3));
    expect(pngStream(PNG.sync.write(opaque, { colorType: 6 })).alpha).toBeUndefined();
  });
});

describe("swapPictures()", () => {
  it("refuses a file in which a picture has no place", async () => {
    const document = await PDFDocument.create();
    expect(() => swapPictures(document, [testPng(3, 3)])).toThrow(/0 images posées pour 1 attendues/);
  });
});

describe("srgbProfile()", () => {
  it("says its own size and is an ICC profile of RGB for a display", () => {
    const profile = Buffer.from(srgbProfile());
    expect(profile.readUInt32BE(0)).toBe(profile.length);
    expect(profile.toString("latin1", 12, 24)).toBe("mntrRGB XYZ ");
    expect(profile.toString("latin1", 36, 40)).toBe("acsp");
  });
});
