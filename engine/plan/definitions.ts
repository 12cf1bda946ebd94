import { interpolate, referencesIn } from "../base/interpolate.ts";
import type { Values } from "../model/values.ts";

/** Why a variable has no value: it refers to itself over others, to unknown names, or to another that has none. */
export type Unresolved =
  | { readonly type: "cycle"; readonly through: readonly string[] }
  | { readonly type: "unknown"; readonly names: readonly string[] }
  | { readonly type: "dependent"; readonly on: string };

export interface Resolved {
  readonly values: Values;
  readonly unresolved: ReadonlyMap<string, Unresolved>;
}

/** Gives variables that refer to one another (`{{name}}`) their values; those that cannot have one are left out and named. */
export function resolveDefinitions(definitions: ReadonlyMap<string, string>, given: Values): Resolved {
  const values = new Map<string, string>();
  const unresolved = new Map<string, Unresolved>();
  const resolve = (name: string, path: readonly string[]) => {
    if (values.has(name) || unresolved.has(name)) return;
    const text = definitions.get(name) ?? "";
    const trail = [...path, name];
    const names = referencesIn(text);
    const unknown = names.filter((each) => !definitions.has(each) && !Object.hasOwn(given, each));
    if (unknown.length > 0) {
      unresolved.set(name, { type: "unknown", names: unknown });
      return;
    }
    const others = names.filter((each) => definitions.has(each));
    const closing = others.find((each) => trail.includes(each));
    if (closing !== undefined) {
      unresolved.set(name, { type: "cycle", through: [...trail.slice(trail.indexOf(closing)), closing] });
      return;
    }
    for (const each of others) resolve(each, trail);
    const broken = others.find((each) => unresolved.has(each));
    if (broken !== undefined) unresolved.set(name, { type: "dependent", on: broken });
    else values.set(name, interpolate(text, { ...given, ...Object.fromEntries(values) }));
  };
  for (const name of definitions.keys()) resolve(name, []);
  return { values: Object.fromEntries(values), unresolved };
}
