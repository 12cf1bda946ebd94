import { canonicalJson, sha256 } from "../base/digest.ts";
import type { Templates } from "./render-html.ts";

/** What decides, besides the run folder, which bytes a report has. */
export interface RenderingTools {
  readonly engine: string;
  readonly browser: string;
  readonly fonts: ReadonlyMap<string, Uint8Array>;
  readonly templates: Templates;
  /** An HTML page heavier than this keeps its pictures beside it. */
  readonly htmlLimitBytes: number;
}

/** These tools as a report carries them (`rendu.json`): two reports with the same text come from the same tools. */
export function toolsText({ engine, browser, fonts, templates, htmlLimitBytes }: RenderingTools): string {
  const digests = Object.fromEntries([...fonts].map(([file, content]) => [file, sha256(content)]));
  return `${canonicalJson({
    engine,
    browser,
    node: process.version,
    // It packs what the report embeds.
    zlib: process.versions.zlib,
    fonts: digests,
    // Their texts alone: where they were read is this machine's business.
    templates: sha256(canonicalJson({ pages: templates.pages, styles: templates.styles })),
    htmlLimitBytes,
  })}\n`;
}
