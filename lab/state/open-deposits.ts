import { putHeavyFile } from "./heavy-files.ts";
import type { Scenario } from "./scenario.ts";
import { storageOf, volumePath } from "./volumes.ts";
import { nodeOf, type World } from "./world.ts";

/** Puts the images of a scenario into the storage `local` of their nodes: what people have left there. */
export function openDeposits(world: World, scenario: Scenario): void {
  for (const { noeud, nom, taille } of scenario.depots) {
    const node = nodeOf(world, noeud);
    const path = volumePath(storageOf(node, "local"), `local:iso/${nom}`);
    putHeavyFile(node, path, { size: Math.round(taille * 2 ** 30) }, world.clock.seconds() - 86_400);
  }
}
