export { captionKey } from "./caption-key.ts";
export { lintRunbooks } from "./lint/index.ts";
export { findSecrets } from "./lint/secret-patterns.ts";
export type { LintContext } from "./lint/world.ts";
export { parseMarkdown } from "./parse-markdown.ts";
export { parseRunbook } from "./parse-runbook.ts";
export { describeIssue } from "./setting-issues.ts";
