import { checkExpectation } from "../../expect/index.ts";
import type { Block } from "../../model/runbook.ts";
import { sampleName, type WatchCondition, type WatchSpec } from "../../model/watch-spec.ts";
// The picture of a watch is the browser block's, so its mistakes are told by the same words.
import { inspectSpec } from "../browser/inspect-spec.ts";

export interface WatchTrouble {
  readonly offset: number;
  readonly reason: string;
  readonly remedy: string;
}

type At = (path: readonly PropertyKey[]) => number;

/** Keys of other blocks whose sense the body has. */
const IN_BODY = ["until", "retry", "expect", "exit", "save", "background", "session", "pty"] as const;

/** Mistakes of a body that has the right form: names that no sample has, and settings that do not go together. */
export function inspectWatch(block: Block, spec: WatchSpec, at: At): readonly WatchTrouble[] {
  return [...settings(block), ...length(block, spec), ...names(spec, at), ...conditions(spec, at), ...shots(spec, at)];
}

function settings({ settings: given }: Block): readonly WatchTrouble[] {
  return IN_BODY.filter((key) => given[key] !== undefined).map((key) => ({
    offset: 0,
    reason: `« ${key} » n’est pas un réglage de ce bloc.`,
    remedy: "Un bloc .watch dit dans son corps ce qu’il attend et quand il s’arrête : until, within, expect.",
  }));
}

function length({ settings: given }: Block, { until, within }: WatchSpec): readonly WatchTrouble[] {
  if (until !== undefined || within !== undefined || given.during !== undefined) return [];
  return [
    {
      offset: 0,
      reason: "Rien ne dit quand ce bloc s’arrête.",
      remedy: "Ajoutez within: 30s, une condition until, ou during=#action.",
    },
  ];
}

function names({ samples }: WatchSpec, at: At): readonly WatchTrouble[] {
  const all = samples.map(sampleName);
  return samples.flatMap((sample, index) => {
    const found: WatchTrouble[] = [];
    const offset = at(["samples", index]);
    if (all.indexOf(sampleName(sample)) < index) {
      found.push({
        offset,
        reason: `Deux mesures s’appellent « ${sampleName(sample)} ».`,
        remedy: "Donnez à chacune son « name ».",
      });
    }
    if ("ping" in sample && !/^(?:\{\{.*\}\}|[A-Za-z0-9][A-Za-z0-9.:_-]*)$/.test(sample.ping)) {
      found.push({
        offset,
        reason: `« ${sample.ping} » n’est ni une adresse ni un nom.`,
        remedy: "Écrivez ping: 10.0.0.1.",
      });
    }
    if ("api" in sample && !/^(?:\/|\{\{)/.test(sample.api)) {
      found.push({
        offset,
        reason: "Un chemin de l’API commence par « / ».",
        remedy: "Écrivez par exemple api: /cluster/resources.",
      });
    }
    return found;
  });
}

function conditions(spec: WatchSpec, at: At): readonly WatchTrouble[] {
  const known = spec.samples.map(sampleName);
  const written: (readonly [WatchCondition, readonly PropertyKey[]])[] = [
    ...(spec.until ?? []).map((each) => [each, ["until"]] as const),
    ...spec.shots.flatMap(({ when }, index) => when.map((each) => [each, ["shots", index, "when"]] as const)),
    ...spec.expect.flatMap((each, index) =>
      "reached" in each ? each.reached.map((one) => [one, ["expect", index]] as const) : [],
    ),
  ];
  const stray = (of: string, path: readonly PropertyKey[]): readonly WatchTrouble[] =>
    known.includes(of)
      ? []
      : [
          {
            offset: at(path),
            reason: `Aucune mesure ne s’appelle « ${of} ».`,
            remedy: `Mesures : ${known.join(", ")}.`,
          },
        ];
  const tasks = spec.samples.filter((each) => "task" in each).map(sampleName);
  return [
    ...written.flatMap(([{ of, answers, path, ...rule }, place]) =>
      vague({ of, answers, path, rule }, tasks, at(place)),
    ),
    ...written.flatMap(([{ of, answers: _, path = "$", ...rule }, place]) => {
      const reason = checkExpectation({ json: { path, ...rule } });
      const broken =
        reason === undefined ? [] : [{ offset: at(place), reason: `${reason}.`, remedy: "Corrigez cette condition." }];
      return [...stray(of, place), ...broken];
    }),
    ...spec.samples.flatMap((sample, index) => {
      if (!("api" in sample)) return [];
      const { api: _, from: __, name: ___, ...rule } = sample;
      const reason = checkExpectation({ json: rule });
      return reason === undefined
        ? []
        : [{ offset: at(["samples", index]), reason: `${reason}.`, remedy: "Corrigez cette mesure." }];
    }),
    ...spec.expect.flatMap((each, index) => {
      if (!("interruption" in each)) return [];
      const { of, max, min } = each.interruption;
      const path = ["expect", index, "interruption"];
      const empty = max === undefined && min === undefined;
      return [
        ...stray(of, path),
        ...(empty
          ? [{ offset: at(path), reason: "Cette attente ne borne rien.", remedy: "Ajoutez max: 30s, ou min: 1s." }]
          : []),
      ];
    }),
  ];
}

/** A task's sample answers from the start on: that says nothing of the task. */
function vague(
  { of, answers, path, rule }: { of: string; answers: boolean | undefined; path: string | undefined; rule: object },
  tasks: readonly string[],
  offset: number,
): readonly WatchTrouble[] {
  const judges = path !== undefined || Object.values(rule).some((value) => value !== undefined);
  if (!tasks.includes(of) || (answers === undefined && judges)) return [];
  const reason = `« ${of} » suit une tâche : savoir que le nœud répond ne dit rien d’elle.`;
  return [{ offset, reason, remedy: `Écrivez { of: ${of}, min: 50 }, ou path: "$.status" avec equals: running.` }];
}

function shots({ shots: all }: WatchSpec, at: At): readonly WatchTrouble[] {
  return all.flatMap(({ when: _, capture, on: __, ...spec }, index) =>
    inspectSpec(spec, (path) => at(["shots", index, ...path]), capture !== undefined).map(
      ({ offset, reason, remedy }) => ({
        offset: offset === 0 ? at(["shots", index]) : offset,
        reason,
        remedy,
      }),
    ),
  );
}
