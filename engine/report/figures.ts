import { exhaustive } from "../base/exhaustive.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { FigureGiven, FigureReused, PlaceholderFilled } from "../model/event.ts";
import type { Language } from "../model/report.ts";
import type { Figure, FigureTerminal, Gap, Sighting } from "../model/report-body.ts";
import type { Block, Placeholder, Runbook } from "../model/runbook.ts";
import { alikeAttempts } from "./alike-attempts.ts";
import { attemptOutput } from "./attempt-output.ts";
import { foldRule } from "./fold-lines.ts";
import { gapReason } from "./gap-reason.ts";
import { toPicture } from "./picture.ts";
import type { AttemptFacts, RunFacts } from "./run-facts.ts";
import { toSighting } from "./sighting.ts";
import { typeset } from "./typography.ts";

/** What stands in the place of a placeholder. */
export type Filling =
  | { readonly type: "figure"; readonly figure: Figure }
  | { readonly type: "gap"; readonly gap: Gap };

/** Every placeholder with its figure or the reason why there is none; figures are numbered over the whole report. */
export async function fillPlaceholders(
  record: RunRecord,
  facts: RunFacts,
  runbooks: readonly Runbook[],
  language: Language,
): Promise<ReadonlyMap<string, Filling>> {
  const fillings = new Map<string, Filling>();
  let number = 0;
  for (const runbook of runbooks) {
    for (const placeholder of runbook.placeholders) {
      const fill = facts.fills.get(placeholder.id);
      const caption = typeset(placeholder.caption, language, "title");
      if (fill === undefined) {
        const reason = gapReason(facts, placeholder.id, language);
        fillings.set(placeholder.id, { type: "gap", gap: { anchor: anchorOf(placeholder), caption, reason } });
        continue;
      }
      number += 1;
      const named = { number, anchor: anchorOf(placeholder), caption };
      fillings.set(placeholder.id, { type: "figure", figure: await toFigure(record, facts, runbook, fill, named) });
    }
  }
  return fillings;
}

type Named = Pick<Figure, "number" | "anchor" | "caption">;

async function toFigure(
  record: RunRecord,
  facts: RunFacts,
  runbook: Runbook,
  fill: (PlaceholderFilled | FigureReused | FigureGiven) & { readonly at: string },
  named: Named,
): Promise<Figure> {
  const { figure } = fill;
  const attempts = fill.type === "placeholder-filled" ? fill.attempts : [];
  const reused = fill.type === "figure-reused" ? { run: fill.from.run, head: fill.from.head, at: fill.from.at } : null;
  const given =
    fill.type === "figure-given"
      ? { by: `${fill.by.user}@${fill.by.host}`, at: fill.at, attestation: fill.attestation.text }
      : null;
  switch (figure.type) {
    case "picture": {
      const attempt = facts.attempts.get(attempts[0] ?? 0);
      const seen = attempt === undefined ? earlierSighting(facts, fill) : toSighting(facts, attempt);
      // A picture taken while something happened has its own instant.
      const sighting = seen === null || figure.at === undefined ? seen : { ...seen, at: figure.at };
      const step = fill.type === "placeholder-filled" ? fill.step : "";
      return { ...named, step, reused, given, content: { type: "picture", picture: toPicture(figure), sighting } };
    }
    case "terminal": {
      const block = runbook.blocks.find((candidate) => candidate.id === figure.step);
      const groups =
        fill.type === "figure-reused"
          ? [await toEarlierGroup(record, facts, fill, block)]
          : await Promise.all(
              alikeAttempts(attempts.flatMap((attempt) => facts.attempts.get(attempt) ?? [])).map((alike) =>
                toGroup(record, facts, alike, block),
              ),
            );
      return { ...named, step: figure.step, reused, given, content: { type: "terminal", groups } };
    }
    default:
      return exhaustive(figure);
  }
}

async function toGroup(
  record: RunRecord,
  facts: RunFacts,
  alike: readonly AttemptFacts[],
  block: Block | undefined,
): Promise<FigureTerminal> {
  const [first] = alike;
  const outcome = first?.finished?.outcome;
  return {
    sightings: alike.map((attempt) => toSighting(facts, attempt)),
    sent: first?.started.sent ?? "",
    terminals: await attemptOutput(record, first?.finished?.artefacts ?? [], {
      fold: foldRule(block?.settings.fold),
      judgements: outcome !== undefined && "judgements" in outcome ? outcome.judgements : [],
    }),
  };
}

async function toEarlierGroup(
  record: RunRecord,
  facts: RunFacts,
  fill: FigureReused,
  block: Block | undefined,
): Promise<FigureTerminal> {
  const sighting = earlierSighting(facts, fill);
  return {
    sightings: sighting === null ? [] : [sighting],
    sent: fill.sent,
    terminals: await attemptOutput(record, fill.artefacts, { fold: foldRule(block?.settings.fold), judgements: [] }),
  };
}

/** A figure of an earlier run has its own date; its attempt's number means nothing here. */
function earlierSighting(facts: RunFacts, fill: PlaceholderFilled | FigureReused | FigureGiven): Sighting | null {
  if (fill.type !== "figure-reused") return null;
  const address = facts.nodes.get(fill.target)?.address ?? "";
  return { target: fill.target, address, at: fill.from.at, attempt: null };
}

/** The place of a placeholder in the report, filled or not. */
export function anchorOf(placeholder: Pick<Placeholder, "id">): string {
  return `figure-${placeholder.id}`;
}
