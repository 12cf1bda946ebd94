export { buildReport } from "./build.ts";
export { type Face, type RenderOptions, renderHtml, type Templates } from "./render-html.ts";
export { readTemplates } from "./templates.ts";
export { type WriteReportRequest, writeReport } from "./write-report.ts";
