import { callApi } from "../../api/call.ts";
import { routesOf } from "../../api/routes.ts";
import type { Call } from "../command.ts";

const LETTERS = [
  ["GET", "r"],
  ["PUT", "w"],
  ["POST", "c"],
  ["DELETE", "d"],
] as const;

/** `pvesh ls PATH`: what is below, each with what can be done there. Lists the part of the API that the lab has. */
export async function listPath(call: Call, path: string): Promise<number> {
  const routes = routesOf(call.world.dialect).map((route) => ({ method: route.method, parts: partsOf(route.path) }));
  const here = partsOf(path);
  const below = routes.filter((route) => route.parts.length > here.length && matches(route.parts, here));
  if (below.length === 0) {
    call.err(`no such resource '${path}'\n`);
    return 255;
  }
  const listed = await indexOf(call, path);
  const names = new Set<string>();
  for (const { parts } of below) {
    const next = parts[here.length] ?? "";
    if (!next.startsWith("{")) {
      if (listed?.has(next) ?? true) names.add(next);
    } else for (const name of await childrenOf(call, path, next.slice(1, -1))) names.add(name);
  }
  for (const name of [...names].sort()) {
    const at = routes.filter(({ parts }) => parts.length >= here.length + 1 && matches(parts, [...here, name]));
    const methods = new Set(at.filter(({ parts }) => parts.length === here.length + 1).map(({ method }) => method));
    const directory = at.some(({ parts }) => parts.length > here.length + 1) ? "D" : "-";
    call.out(
      `${directory}${LETTERS.map(([method, letter]) => (methods.has(method) ? letter : "-")).join("")}        ${name}\n`,
    );
  }
  return 0;
}

/** What the directory itself lists; undefined for a path that is none. What can only be called, as a lock, is in no list. */
async function indexOf(call: Call, path: string): Promise<ReadonlySet<string> | undefined> {
  const { data } = await callApi(call.world, call.node.name, "GET", path);
  if (!Array.isArray(data) || data.length === 0) return undefined;
  const entries: readonly (readonly unknown[])[] = data.map(Object.values);
  if (entries.some((values) => values.length !== 1)) return undefined;
  return new Set(entries.map(([name]) => String(name)));
}

async function childrenOf(call: Call, path: string, key: string): Promise<readonly string[]> {
  const { data } = await callApi(call.world, call.node.name, "GET", path);
  if (!Array.isArray(data)) return [];
  return data.flatMap((entry: Record<string, unknown>) => (entry[key] === undefined ? [] : String(entry[key])));
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  return parts.every((part, index) => pattern[index] === part || pattern[index]?.startsWith("{"));
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter(Boolean);
}
