import { createHash } from "node:crypto";
import Handlebars from "handlebars";
import type { Report } from "../model/report.ts";
import { helpersFor } from "./helpers.ts";
import { pageStyle } from "./page-style.ts";

/** `html`: one file for a screen. `print`: the same for the page, with pictures and fonts beside it. */
export type Face = "html" | "print";

/** The texts of `templates/`: Handlebars by name without ending (`kinds/shell`), style sheets by name. */
export interface Templates {
  readonly pages: Readonly<Record<string, string>>;
  readonly styles: Readonly<Record<string, string>>;
}

export interface RenderOptions {
  readonly templates: Templates;
  /** Address of a picture of the run folder, as this face finds it. */
  source(path: string): string;
  /** The typefaces that the page is set in, for the annex of tools. */
  readonly fonts?: readonly { readonly name: string; readonly sha256: string }[];
}

/** Style sheets of both faces, in the order in which they count. */
const SHEETS = ["base", "cover", "tables", "blocks", "terminals", "figures", "timelines", "contents"];

/** A face of the report as one HTML document. The same report gives the same bytes. */
export function renderHtml(report: Report, face: Face, { templates, source, fonts = [] }: RenderOptions): string {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(helpersFor(report.language, source)))
    handlebars.registerHelper(name, helper);
  for (const [name, text] of Object.entries(templates.pages)) handlebars.registerPartial(name, text);
  const sheets = [...SHEETS, face === "print" ? "print" : "screen"];
  const style = [
    ...sheets.map((sheet) => templates.styles[sheet] ?? ""),
    face === "print" ? pageStyle(report) : "",
  ].join("\n");
  const page = handlebars.compile("{{> report}}", { strict: true, preventIndent: true });
  return page({ ...report, fonts, print: face === "print", style: { html: style }, policy: policyFor(face, style) });
}

/** No script, no network; only this very style sheet. */
function policyFor(face: Face, style: string): string {
  const hash = `'sha256-${createHash("sha256").update(style).digest("base64")}'`;
  const files = face === "print" ? "file:" : "data:";
  return `default-src 'none'; style-src ${hash}; img-src ${files}${face === "print" ? " data:; font-src file:" : ""}`;
}
