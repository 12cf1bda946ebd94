import { PNG } from "pngjs";
import { ProblemError } from "../../base/problem.ts";

/** Pixels in three bytes each (red, green, blue), row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Reads a PNG or a binary PPM (what QEMU's `screendump` writes). Throws ProblemError CONSOLE_PICTURE_UNREADABLE. */
export function readRaster(file: Buffer): Raster {
  if (file.length > 8 && file.readUInt32BE(0) === 0x89504e47) return fromPng(file);
  const ppm = readPpm(file);
  if (ppm !== undefined) return ppm;
  throw new ProblemError("CONSOLE_PICTURE_UNREADABLE", "L’écran reçu n’est ni un PNG ni un PPM.", {
    scope: "environment",
    hint: "Réessayez ; sur un nœud, vérifiez que la machine virtuelle a bien un écran (vga).",
  });
}

/** The pixels as a PNG file. */
export function writePng({ width, height, rgb }: Raster): Buffer {
  const png = new PNG({ width, height, colorType: 2 });
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    png.data[to] = rgb[from] ?? 0;
    png.data[to + 1] = rgb[from + 1] ?? 0;
    png.data[to + 2] = rgb[from + 2] ?? 0;
    png.data[to + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 2 });
}

function fromPng(file: Buffer): Raster {
  const { width, height, data } = PNG.sync.read(file);
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return { width, height, rgb };
}

function readPpm(file: Buffer): Raster | undefined {
  const head = file.subarray(0, 200).toString("latin1");
  const match = /^P6\s+(?:#[^\n]*\n\s*)*(\d+)\s+(\d+)\s+255\s/.exec(head);
  if (match === null) return undefined;
  const [width, height] = [Number(match[1]), Number(match[2])];
  const rgb = file.subarray(match[0].length, match[0].length + width * height * 3);
  return rgb.length === width * height * 3 ? { width, height, rgb: new Uint8Array(rgb) } : undefined;
}
