import type { ExecutedBlock, Markup } from "../model/report-body.ts";
import type { ReportNotes, ReportPurpose } from "../model/report-front.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Runbook } from "../model/runbook.ts";
import { parseMarkdown } from "../runbook/index.ts";
import { glossaryOf } from "./glossary.ts";
import { renderProse } from "./prose.ts";
import type { RunFacts } from "./run-facts.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

/** What the report is about: the author's words, else the engine's. */
export function purposeOf(facts: RunFacts, settings: ReportSettings, runbooks: readonly Runbook[]): ReportPurpose {
  const { langue, objet, perimetre, documents, glossaire } = settings;
  const words = wordsOf(langue);
  return {
    object: written(objet, "objet", settings) ?? { html: `<p>${words.objectDefault}</p>` },
    scope: written(perimetre, "perimetre", settings),
    documents: documents.map((each) => typeset(each, langue, "title")),
    glossary: glossaryOf(runbooks, glossaire, langue),
    repository: facts.started.repository ?? null,
  };
}

/** What was written beside the evidence. */
export function notesOf(settings: ReportSettings, blocks: readonly ExecutedBlock[]): ReportNotes {
  return {
    text: written(settings.notes, "notes", settings),
    said: blocks.flatMap(({ step, anchor, results }) =>
      results.flatMap(({ attestation }) =>
        attestation === null || attestation.note === ""
          ? []
          : [{ step, anchor, operator: attestation.operator, at: attestation.at, note: attestation.note }],
      ),
    ),
  };
}

function written(text: string | undefined, name: string, { langue }: ReportSettings): Markup | null {
  if (text === undefined || text.trim() === "") return null;
  const { children } = parseMarkdown(text);
  const notes = children.filter((node) => node.type === "definition" || node.type === "footnoteDefinition");
  const body = children.filter((node) => node.type !== "definition" && node.type !== "footnoteDefinition");
  return renderProse(body, { language: langue, notes, prefix: `note-${name}` });
}
