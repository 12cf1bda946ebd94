export type { ExportInput } from "./export-input.ts";
export { FORMATS, type FormatName } from "./formats.ts";
export { toSarif, writeSarif } from "./sarif.ts";
