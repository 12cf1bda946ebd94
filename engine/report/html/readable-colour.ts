/** Contrast that WCAG 2 asks of text. */
const ENOUGH = 4.5;
const WHITE: Rgb = [255, 255, 255];
/** The ground of the dark page: `--paper` of `dark.css`. */
const DARK: Rgb = [22, 27, 34];

type Rgb = readonly [number, number, number];

/** A colour (`#rrggbb`) as dark as it must be to be read on white, itself when it already is. */
export function darken(colour: string): string {
  return towards(colour, [0, 0, 0], WHITE);
}

/** The same for the dark page: as light as it must be. */
export function lighten(colour: string): string {
  return towards(colour, WHITE, DARK);
}

function towards(colour: string, end: Rgb, ground: Rgb): string {
  const from = parse(colour);
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = mix(from, end, share);
    if (contrast(mixed, ground) >= ENOUGH) return write(mixed);
  }
  return write(end);
}

function parse(colour: string): Rgb {
  const part = (at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  return [part(1), part(3), part(5)];
}

function write(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
