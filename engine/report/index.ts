export { buildReport } from "./build.ts";
export { type Face, renderHtml } from "./render-html.ts";
export { readFonts, readTemplates } from "./templates.ts";
export { writeReport } from "./write-report.ts";
