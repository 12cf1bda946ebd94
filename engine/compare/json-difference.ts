import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";
import { identityKey, indexBy } from "./identity-key.ts";
import type { Ignoring } from "./ignoring.ts";
import { memberPath } from "./json-path-text.ts";
import { matchItems } from "./match-items.ts";
import { neutralJson, neutralText } from "./neutral-json.ts";

/** One place where two values differ: its JSONPath in the newer one, in the older one for what was removed. `rule`: the rule that leaves it out; undefined for a true difference. */
export type JsonChange = { readonly path: string; readonly rule: string | undefined } & (
  | { readonly change: "removed"; readonly before: Json }
  | { readonly change: "added"; readonly after: Json }
  | { readonly change: "changed"; readonly before: Json; readonly after: Json }
);

/** Where two values differ, each place by its JSONPath. Lists whose members have a name of their own go together by it, in any order. */
export function compareJson(before: Json, after: Json, ignoring: Ignoring): readonly JsonChange[] {
  const changes: JsonChange[] = [];
  walk(before, after, ["$", "$"], { ignoring, add: (change) => changes.push(change) });
  return changes;
}

/** Where a value stands in the older and in the newer document: places in a list shift. */
type Paths = readonly [old: string, now: string];

interface Walk {
  readonly ignoring: Ignoring;
  add(change: JsonChange): void;
}

/** Either side may have nothing there. `rule` leaves out whatever stands there. */
function meet(one: Json | undefined, other: Json | undefined, paths: Paths, at: Walk, rule?: string): void {
  const [old, now] = paths;
  if (one === undefined) {
    if (other !== undefined) at.add({ path: now, rule, change: "added", after: other });
  } else if (other === undefined) at.add({ path: old, rule, change: "removed", before: one });
  else if (rule === undefined) walk(one, other, paths, at);
  else if (JSON.stringify(one) !== JSON.stringify(other))
    at.add({ path: now, rule, change: "changed", before: one, after: other });
}

function walk(before: Json, after: Json, paths: Paths, at: Walk): void {
  if (isJsonObject(before) && isJsonObject(after)) walkObject(before, after, paths, at);
  else if (Array.isArray(before) && Array.isArray(after)) walkList(before, after, paths, at);
  else if (before !== after) {
    const texts = typeof before === "string" && typeof after === "string";
    const rule = texts ? textRule(before, after, at.ignoring) : undefined;
    at.add({ path: paths[1], rule, change: "changed", before, after });
  }
}

function walkObject(before: JsonObject, after: JsonObject, [old, now]: Paths, at: Walk): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [one, other] = [ownValue(before, name), ownValue(after, name)];
    const rule = at.ignoring.key(name, one, other);
    meet(one, other, [memberPath(old, name), memberPath(now, name)], at, rule);
  }
}

function walkList(before: readonly Json[], after: readonly Json[], paths: Paths, at: Walk): void {
  const key = identityKey(before, after, at.ignoring);
  if (key === undefined) {
    walkOrdered(before, after, paths, at);
    return;
  }
  const [left, right] = [indexBy(before, key), indexBy(after, key)];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const member = `[?@${memberPath("", key)}==${name}]`;
    meet(left.get(name), right.get(name), [paths[0] + member, paths[1] + member], at);
  }
}

/** Equal members hold the rest together; what stands between them on both sides is compared pair by pair. */
function walkOrdered(before: readonly Json[], after: readonly Json[], [old, now]: Paths, at: Walk): void {
  const spell = (value: Json): string => neutralJson(value, at.ignoring);
  const pair = (from: number | undefined, to: number | undefined): void => {
    const one = from === undefined ? undefined : before[from];
    const other = to === undefined ? undefined : after[to];
    meet(one, other, [`${old}[${from}]`, `${now}[${to}]`], at);
  };
  let gone: number[] = [];
  let came: number[] = [];
  const settle = (): void => {
    for (let index = 0; index < Math.max(gone.length, came.length); index += 1) pair(gone[index], came[index]);
    gone = [];
    came = [];
  };
  for (const match of matchItems(before.map(spell), after.map(spell))) {
    if (match.before === undefined) came.push(match.after ?? 0);
    else if (match.after === undefined) gone.push(match.before);
    else {
      settle();
      // What was left out of the spelling is told all the same.
      pair(match.before, match.after);
    }
  }
  settle();
}

function textRule(before: string, after: string, ignoring: Ignoring): string | undefined {
  if (neutralText(before, ignoring) !== neutralText(after, ignoring)) return undefined;
  const rules = before.split("\n").flatMap((line) => ignoring.parts(line).flatMap(({ rule }) => rule ?? []));
  return rules.find((rule) => rule !== "espaces") ?? rules[0] ?? "espaces";
}

/** `__proto__` in an answer is a name like any other. */
function ownValue(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
