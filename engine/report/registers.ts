import { sha256 } from "../base/digest.ts";
import type { RunRecord } from "../evidence/index.ts";
import { evidenceRoot } from "../evidence/seal/index.ts";
import type { AttemptRow, Language, Report } from "../model/report.ts";
import type { Evidence, ExecutedBlock, Figure, Status, Terminal } from "../model/report-body.ts";
import { inAnnex } from "./fold-lines.ts";
import { type AttemptFacts, type RunFacts, retainedTry } from "./run-facts.ts";
import { toStatus } from "./status.ts";
import { wordsOf } from "./words.ts";

/** Every try of the run in order, the ones that count marked. */
export function attemptRegister(facts: RunFacts, language: Language): readonly AttemptRow[] {
  return [...facts.attempts.values()].map(({ started, finished }) => ({
    attempt: started.attempt,
    step: started.step,
    target: started.target,
    purpose: started.purpose,
    onBehalfOf: started.onBehalfOf,
    at: started.at,
    durationMs: finished?.durationMs ?? null,
    answer: finished?.answer ?? "",
    status: attemptStatus({ started, finished }, language),
    retained: retainedTry(facts, started.step, started.target)?.started.attempt === started.attempt,
  }));
}

/** A guard that is not satisfied is an answer, not a failure. */
function attemptStatus({ started, finished }: AttemptFacts, language: Language): Status {
  const status = toStatus(finished?.outcome, language);
  const words = wordsOf(language);
  if (started.purpose !== "guard") return status;
  if (status.status === "passed") return { ...status, word: words.guardHolds };
  return status.status === "failed" ? { ...status, word: words.guardOpen, deviates: false } : status;
}

/** Outputs of which print shows less than the run folder holds, in blocks and in figures. */
export function truncationsOf(blocks: readonly ExecutedBlock[], figures: readonly Figure[]): Report["truncations"] {
  return shortened(blocks, figures).map(({ block, terminal }) => toTruncation(block, terminal));
}

/** Those of them that an annex prints whole; longer ones stay among the evidence. */
export function longOutputsOf(blocks: readonly ExecutedBlock[], figures: readonly Figure[]): Report["longOutputs"] {
  return shortened(blocks, figures)
    .filter(({ terminal }) => inAnnex(terminal.lines))
    .map(({ block: { number, step }, terminal }, index) => ({
      block: number,
      anchor: `sortie-${index + 1}`,
      step,
      terminal,
    }));
}

function shortened(blocks: readonly ExecutedBlock[], figures: readonly Figure[]) {
  return blocks.flatMap((block) => {
    const own = block.results.flatMap((result) => result.terminals);
    const shown = figures.flatMap((figure) =>
      block.figures.some(({ number }) => number === figure.number) && figure.content.type === "terminal"
        ? figure.content.groups.flatMap((group) => group.terminals)
        : [],
    );
    return [...own, ...shown].filter((terminal) => terminal.hidden > 0).map((terminal) => ({ block, terminal }));
  });
}

function toTruncation({ number, anchor, step }: ExecutedBlock, terminal: Terminal): Report["truncations"][number] {
  return { block: number, anchor, step, hidden: terminal.hidden, lines: terminal.lines, evidence: terminal.evidence };
}

/** Values that were masked before anything was stored, by attempt and rule. */
export function redactionsOf(facts: RunFacts): Report["redactions"] {
  return [...facts.attempts.values()].flatMap(({ started, finished }) =>
    Object.entries(finished?.redactions ?? {}).map(([rule, count]) => ({
      attempt: started.attempt,
      step: started.step,
      rule,
      count,
    })),
  );
}

/** The journal's head and every file that it names, each once, in the order of its paths. */
export async function integrityOf(record: RunRecord, facts: RunFacts): Promise<Report["integrity"]> {
  const journal = (await record.read("journal.jsonl")).toString("utf8");
  // What follows the last line end was cut by a crash: no event.
  const lines = journal.split("\n").slice(0, -1);
  const { started } = facts;
  const sources: Evidence[] = await Promise.all(
    [
      ...started.runbooks,
      started.settings,
      ...(started.waivers === undefined ? [] : [started.waivers]),
      ...(started.inventory.bases ?? []),
      started.inventory.source,
    ].map(async ({ file, sha256 }) => {
      const path = file.startsWith("runbook/") ? file : `runbook/${file}`;
      return { path, sha256, bytes: (await record.read(path)).length };
    }),
  );
  const reused = [...facts.fills.values()].flatMap((fill) =>
    fill.type === "placeholder-filled" ? [] : fill.artefacts,
  );
  const artefacts = [...facts.attempts.values()].flatMap(({ finished }) => finished?.artefacts ?? []);
  const files = new Map(
    [...sources, ...artefacts, ...reused].map(({ path, sha256, bytes }): [string, Evidence] => [
      path,
      { path, sha256, bytes },
    ]),
  );
  return {
    root: await evidenceRoot(record.folder),
    head: sha256(lines.at(-1) ?? ""),
    events: lines.length,
    files: [...files.values()].filter(({ bytes }) => bytes > 0).sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
}
