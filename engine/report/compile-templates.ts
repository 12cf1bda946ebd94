import type { HelperDelegate } from "handlebars";
import Handlebars from "handlebars";
import { ProblemError } from "../base/problem.ts";

/** No prototype is in reach of a template, whatever names it writes. */
const CLOSED = { allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false } as const;

type Render = (context: unknown, options?: Handlebars.RuntimeOptions) => string;

/**
 * A function that renders `report` with these pages as partials of each other. Throws ProblemError TEMPLATE_BROKEN, which names the page, the
 * line and the column, for what does not parse and for fields, helpers and pages that do not exist.
 */
export function compileTemplates(
  pages: Readonly<Record<string, string>>,
  helpers: Readonly<Record<string, HelperDelegate>>,
  places: Readonly<Record<string, string>> = {},
): (context: unknown) => string {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper);
  for (const [name, text] of Object.entries(pages)) {
    let compiled: Render | undefined;
    const render: Render = (context, options) => {
      try {
        compiled ??= handlebars.compile(text, { strict: true, preventIndent: true });
        return compiled(context, options);
      } catch (cause) {
        throw broken(places[name] ?? `${name}.hbs`, cause);
      }
    };
    handlebars.registerPartial(name, render as Handlebars.Template);
  }
  const root = handlebars.compile("{{> report}}", { strict: true, preventIndent: true });
  return (context) => root(context, CLOSED);
}

/** The innermost page is the one at fault: those around it pass it on. */
function broken(file: string, cause: unknown): unknown {
  if (cause instanceof ProblemError || !(cause instanceof Error)) return cause;
  const { line, column } = placeOf(cause);
  const at = line === undefined ? "" : `, ligne ${line}${column === undefined ? "" : `, colonne ${column}`}`;
  return new ProblemError("TEMPLATE_BROKEN", `Gabarit ${file}${at} : ${reasonOf(cause.message)}`, {
    scope: "author",
    hint: "Le modèle et les aides qu’un gabarit peut employer sont dans docs/modele-du-rapport.md.",
    cause,
  });
}

function placeOf(cause: Error): { readonly line: number | undefined; readonly column: number | undefined } {
  const { lineNumber, column } = cause as { lineNumber?: number; column?: number };
  if (lineNumber !== undefined) return { line: lineNumber, column: column === undefined ? undefined : column + 1 };
  const [, line] = /^Parse error on line (\d+)/.exec(cause.message) ?? [];
  return { line: line === undefined ? undefined : Number(line), column: undefined };
}

function reasonOf(message: string): string {
  const [, field] = /^"(.*?)" not defined in/.exec(message) ?? [];
  if (field !== undefined) return `« ${field} » n’existe pas à cet endroit du modèle.`;
  const [, helper] = /^Missing helper: "(.*?)"/.exec(message) ?? [];
  if (helper !== undefined) return `l’aide « ${helper} » n’existe pas.`;
  const [, page] = /^The partial (.*?) could not be found/.exec(message) ?? [];
  if (page !== undefined) return `le gabarit « ${page} » n’existe pas.`;
  return message
    .replace(/^Parse error on line \d+:\n/, "")
    .replace(/\s*\n\s*/g, " ")
    .replace(/ - \d+:\d+$/, "");
}
