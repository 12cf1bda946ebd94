import { PNG } from "pngjs";

const drawn = new Map<string, Buffer>();

/** A PNG of bands, so that it is neither blank nor all alike. */
export function bandsPng(width: number, height: number, seed = 0): Buffer {
  const key = [width, height, seed].join();
  const png = drawn.get(key) ?? drawBands(width, height, seed);
  drawn.set(key, png);
  return png;
}

function drawBands(width: number, height: number, seed: number): Buffer {
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const band = Math.floor(y / 24) + Math.floor(x / 160) + seed;
      const head = y < height / 14 ? 60 : 0;
      png.data[at] = head > 0 ? 55 : 246 - ((band * 7) % 30);
      png.data[at + 1] = head > 0 ? 71 : 248 - ((band * 5) % 24);
      png.data[at + 2] = head > 0 ? 90 : 250 - ((band * 3) % 16);
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png);
}
