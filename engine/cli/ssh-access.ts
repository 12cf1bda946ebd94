import { isProblem } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import { sshWay } from "./compose.ts";

/**
 * How each node is reached by ssh, where that is not the inventory's word alone: `pve1 : root@192.0.2.5:22, par …, selon ~/.ssh/config
 * ligne 4`. A configuration that cannot be followed says why instead. Nothing is connected.
 */
export async function sshAccessLines(nodes: readonly InventoryNode[]): Promise<readonly string[]> {
  const texts = nodes
    .filter(({ ssh }) => ssh !== undefined)
    .map(async (node) => {
      const text = await sshWay(node).catch((error: unknown) => {
        if (isProblem(error)) return error.message;
        throw error;
      });
      return text === undefined ? [] : [`${node.name} : ${text}`];
    });
  return (await Promise.all(texts)).flat();
}
