import { canonicalJson } from "../base/digest.ts";
import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import { lastEnd } from "../model/last-end.ts";

/** What `run.json` says of the journal, and what is wrong with it. */
export interface Summary {
  readonly journal: { readonly head: string; readonly lines: number } | undefined;
  /** Whether the run came to its end: the summary or the journal says so. */
  readonly finished: boolean;
  readonly findings: readonly Finding[];
}

/** Reads the summary and holds it against the events that it sums up. */
export async function auditSummary(record: RunRecord): Promise<Summary> {
  const finished = lastEnd(record.events) !== undefined;
  let text: string;
  try {
    text = (await record.read("run.json")).toString("utf8");
  } catch {
    const severity = finished ? "error" : "warning";
    return { journal: undefined, finished, findings: [wrong(severity, "Le résumé de l’exécution manque.")] };
  }
  const summary = parse(text);
  const journal = summary?.["journal"];
  if (
    summary === undefined ||
    !isJsonObject(journal) ||
    typeof journal["head"] !== "string" ||
    typeof journal["lines"] !== "number"
  ) {
    return {
      journal: undefined,
      finished: true,
      findings: [wrong("error", "Le résumé de l’exécution est illisible.")],
    };
  }
  const different = Object.entries(told(record.events))
    .filter(
      ([key, value]) => Object.hasOwn(summary, key) && canonicalJson(summary[key] ?? null) !== canonicalJson(value),
    )
    .map(([key]) => key);
  const findings = different.map((key) =>
    wrong("error", `Le résumé ne dit pas la même chose que le journal : ${key}.`),
  );
  return { journal: { head: journal["head"], lines: journal["lines"] }, finished: true, findings };
}

function parse(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // One spelling only, so that nothing can stand in it unseen (a key twice, an ending).
    return isJsonObject(value) && `${canonicalJson(value)}\n` === text ? value : undefined;
  } catch {
    return undefined;
  }
}

function told(events: readonly Event[]): Readonly<Record<string, Json>> {
  const started = events.find((event) => event.type === "run-started");
  const finished = lastEnd(events);
  return {
    ...(started?.type === "run-started" && { run: started.run, engine: started.engine.version }),
    ...(finished !== undefined && {
      counts: finished.counts,
      placeholders: finished.placeholders,
      interrupted: finished.interrupted,
    }),
  };
}

function wrong(severity: Finding["severity"], text: string): Finding {
  return {
    rule: "run-summary",
    severity,
    subject: "run.json",
    text,
    remedy: "Relancez l’exécution si elle a été coupée ; sinon, ces preuves ont été modifiées.",
  };
}
