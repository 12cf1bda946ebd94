export { pixelsOf } from "./pixels.ts";
export { type PngStream, pngStream } from "./png-stream.ts";
export { type PdfReading, type PlacedPicture, readReportPdf } from "./read-report-pdf.ts";
