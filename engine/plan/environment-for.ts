import { environmentName, type Values } from "../model/values.ts";

const MENTION = /\$(?:\{[#!]?)?([A-Za-z_][A-Za-z0-9_]*)/g;

/**
 * The values that a script mentions as `$name` or `${name…}`, by environment name; the others stay away from the machine. Of two values
 * with one environment name (`a.b` and `a_b`), the one that is written so wins.
 */
export function environmentFor(script: string, values: Values): Record<string, string> {
  const mentioned = new Set([...script.matchAll(MENTION)].map((match) => match[1] ?? ""));
  const found = Object.entries(values).filter(([name]) => mentioned.has(environmentName(name)));
  const exactLast = found.sort(([a], [b]) => Number(a === environmentName(a)) - Number(b === environmentName(b)));
  return Object.fromEntries(exactLast.map(([name, value]) => [environmentName(name), value]));
}
