import { createHash } from "node:crypto";
import type { Report } from "../model/report.ts";
import { compileTemplates } from "./compile-templates.ts";
import type { EmbeddedPicture } from "./embedded-picture.ts";
import { helpersFor } from "./helpers.ts";
import { facetsOf } from "./html/facets.ts";
import { requireClosed } from "./html/require-closed.ts";
import { screenStyle } from "./html/screen-style.ts";
import { pageStyle } from "./page-style.ts";

/** `html`: one file for a screen. `print`: the same for the page, with pictures and fonts beside it. */
export type Face = "html" | "print";

/** The texts of `templates/`: Handlebars by name without ending (`kinds/shell`), style sheets by name. */
export interface Templates {
  readonly pages: Readonly<Record<string, string>>;
  readonly styles: Readonly<Record<string, string>>;
  /** Where each page was read, for messages; its name unless said. */
  readonly places?: Readonly<Record<string, string>>;
}

/** What makes a page answer its reader. */
export interface Interactive {
  /** The only script that the page's policy lets run. */
  readonly script: string;
  /** JSON that the script reads, safe within a script element. */
  readonly data: string;
  /** Whether pictures are files beside the page. */
  readonly files: boolean;
}

export interface RenderOptions {
  readonly templates: Templates;
  /** The typefaces that the page is set in, for the annex of tools. */
  readonly fonts?: readonly { readonly name: string; readonly sha256: string }[];
  /** A picture of the run folder, or its address alone, as this face finds it. */
  source(path: string): EmbeddedPicture | string;
  /** Absent: a page without script, to read and to print. */
  readonly interactive?: Interactive;
}

/** Style sheets of both faces, in the order in which they count. */
const SHEETS = ["base", "cover", "tables", "blocks", "terminals", "figures", "timelines", "contents"];

/** A face of the report as one HTML document. The same report gives the same bytes. */
export function renderHtml(report: Report, face: Face, options: RenderOptions): string {
  const { templates, source, interactive, fonts = [] } = options;
  const picture = (path: string): EmbeddedPicture => {
    const found = source(path);
    return typeof found === "string" ? { address: found, sha256: "", reduced: null } : found;
  };
  const sheets = face === "print" ? [...SHEETS, "print"] : [...SHEETS, "screen", "dark", "tools"];
  const style = [
    ...sheets.map((sheet) => templates.styles[sheet] ?? ""),
    face === "print" ? pageStyle(report) : screenStyle(report),
  ].join("\n");
  const render = compileTemplates(templates.pages, helpersFor(report.language, picture), templates.places);
  const policy = policyFor(face, style, interactive);
  const html = render({
    ...report,
    fonts,
    print: face === "print",
    style: { html: style },
    policy,
    facets: facetsOf(report),
    script: interactive === undefined ? null : { html: interactive.script },
    data: interactive === undefined ? null : { html: interactive.data },
  });
  requireClosed(html, policy, interactive === undefined ? 0 : 2);
  return html;
}

/** No network; only this very style sheet, and this very script where there is one. */
function policyFor(face: Face, style: string, interactive: Interactive | undefined): string {
  const styles = `default-src 'none'; style-src ${hashOf(style)}`;
  if (face === "print") return `${styles}; img-src file: data:; font-src file:`;
  const pictures = `${styles}; img-src data:${interactive?.files === true ? " 'self' file:" : ""}`;
  const closed = `${pictures}; base-uri 'none'; form-action 'none'`;
  if (interactive === undefined) return closed;
  return `${closed}; script-src ${hashOf(interactive.script)}; require-trusted-types-for 'script'; trusted-types 'none'`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
