/** Where red, green, blue and white of sRGB stand in CIE XYZ, adapted to D50, as IEC 61966-2-1 and ICC.1 give them. */
const PRIMARIES = {
  rXYZ: [0.4360747, 0.2225045, 0.0139322],
  gXYZ: [0.3850649, 0.7168786, 0.0971045],
  bXYZ: [0.1430804, 0.0606169, 0.7141733],
  wtpt: [0.9642, 1, 0.8249],
} as const;

const CURVE_POINTS = 1024;
const HEADER = 128;

/** An ICC profile (version 2, for a display) of sRGB, made from the public constants: the colours of the report are defined without anybody's file. */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve();
  const tags: readonly (readonly [string, Buffer])[] = [
    ["desc", description("sRGB IEC61966-2.1")],
    ["cprt", text("No copyright: made from public constants")],
    ...Object.entries(PRIMARIES).map(([name, value]) => [name, xyz(value)] as const),
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const places = new Map<Buffer, number>();
  const bodies: Buffer[] = [];
  let end = HEADER + table.length;
  for (const [index, [name, body]] of tags.entries()) {
    // The three channels share one curve.
    const at = places.get(body) ?? end;
    if (!places.has(body)) {
      const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
      places.set(body, at);
      bodies.push(padded);
      end += padded.length;
    }
    table.write(name, 4 + 12 * index, "latin1");
    table.writeUInt32BE(at, 8 + 12 * index);
    table.writeUInt32BE(body.length, 12 + 12 * index);
  }
  return Buffer.concat([header(end), table, ...bodies]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02_10_00_00, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  // A fixed date: the profile is always the same.
  for (const [index, part] of [2000, 1, 1, 0, 0, 0].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write("acsp", 36, "latin1");
  PRIMARIES.wtpt.forEach((value, index) => {
    bytes.writeInt32BE(fixed(value), 68 + 4 * index);
  });
  return bytes;
}

function toneCurve(): Buffer {
  const bytes = Buffer.alloc(12 + 2 * CURVE_POINTS);
  bytes.write("curv", 0, "latin1");
  bytes.writeUInt32BE(CURVE_POINTS, 8);
  for (let point = 0; point < CURVE_POINTS; point += 1) {
    const value = point / (CURVE_POINTS - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    bytes.writeUInt16BE(Math.round(linear * 65_535), 12 + 2 * point);
  }
  return bytes;
}

function xyz(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.write("XYZ ", 0, "latin1");
  for (const [index, value] of values.entries()) bytes.writeInt32BE(fixed(value), 8 + 4 * index);
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.from(`text\0\0\0\0${value}\0`, "latin1");
}

/** ASCII name; the Unicode and Macintosh names of the old form stay empty. */
function description(name: string): Buffer {
  const bytes = Buffer.alloc(12 + name.length + 1 + 8 + 70);
  bytes.write("desc", 0, "latin1");
  bytes.writeUInt32BE(name.length + 1, 8);
  bytes.write(name, 12, "latin1");
  return bytes;
}

function fixed(value: number): number {
  return Math.round(value * 65_536);
}
