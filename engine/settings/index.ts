export { checkReferences } from "./check-references.ts";
export { type JudgedSubject, judgeWaivers, waiverFor } from "./judge-waivers.ts";
export { parseReportSettings, parseWaiverFile } from "./parse-settings.ts";
