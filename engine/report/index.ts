export { buildReport } from "./build.ts";
export { markdownFace } from "./markdown/markdown-face.ts";
export { type Face, renderHtml } from "./render-html.ts";
export type { Rewriting } from "./rewriting.ts";
export { readFonts, readTemplates } from "./templates.ts";
export { writeFace } from "./write-face.ts";
export { writeReport } from "./write-report.ts";
