import type { Block, Runbook } from "../../engine/model/runbook.ts";

/** Longer than anything that a machine is waited for in a report. */
const LONGEST_MS = 6 * 3_600_000;

/** Actions of chapters 3 to 7 that change nothing which stays: a second run is meant to do them again, and a check below reads what they did. */
const DONE_AGAIN = new Set(["lancer-essais", "relancer-essai"]);

/** What keeps a runbook from being run twice, or from ending: one line for each block and fault. */
export function unguarded(runbook: Runbook): readonly string[] {
  return runbook.blocks.flatMap((block) =>
    [...limitless(block), ...unprotected(block)].map((fault) => `${runbook.file} #${block.id}: ${fault}`),
  );
}

/** A block waits for a machine as long as it says itself; only pictures may keep the engine's own minute, and people their day. */
function limitless({ kind, raw, settings, body }: Block): readonly string[] {
  const faults: string[] = [];
  const own = raw["timeout"] !== undefined && raw["timeout"].origin !== "default";
  const waits = kind === "watch" && /^within: \S/m.test(body);
  if (!own && !waits && kind !== "browser" && kind !== "manual") faults.push("no time limit of its own");
  if (settings.timeout > LONGEST_MS) faults.push("a time limit that is none");
  if (settings.until !== undefined && settings.until.within > LONGEST_MS) faults.push("a wait that has no end");
  if (/\bwhile (?:true|:)|\buntil false/.test(body)) faults.push("a loop that nothing ends");
  return faults;
}

function unprotected({ id, role, kind, chapter, settings }: Block): readonly string[] {
  if (role !== "action" || chapter < 3 || DONE_AGAIN.has(id)) return [];
  const faults: string[] = [];
  if ((settings.unless ?? []).length === 0) faults.push("an action without unless");
  if ((settings.verify ?? []).length === 0) faults.push("an action without verify");
  if (kind === "shell" && (settings.verify ?? []).includes(id)) faults.push("an action that verifies itself");
  return faults;
}
