/** A piece of text on a screen, where it stands in pixels, and how surely it was read (0 to 1). */
export interface ScreenText {
  readonly text: string;
  readonly score: number;
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
}

/** What a screen shows at one moment. */
export interface ScreenView {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly ScreenText[];
  /** All of it, row by row. */
  readonly text: string;
  /** SHA-256 of the pixels. */
  readonly digest: string;
  /** The picture as PNG: cut to a box, other boxes covered. */
  png(crop: PixelBox | undefined, covered: readonly PixelBox[]): Buffer;
}

export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
