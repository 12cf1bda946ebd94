import type { Raster } from "../raster.ts";
import { RfbError } from "./rfb-error.ts";

const PIXEL_BYTES = 4;
/** No screen has more (8K); a stranger's number must not take the memory. */
const MOST_PIXELS = 7_680 * 4_320;

/** A rectangle of a screen, in pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A screen as it arrives in rectangles; knows which pixels have come since it was last asked for all of them. */
export class Framebuffer {
  readonly width: number;
  readonly height: number;
  readonly #rgb: Uint8Array;
  #fresh: Uint8Array;
  #missing: number;

  /** Throws RfbError for a size that no screen has. */
  constructor(width: number, height: number) {
    if (width * height === 0 || width * height > MOST_PIXELS) {
      throw new RfbError(`un écran de ${width} × ${height} est annoncé`);
    }
    this.width = width;
    this.height = height;
    this.#rgb = new Uint8Array(width * height * 3);
    this.#fresh = new Uint8Array(width * height);
    this.#missing = width * height;
  }

  /** From now on every pixel is missing until it comes again. */
  expectAll(): void {
    this.#fresh = new Uint8Array(this.width * this.height);
    this.#missing = this.width * this.height;
  }

  get complete(): boolean {
    return this.#missing === 0;
  }

  holds({ x, y, width, height }: Area): boolean {
    return x + width <= this.width && y + height <= this.height;
  }

  /** Pixels in four bytes each: blue, green, red, nothing. */
  put(area: Area, pixels: Buffer): void {
    for (let row = 0; row < area.height; row += 1) {
      let from = row * area.width * PIXEL_BYTES;
      let to = ((area.y + row) * this.width + area.x) * 3;
      for (let column = 0; column < area.width; column += 1, from += PIXEL_BYTES, to += 3) {
        this.#rgb[to] = pixels[from + 2] ?? 0;
        this.#rgb[to + 1] = pixels[from + 1] ?? 0;
        this.#rgb[to + 2] = pixels[from] ?? 0;
      }
    }
    this.#mark(area);
  }

  /** A part of the screen that moved: what stands at `x`, `y` is seen in the area now. */
  copy(area: Area, x: number, y: number): void {
    const rows = Array.from({ length: area.height }, (_, row) => {
      const from = ((y + row) * this.width + x) * 3;
      return this.#rgb.slice(from, from + area.width * 3);
    });
    for (const [row, bytes] of rows.entries()) this.#rgb.set(bytes, ((area.y + row) * this.width + area.x) * 3);
    this.#mark(area);
  }

  raster(): Raster {
    return { width: this.width, height: this.height, rgb: this.#rgb.slice() };
  }

  #mark({ x, y, width, height }: Area): void {
    for (let row = y; row < y + height; row += 1) {
      for (let at = row * this.width + x; at < row * this.width + x + width; at += 1) {
        if (this.#fresh[at] === 0) this.#missing -= 1;
        this.#fresh[at] = 1;
      }
    }
  }
}
