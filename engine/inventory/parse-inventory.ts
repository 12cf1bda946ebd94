import type { VFile } from "vfile";
import { parse } from "yaml";
import type { Inventory } from "../model/inventory.ts";
import { buildInventory } from "./build-inventory.ts";
import { checkInventory } from "./check-inventory.ts";
import { checkLayer } from "./check-layer.ts";
import type { Complain } from "./complain.ts";
import { groupsByNode } from "./groups.ts";
import type { Layer, LayerNode } from "./inventory-schema.ts";
import { normaliseLayer, pathFrom } from "./layer-form.ts";
import { varsOfNode } from "./layered-vars.ts";
import { merge } from "./merge.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

/**
 * Reads an inventory from its chain of files, base first: a later file wins, maps merge, lists and single values are replaced. Every
 * mistake is a fatal message on the file in which it stands (rule, place, reason, remedy as `note`); with one, there is no inventory.
 */
export function parseInventory(files: readonly VFile[]): Inventory | undefined {
  const last = files.at(-1);
  if (last === undefined) throw new TypeError("Expected at least one inventory file");
  const sources = files.map(readYaml);
  const layers = sources.flatMap((source) => {
    const layer = checkLayer(source);
    return layer === undefined ? [] : [normaliseLayer(layer, source)];
  });
  if (layers.length < sources.length) return undefined;
  const merged = layers.reduce<Layer>((base, over) => merge(base, over), {});
  const nodes = withDefaults(merged);
  checkInventory(merged, nodes, complainWhereWritten(sources));
  if (files.some(({ messages }) => messages.some(({ fatal }) => fatal))) return undefined;
  return buildInventory(last.path ?? "", last.stem ?? "", merged, nodes);
}

/** The path of the inventory that a file extends, seen from where the file's own path is seen; undefined when it extends none. */
export function extendsOf(file: VFile): string | undefined {
  let data: unknown;
  try {
    data = parse(String(file));
  } catch {
    // Its syntax is `parseInventory`'s to explain.
    return undefined;
  }
  const written = typeof data === "object" && data !== null && "extends" in data ? data.extends : undefined;
  return typeof written === "string" && written.trim() !== "" ? pathFrom(file, written) : undefined;
}

function withDefaults(layer: Layer): Readonly<Record<string, LayerNode>> {
  const { nodes = {}, defaults = {}, groups = {} } = layer;
  const holding = groupsByNode(groups);
  return Object.fromEntries(
    Object.entries(nodes).map(([name, node]) => {
      const vars = varsOfNode(node, holding.get(name) ?? [], layer);
      return [name, { ...merge<LayerNode>(defaults, node), ...(Object.keys(vars).length > 0 && { vars }) }];
    }),
  );
}

function complainWhereWritten(sources: readonly YamlSource[]): Complain {
  return (paths, complaint, at) => {
    for (const path of paths) {
      const source = sources.findLast(({ has }) => has(path));
      if (source !== undefined) return source.complain(path, complaint, at);
    }
    sources.at(-1)?.complain(paths[0] ?? [], complaint, at);
  };
}
