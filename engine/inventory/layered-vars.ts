import { groupParts } from "./groups.ts";
import type { Layer, LayerNode } from "./inventory-schema.ts";

type Vars = NonNullable<LayerNode["vars"]>;

/** Variables of a node from all who speak for it: everybody's defaults, its release, the groups that hold it (the last wins), itself. */
export function varsOfNode(own: LayerNode, holding: readonly string[], layer: Layer): Vars {
  const version = own.version ?? layer.defaults?.version;
  const groups = layer.groups ?? {};
  return Object.assign(
    {},
    layer.defaults?.vars,
    version === undefined ? {} : varsOfRelease(String(version), layer),
    ...holding.map((group) => groupParts(groups[group] ?? []).vars),
    own.vars,
  ) as Vars;
}

/** Variables of the site: what its one release says, when all nodes have the same, under what the site says itself. */
export function varsOfSite(versions: readonly (string | undefined)[], layer: Layer): Vars {
  const [version] = versions;
  const common = version !== undefined && versions.every((other) => other === version);
  return { ...(common ? varsOfRelease(version, layer) : {}), ...layer.vars };
}

/** `9` speaks for 9.2.11 too; `9.2` knows better. */
function varsOfRelease(version: string, { versions = {} }: Layer): Vars {
  const fitting = Object.keys(versions)
    .filter((release) => `${version}.`.startsWith(`${release}.`))
    .toSorted((a, b) => a.length - b.length);
  return Object.assign({}, ...fitting.map((release) => versions[release]?.vars)) as Vars;
}
