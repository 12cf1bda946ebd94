import pngjs from "pngjs";

/** A small grey picture. */
export function testPng(width: number, height: number): Buffer {
  const png = new pngjs.PNG({ width, height });
  png.data.fill(0x99);
  return pngjs.PNG.sync.write(png);
}
