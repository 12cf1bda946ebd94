export type { ExportInput } from "./export-input.ts";
export { FORMATS, type FormatName } from "./formats.ts";
export { type SarifResult, toSarif, writeSarif } from "./sarif.ts";
