import pngjs from "pngjs";

export interface Reduced {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** A picture at most `widest` pixels wide, each of its pixels the mean of those that it stands for. Undefined when it is no PNG that can be read, is narrow enough, or would hardly be lighter. */
export function reducePng(png: Buffer, widest: number): Reduced | undefined {
  const size = sizeOf(png);
  if (size === undefined || size.width <= widest) return undefined;
  const source = decode(png);
  if (source === undefined) return undefined;
  // A whole factor keeps the lines of an interface sharp.
  const factor = Math.ceil(source.width / widest);
  const [width, height] = [Math.floor(source.width / factor), Math.floor(source.height / factor)];
  if (width < 1 || height < 1) return undefined;
  const data = meanOf(source.data, source.width, factor, width, height);
  const reduced = pngjs.PNG.sync.write({ width, height, data } as pngjs.PNG, {
    ...{ inputColorType: 6, colorType: 2, inputHasAlpha: true, deflateLevel: 8 },
  });
  return reduced.length < png.length * WORTH ? { png: reduced, width, height } : undefined;
}

/** Less than a quarter saved is not worth another picture than the evidence. */
const WORTH = 0.75;

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function sizeOf(png: Buffer): { readonly width: number; readonly height: number } | undefined {
  if (png.length < 24 || !png.subarray(0, 8).equals(SIGNATURE)) return undefined;
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function decode(png: Buffer): { readonly width: number; readonly height: number; readonly data: Buffer } | undefined {
  try {
    return pngjs.PNG.sync.read(png);
  } catch {
    return undefined;
  }
}

/** Squares of `factor` pixels a side as one, on white where they are transparent. */
function meanOf(data: Buffer, stride: number, factor: number, width: number, height: number): Buffer {
  const mean = Buffer.alloc(width * height * 4, 255);
  const most = factor * factor * 255;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (let dy = 0; dy < factor; dy += 1) {
        let at = ((y * factor + dy) * stride + x * factor) * 4;
        for (let dx = 0; dx < factor; dx += 1, at += 4) {
          const alpha = data[at + 3] ?? 255;
          const white = (255 - alpha) * 255;
          red += (data[at] ?? 0) * alpha + white;
          green += (data[at + 1] ?? 0) * alpha + white;
          blue += (data[at + 2] ?? 0) * alpha + white;
        }
      }
      const to = (y * width + x) * 4;
      mean[to] = Math.round(red / most);
      mean[to + 1] = Math.round(green / most);
      mean[to + 2] = Math.round(blue / most);
    }
  }
  return mean;
}
