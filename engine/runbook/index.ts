export { captionKey } from "./caption-key.ts";
export { type FormattedFence, formatFences } from "./format-fences.ts";
export { lintRunbooks } from "./lint/index.ts";
export { findSecrets, secretValues } from "./lint/secret-patterns.ts";
export type { LintContext } from "./lint/world.ts";
export { parseMarkdown } from "./parse-markdown.ts";
export { parseRunbook } from "./parse-runbook.ts";
export { sectionNames } from "./section-names.ts";
export { describeIssue } from "./setting-issues.ts";
