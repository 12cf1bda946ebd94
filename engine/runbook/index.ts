export { captionKey } from "./caption-key.ts";
export { parseMarkdown } from "./parse-markdown.ts";
export { parseRunbook } from "./parse-runbook.ts";
