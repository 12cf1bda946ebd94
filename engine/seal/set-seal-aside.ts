import { rm } from "node:fs/promises";
import { join } from "node:path";
import { KEPT_OF_A_SEAL } from "../evidence/seal/index.ts";
import { putAside } from "./earlier-seal.ts";
import { sealInForce } from "./seal-in-force.ts";

/** Opens a sealed folder for more: the seal that it carries is kept whole below `data/seals/`, and the next one names it. */
export async function setSealAside(folder: string): Promise<void> {
  const inForce = await sealInForce(folder);
  if (inForce !== undefined) await putAside(folder, inForce.number);
  for (const path of KEPT_OF_A_SEAL) await rm(join(folder, path), { force: true });
}
