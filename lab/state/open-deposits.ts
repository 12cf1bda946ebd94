import type { Scenario } from "./scenario.ts";
import { keepVolume, storageOf } from "./volumes.ts";
import { nodeOf, type World } from "./world.ts";

/** Puts the images of a scenario into the storage `local` of their nodes: what people have left there. */
export function openDeposits(world: World, scenario: Scenario): void {
  for (const { noeud, nom, taille } of scenario.depots) {
    const node = nodeOf(world, noeud);
    const size = Math.round(taille * 2 ** 30);
    const volid = `local:iso/${nom}`;
    const ctime = world.clock.seconds() - 86_400;
    keepVolume(node, storageOf(node, "local"), {
      volid,
      content: "iso",
      format: "iso",
      size,
      used: size,
      vmid: undefined,
      ctime,
    });
  }
}
