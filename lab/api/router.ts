import type { Dialect } from "../state/dialect.ts";
import type { Method, Route } from "./route.ts";
import { routesOf } from "./routes.ts";

/** A route and the named parts of the path that led to it. */
export interface FoundRoute {
  readonly route: Route;
  readonly parts: Readonly<Record<string, string>>;
}

/** The route for a path such as "/nodes/pve1/status" (empty parts are skipped, as real nodes do); fixed parts win over named ones. */
export function findRoute(method: Method, path: string, dialect: Dialect): FoundRoute | undefined {
  const segments = path.split("/").filter((segment) => segment !== "");
  let best: FoundRoute | undefined;
  for (const route of routesOf(dialect)) {
    if (route.method !== method || (route.dialect ?? dialect) !== dialect) continue;
    const parts = matchPath(route.path, segments);
    if (!parts) continue;
    if (!best || Object.keys(parts).length < Object.keys(best.parts).length) best = { route, parts };
  }
  return best;
}

function matchPath(pattern: string, segments: readonly string[]): Record<string, string> | undefined {
  const expected = pattern.split("/").filter((segment) => segment !== "");
  // A volume's id holds slashes of its own: it takes the rest of the path.
  if (expected.at(-1) === "{volume}" && segments.length > expected.length) {
    const given = [...segments.slice(0, expected.length - 1), segments.slice(expected.length - 1).join("/")];
    return matchSegments(expected, given);
  }
  return expected.length === segments.length ? matchSegments(expected, segments) : undefined;
}

function matchSegments(expected: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parts: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const segment = segments[index] ?? "";
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name !== undefined) parts[name] = segment;
    else if (part !== segment) return undefined;
  }
  return parts;
}
