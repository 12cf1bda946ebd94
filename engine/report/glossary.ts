import type { Nodes } from "mdast";
import type { Language } from "../model/report.ts";
import type { GlossaryEntry } from "../model/report-front.ts";
import type { Runbook } from "../model/runbook.ts";
import { KNOWN_TERMS, OWN_TERMS } from "./glossary-words.ts";
import { typeset } from "./typography.ts";

/** The report's own words, those of the trade that its prose uses, and the author's, who may explain otherwise or leave out (null). */
export function glossaryOf(
  runbooks: readonly Pick<Runbook, "tree">[],
  written: Readonly<Record<string, string | null>>,
  language: Language,
): readonly GlossaryEntry[] {
  const prose = runbooks.map(({ tree }) => proseOf(tree)).join("\n");
  const entries = new Map<string, GlossaryEntry>();
  const put = (term: string, meaning: string) => {
    const set = { term: typeset(term, language, "title"), meaning: typeset(meaning, language, "title") };
    entries.set(keyOf(term), set);
  };
  const used = KNOWN_TERMS.filter((known) => known.used.test(prose));
  for (const { term, meaning } of [...OWN_TERMS, ...used]) put(term[language], meaning[language]);
  for (const [term, meaning] of Object.entries(written)) {
    if (meaning === null) entries.delete(keyOf(term));
    else put(term, meaning);
  }
  const { compare } = new Intl.Collator(language, { sensitivity: "base" });
  return [...entries.values()].toSorted((a, b) => compare(a.term, b.term));
}

/** « haute disponibilité (HA) » answers to both of its names. */
function keyOf(term: string): string {
  const [, short] = /\(([^)]+)\)$/.exec(term) ?? [];
  return (short ?? term).toLowerCase();
}

/** What a person reads: no code, no raw HTML. */
function proseOf(node: Nodes): string {
  if (node.type === "code" || node.type === "inlineCode" || node.type === "html" || node.type === "yaml") return " ";
  if (node.type === "text") return node.value;
  if (!("children" in node)) return " ";
  const inner = (node.children as readonly Nodes[]).map(proseOf).join("");
  return ["paragraph", "heading", "tableCell", "listItem"].includes(node.type) ? `${inner}\n` : inner;
}
