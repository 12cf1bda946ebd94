export { decodeText } from "./decode-text.ts";
export { type ImportedReport, importReport } from "./import-report.ts";
