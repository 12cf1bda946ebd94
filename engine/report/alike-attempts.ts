import { canonicalJson, sha256 } from "../base/digest.ts";
import type { Json } from "../base/json.ts";
import type { AttemptFacts } from "./run-facts.ts";

/** Attempts in groups that a reader cannot tell apart but by target and time; the groups in the order of their first. */
export function alikeAttempts(attempts: readonly AttemptFacts[]): readonly (readonly AttemptFacts[])[] {
  const groups = new Map<string, AttemptFacts[]>();
  for (const attempt of attempts) {
    const key = likeness(attempt);
    groups.set(key, [...(groups.get(key) ?? []), attempt]);
  }
  return [...groups.values()];
}

function likeness({ started, finished }: AttemptFacts): string {
  const contents = finished?.artefacts
    .filter(({ role }) => role !== "timing")
    .map(({ role, sha256 }) => [role, sha256]);
  const parts = [started.sent, finished?.answer ?? null, finished?.outcome ?? null, contents ?? null];
  return sha256(canonicalJson(parts as unknown as Json));
}
