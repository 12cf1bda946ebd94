import type { Pixels } from "./png-picture.ts";

/** The picture at one `factor`th of its size: each pixel the mean of those it stands for; a rest at the edges falls away. */
export function reduce({ width, height, data }: Pixels, factor: number): Pixels {
  const [columns, rows] = [Math.floor(width / factor), Math.floor(height / factor)];
  const reduced = new Uint8Array(columns * rows * 4);
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let dy = 0; dy < factor; dy += 1)
          for (let dx = 0; dx < factor; dx += 1)
            sum += data[((y * factor + dy) * width + x * factor + dx) * 4 + channel] ?? 0;
        reduced[(y * columns + x) * 4 + channel] = Math.round(sum / (factor * factor));
      }
    }
  }
  return { width: columns, height: rows, data: reduced };
}
