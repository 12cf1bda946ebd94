import { isJsonObject, type Json, type JsonObject } from "../base/json.ts";
import { identityKey, indexBy } from "./identity-key.ts";
import type { Ignoring } from "./ignoring.ts";
import { memberPath } from "./json-path-text.ts";
import { matchItems } from "./match-items.ts";
import { neutralJson, neutralText } from "./neutral-json.ts";

/** One place where two values differ. `rule`: the rule that leaves it out; undefined for a true difference. */
export type JsonChange = { readonly path: string; readonly rule: string | undefined } & (
  | { readonly change: "removed"; readonly before: Json }
  | { readonly change: "added"; readonly after: Json }
  | { readonly change: "changed"; readonly before: Json; readonly after: Json }
);

/** Where two values differ, each place by its JSONPath. Lists whose members have a name of their own go together by it, in any order. */
export function compareJson(before: Json, after: Json, ignoring: Ignoring): readonly JsonChange[] {
  const changes: JsonChange[] = [];
  walk(before, after, "$", { ignoring, add: (change) => changes.push(change) });
  return changes;
}

interface Walk {
  readonly ignoring: Ignoring;
  add(change: JsonChange): void;
}

function walk(before: Json, after: Json, path: string, at: Walk): void {
  if (isJsonObject(before) && isJsonObject(after)) walkObject(before, after, path, at);
  else if (Array.isArray(before) && Array.isArray(after)) walkList(before, after, path, at);
  else if (before !== after) {
    const texts = typeof before === "string" && typeof after === "string";
    const rule = texts ? textRule(before, after, at.ignoring) : undefined;
    at.add({ path, rule, change: "changed", before, after });
  }
}

function walkObject(before: JsonObject, after: JsonObject, path: string, at: Walk): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [ownValue(before, name), ownValue(after, name)];
    const place = memberPath(path, name);
    const rule = at.ignoring.key(name, old, now);
    if (old === undefined) {
      if (now !== undefined) at.add({ path: place, rule, change: "added", after: now });
    } else if (now === undefined) at.add({ path: place, rule, change: "removed", before: old });
    else if (rule === undefined) walk(old, now, place, at);
    else if (JSON.stringify(old) !== JSON.stringify(now))
      at.add({ path: place, rule, change: "changed", before: old, after: now });
  }
}

function walkList(before: readonly Json[], after: readonly Json[], path: string, at: Walk): void {
  const key = identityKey(before, after, at.ignoring);
  if (key === undefined) {
    walkOrdered(before, after, path, at);
    return;
  }
  const [old, now] = [indexBy(before, key), indexBy(after, key)];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(name), now.get(name)];
    const place = `${path}[?@${memberPath("", key)}==${name}]`;
    if (one === undefined) {
      if (other !== undefined) at.add({ path: place, rule: undefined, change: "added", after: other });
    } else if (other === undefined) at.add({ path: place, rule: undefined, change: "removed", before: one });
    else walk(one, other, place, at);
  }
}

/** Equal members hold the rest together; what stands between them on both sides is compared pair by pair. */
function walkOrdered(before: readonly Json[], after: readonly Json[], path: string, at: Walk): void {
  const spell = (value: Json): string => neutralJson(value, at.ignoring);
  let gone: number[] = [];
  let came: number[] = [];
  const settle = (): void => {
    for (let index = 0; index < Math.max(gone.length, came.length); index += 1) {
      const [from, to] = [gone[index], came[index]];
      const old = from === undefined ? undefined : before[from];
      const now = to === undefined ? undefined : after[to];
      if (old !== undefined && now !== undefined) walk(old, now, `${path}[${to}]`, at);
      else if (old !== undefined) at.add({ path: `${path}[${from}]`, rule: undefined, change: "removed", before: old });
      else if (now !== undefined) at.add({ path: `${path}[${to}]`, rule: undefined, change: "added", after: now });
    }
    gone = [];
    came = [];
  };
  for (const match of matchItems(before.map(spell), after.map(spell))) {
    if (match.before === undefined) came.push(match.after ?? 0);
    else if (match.after === undefined) gone.push(match.before);
    else {
      settle();
      const [old, now] = [before[match.before], after[match.after]];
      // What was left out of the spelling is told all the same.
      if (old !== undefined && now !== undefined) walk(old, now, `${path}[${match.after}]`, at);
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
