import { expect } from "vitest";
import type { Event } from "../../engine/model/event.ts";
import { type LabProject, latestEvents, statusesIn } from "./lab-run.ts";
import type { CliResult } from "./run-cli.ts";

/** What a run must have refused. */
export interface Refusal {
  readonly caption: string;
  /** The step that would have filled it. */
  readonly step: string;
  /** Of several things that a step judges, the one that is meant: matches what was expected. */
  readonly of?: RegExp;
  /** What was obtained instead, or the error's message, must say. What was expected never counts: it is there whatever went wrong. */
  readonly says: RegExp;
}

/** The newest run of a project failed at this step for this reason, and left the placeholder empty. */
export async function expectFalse(
  { folder }: Pick<LabProject, "folder">,
  { caption, step, of, says }: Refusal,
  { code, stdout, stderr }: CliResult,
): Promise<void> {
  const events = await latestEvents(folder);
  expect(statusesIn(events)[step], `${stdout}\n${stderr}`).toBe("failed");
  expect(code).toBe(1);
  const started = events.find((event) => event.type === "run-started");
  const id = started?.placeholders.find((placeholder) => placeholder.caption === caption)?.id;
  expect(id).toBeDefined();
  expect(events.filter((event) => event.type === "placeholder-filled" && event.placeholder === id)).toEqual([]);
  expect(obtained(events, step, of), `what was obtained of ${of ?? "all"}`).toMatch(says);
}

/** What a failed step obtained where something else was expected, a line each; where nothing was judged, its message. Nothing when it is about something else. */
export function obtained(events: readonly Event[], step: string, of = /^/): string | undefined {
  const finished = events.findLast((event) => event.type === "step-finished" && event.step === step);
  if (finished?.type !== "step-finished") return undefined;
  const { outcome } = finished;
  if (outcome.status === "errored") return outcome.reason;
  if (outcome.status !== "failed") return undefined;
  const wrong = outcome.judgements.filter(({ ok }) => !ok);
  if (wrong.length === 0) return outcome.reason;
  const meant = wrong.filter(({ expected }) => of.test(expected));
  return meant.length === 0 ? undefined : meant.map((judgement) => judgement.obtained).join("\n");
}
