/** A baseline JPEG of 16 × 8 pixels: red on the left, white on the right. Nothing but the picture is in it. */
export const RED_WHITE = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAUH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAQF/8QAGhEAAQUBAAAAAAAAAAAAAAAAAAQFQUKBwf/aAAwDAQACEQMRAD8AitaAVNJeeabw/9k=",
  "base64",
);

/** The same, progressive: several scans. */
export const PROGRESSIVE = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAAIABADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAQG/8QAFQEBAQAAAAAAAAAAAAAAAAAAAwT/2gAMAwEAAhADEAAAAYtYFd//xAAUEAEAAAAAAAAAAAAAAAAAAAAQ/9oACAEBAAEFAj//xAAWEQADAAAAAAAAAAAAAAAAAAAABEH/2gAIAQMBAT8Bch//xAAVEQEBAAAAAAAAAAAAAAAAAAAAA//aAAgBAgEBPwGb/8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQAGPwI//8QAFRABAQAAAAAAAAAAAAAAAAAAAAH/2gAIAQEAAT8hR//aAAwDAQACAAMAAAAQB//EABcRAAMBAAAAAAAAAAAAAAAAAAAxgcH/2gAIAQMBAT8Qe8P/xAAVEQEBAAAAAAAAAAAAAAAAAAAAQf/aAAgBAgEBPxCn/8QAFxABAAMAAAAAAAAAAAAAAAAAAAExcf/aAAgBAQABPxBSMf/Z",
  "base64",
);

/** A segment with this marker and content. */
export function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

/** An EXIF as a camera writes it: how it was held, where it stood, its maker's name; in either order of bytes. */
export function cameraExif(orientation: number, order: "II" | "MM" = "II"): Buffer {
  const tiff = Buffer.alloc(80);
  const short = (value: number, at: number) =>
    order === "II" ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === "II" ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, "latin1");
  short(42, 2);
  long(8, 4);
  short(3, 8);
  const entry = (index: number, tag: number, type: number, count: number) => {
    const at = 10 + 12 * index;
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
    return at + 8;
  };
  long(60, entry(0, 0x010f, 2, 11));
  short(orientation, entry(1, 0x0112, 3, 1));
  long(0, entry(2, 0x8825, 4, 1));
  tiff.write("MarqueLumi\0", 60, "latin1");
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]));
}

/** A JPEG with segments put in behind its start. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
