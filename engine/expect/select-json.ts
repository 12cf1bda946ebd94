import type { Json, JsonObject } from "../base/json.ts";
import { type Selected, selectPath } from "./json-path.ts";
import { holds } from "./loosely-equal.ts";

/** A JSONPath and the values that the object around a selected value must hold. */
export interface Query {
  readonly path: string;
  readonly where?: JsonObject | undefined;
}

/** What the path selects, and what `where` keeps of it; or, in French, why the path cannot be followed. */
export type Selection =
  | { readonly candidates: readonly Selected[]; readonly kept: readonly Selected[] }
  | { readonly failed: string };

/**
 * Selects by path, then by `where`: an object is kept when it holds these values, any other value when the nearest object around it
 * does (so `$.nodelist[*].pve_fp` can be asked of the node of a given name). Never throws.
 */
export function selectJson(query: Query, json: Json): Selection {
  let candidates: readonly Selected[];
  try {
    candidates = selectPath(query.path, json);
  } catch {
    return { failed: `le chemin « ${query.path} » ne peut pas être suivi dans cette réponse` };
  }
  const { where } = query;
  if (where === undefined) return { candidates, kept: candidates };
  return { candidates, kept: candidates.filter(({ holder }) => holder !== undefined && holds(holder, where)) };
}
