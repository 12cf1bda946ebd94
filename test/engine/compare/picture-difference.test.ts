import fc from "fast-check";
import pngjs from "pngjs";
import { describe, expect, it } from "vitest";
import { comparePictures } from "../../../engine/compare/index.ts";
import { testPng } from "../../support/test-png.ts";

type Spot = readonly [x: number, y: number, width: number, height: number];

/** A white picture with black rectangles. */
function picture(width: number, height: number, spots: readonly Spot[] = []): Buffer {
  const png = new pngjs.PNG({ width, height });
  png.data.fill(255);
  for (const [left, top, wide, high] of spots)
    for (let y = top; y < top + high; y += 1)
      for (let x = left; x < left + wide; x += 1) png.data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return pngjs.PNG.sync.write(png);
}

function compared(before: Buffer, after: Buffer, options: { threshold?: number; scales?: [number, number] } = {}) {
  const difference = comparePictures(before, after, { threshold: 0.1, ...options });
  if (difference.status !== "compared") throw new Error(difference.status);
  return difference;
}

describe("comparePictures()", () => {
  it("says identical of the same bytes, whatever they are", () => {
    expect(comparePictures(Buffer.from("x"), Buffer.from("x"), { threshold: 0.1 })).toEqual({ status: "identical" });
  });

  it("counts the pixels that differ and says where, the largest region first", () => {
    const { pixels, share, regions } = compared(
      picture(300, 200),
      picture(300, 200, [
        [10, 10, 6, 4],
        [200, 150, 20, 10],
      ]),
    );
    expect(pixels).toBe(224);
    expect(share).toBeCloseTo(224 / 60_000);
    expect(regions).toEqual([
      { x: 200, y: 150, width: 20, height: 10, pixels: 200 },
      { x: 10, y: 10, width: 6, height: 4, pixels: 24 },
    ]);
  });

  it("draws the overlay: red where pixels differ, a frame around, the rest pale", () => {
    const { overlay } = compared(
      picture(120, 120, [[0, 0, 20, 20]]),
      picture(120, 120, [
        [0, 0, 20, 20],
        [60, 60, 10, 10],
      ]),
    );
    const png = pngjs.PNG.sync.read(overlay ?? Buffer.alloc(0));
    const at = (x: number, y: number) => [...png.data.subarray((y * 120 + x) * 4, (y * 120 + x) * 4 + 3)];
    expect([png.width, png.height]).toEqual([120, 120]);
    expect(at(65, 65)).toEqual([214, 20, 60]);
    expect(at(51, 65)).toEqual([255, 140, 0]);
    expect(at(5, 5)).toEqual([184, 184, 184]);
    expect(at(110, 30)).toEqual([255, 255, 255]);
  });

  it("draws none where only the bytes differ", () => {
    const black = pngjs.PNG.sync.write(pngjs.PNG.sync.read(picture(20, 20)), { filterType: 1, deflateLevel: 0 });
    expect(compared(picture(20, 20), black)).toMatchObject({ pixels: 0, share: 0, regions: [], overlay: null });
  });

  it.each([
    ["wider", 100, 80, 130, 80, 30 * 80],
    ["higher", 100, 80, 100, 90, 100 * 10],
    ["wider and lower", 100, 80, 120, 60, 20 * 60 + 100 * 20],
  ])("counts what only one picture covers when the newer is %s", (_, w, h, w2, h2, pixels) => {
    const difference = compared(picture(w, h), picture(w2, h2));
    expect(difference.pixels).toBe(pixels);
    expect(difference.share).toBeCloseTo(pixels / (Math.max(w, w2) * Math.max(h, h2)));
    expect([difference.before, difference.after]).toEqual([
      { width: w, height: h },
      { width: w2, height: h2 },
    ]);
  });

  it("compares pictures of two densities at the lower one", () => {
    const dense = picture(200, 100, [[20, 20, 40, 40]]);
    const plain = picture(100, 50, [[10, 10, 20, 20]]);
    expect(compared(dense, plain, { scales: [2, 1] }).pixels).toBe(0);
    expect(compared(plain, dense, { scales: [1, 2] }).pixels).toBe(0);
    expect(compared(plain, dense).pixels).toBeGreaterThan(0);
  });

  it("lets colours be as far apart as the threshold says", () => {
    expect(compared(picture(10, 10), testPng(10, 10), { threshold: 0.1 }).pixels).toBe(100);
    expect(compared(picture(10, 10), testPng(10, 10), { threshold: 1 }).pixels).toBe(0);
  });

  it.each([
    ["JPEG", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "nouvelle : photo JPEG, comparée par son empreinte seulement"],
    ["text", Buffer.from("image de premier"), "nouvelle : image illisible"],
    ["a PNG cut short", picture(40, 40).subarray(0, 60), "nouvelle : image illisible"],
    [
      "a PNG that claims more pixels than memory holds",
      bomb(),
      "nouvelle : image de 10000000000 pixels, trop grande pour être comparée",
    ],
  ])("says why it does not compare %s", (_, file, reason) => {
    expect(comparePictures(picture(40, 40), file, { threshold: 0.1 })).toEqual({ status: "uncompared", reason });
  });

  it("finds the same pixels both ways, all of them inside its regions", () => {
    const spot = fc.tuple(fc.nat(90), fc.nat(60), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(spot, { maxLength: 4 }), fc.array(spot, { maxLength: 4 }), (one, other) => {
        const [before, after] = [picture(120, 80, one), picture(120, 80, other)];
        if (before.equals(after)) return;
        const [there, back] = [compared(before, after), compared(after, before)];
        expect(there.pixels).toBe(back.pixels);
        expect(there.regions).toEqual(back.regions);
        expect(there.regions.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(there.pixels);
        for (const { x, y, width, height, pixels } of there.regions) {
          expect(pixels).toBeLessThanOrEqual(width * height);
          expect(x + width <= 120 && y + height <= 80).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function bomb(): Buffer {
  const file = Buffer.from(picture(1, 1));
  file.writeUInt32BE(100_000, 16);
  file.writeUInt32BE(100_000, 20);
  return file;
}
