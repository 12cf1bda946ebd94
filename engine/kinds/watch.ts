import { interpolate } from "../base/interpolate.ts";
import type { Credential } from "../model/credential.ts";
import type { Figure } from "../model/event.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Block } from "../model/runbook.ts";
import { captionKey } from "../runbook/index.ts";
import type { BodyMessage, Kind, KindResult, Ports, Recorder, Task } from "./kind.ts";
import { placeInBody } from "./text/place-in-body.ts";
import { inspectWatch } from "./watch/inspect-watch.ts";
import { judgeWatch } from "./watch/judge-watch.ts";
import { readWatch } from "./watch/read-watch.ts";
import { watch as watchAll } from "./watch/watcher.ts";

/** Beyond what the body says: the last pictures and answers. */
const GRACE_MS = 60_000;
const WITHIN_MS = 5 * 60_000;

/** Samples of several sources while something happens: a time line with the measured interruptions, and pictures when the data says so. */
export const watch: Kind = {
  name: "watch",
  lasts: true,
  needs: (block) => {
    const read = readWatch(block.body);
    if (!read.ok) return [];
    const { samples, shots } = read.spec;
    const own = <T>(items: readonly T[], isOwn: (item: T) => boolean) => items.some(isOwn);
    return [
      ...(own(samples, (each) => "ping" in each && each.from === undefined) ? (["shell"] as const) : []),
      ...(own(samples, (each) => ("api" in each || "task" in each) && each.from === undefined) ||
      own(shots, ({ view, on }) => view !== undefined && on === undefined)
        ? (["pve"] as const)
        : []),
      ...(shots.length > 0 ? (["browser"] as const) : []),
    ];
  },
  credentials: credentialsOf,
  patience: (block, values) => {
    const read = readWatch(block.body, values);
    return (read.ok ? (read.spec.within ?? WITHIN_MS) : 0) + GRACE_MS;
  },
  inspect: (block, known) => {
    const read = readWatch(block.body, known, { later: true });
    if (!read.ok) return read.mistakes.map((mistake) => messageOf(mistake, block));
    return inspectWatch(block, read.spec, read.offsetOf).map((trouble) =>
      messageOf({ rule: "watch-value", ...trouble }, block),
    );
  },
  describe: (block, values) => interpolate(block.body, values).trimEnd(),
  execute,
};

function credentialsOf(block: Block): readonly Credential[] {
  const read = readWatch(block.body);
  if (!read.ok) return [];
  const { samples, shots } = read.spec;
  const at = (path: readonly PropertyKey[]) => placeInBody(read.offsetOf(path), block);
  return [
    ...samples.flatMap((sample, index): readonly Credential[] => {
      if ("ping" in sample || "http" in sample) return [];
      const path = "api" in sample ? sample.api : "/cluster/tasks";
      const place = at(["samples", index, "api" in sample ? "api" : "task"]);
      return [{ type: "pve-access", for: { method: "GET", path }, on: sample.from, place }];
    }),
    ...shots.flatMap(({ view, on }, index): readonly Credential[] =>
      view === undefined || view === "login"
        ? []
        : [{ type: "pve-access", for: "page", on, place: at(["shots", index, "view"]) }],
    ),
  ];
}

async function execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult> {
  const read = readWatch(task.block.body, task.values);
  if (!read.ok) {
    const reason = read.mistakes.map((mistake) => mistake.reason).join(" ");
    const hint = "Corrigez le bloc ou la valeur ; « constat lint » montre la ligne.";
    return { outcome: { status: "errored", code: "WATCH_BLOCK", reason, hint }, answer: "", saved: {}, figure: null };
  }
  const watched = await watchAll(read.spec, task, ports, recorder);
  await recorder.attach("samples", JSON.stringify(watched.timeline), "application/json");
  const judgements = judgeWatch(read.spec, watched);
  const count = watched.timeline.sources.reduce((sum, { points }) => sum + points.length, 0);
  const shots = watched.shots.flatMap(({ shot: { capture }, figure }): readonly (readonly [string, Figure])[] =>
    capture === undefined || figure === undefined ? [] : [[captionIn(task.block, capture), figure]],
  );
  return {
    outcome: outcomeOf(judgements),
    answer: `${count} mesures`,
    saved: {},
    figure: task.figure ? { type: "terminal", step: task.block.id, targets: [] } : null,
    shots: Object.fromEntries(shots),
  };
}

/** The caption as the document spells it: the body may spell it a little differently. */
function captionIn({ shotCaptions = [] }: Block, written: string): string {
  return shotCaptions.find((caption) => captionKey(caption) === captionKey(written)) ?? written;
}

function outcomeOf(judgements: Extract<Outcome, { status: "passed" }>["judgements"]): Outcome {
  const wrong = judgements.filter(({ ok }) => !ok);
  if (wrong.length === 0) return { status: "passed", judgements };
  const reason = wrong.map(({ expected, obtained }) => `attendu : ${expected} ; vu : ${obtained}`).join(" ; ");
  return { status: "failed", reason, judgements };
}

interface Mistake {
  readonly rule: string;
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

function messageOf({ rule, offset, reason, remedy }: Mistake, block: Block): BodyMessage {
  return { rule, place: placeInBody(offset, block), reason, remedy };
}
