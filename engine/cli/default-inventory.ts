import { access, readdir } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { runbooksFolder } from "./sources.ts";

/** Where `constat lab` leaves the inventory of the cluster that it started. */
export const LAB_FOLDER = join("output", "lab");

/** The inventory of the lab that runs here; undefined when there is none. */
export async function runningLab(): Promise<string | undefined> {
  const path = join(LAB_FOLDER, "inventory.yaml");
  return await access(path).then(
    () => path,
    () => undefined,
  );
}

/**
 * The inventory when none is named: the running lab's, else the lab's without sockets (good for a plan), else the only one beside the
 * runbooks. Throws INVENTORY_MISSING.
 */
export async function defaultInventory(paths: readonly string[]): Promise<string> {
  const [first = "."] = paths;
  const folder = join(await runbooksFolder(first), "inventory");
  const candidates = [join(LAB_FOLDER, "inventory.yaml"), join(folder, "lab.yaml")];
  for (const candidate of candidates) {
    try {
      await access(candidate);
      return candidate;
    } catch {
      // The next candidate may be there.
    }
  }
  const own = await ownInventories(folder);
  const [only] = own;
  if (only !== undefined && own.length === 1) return join(folder, only);
  throw new ProblemError("INVENTORY_MISSING", "Aucun inventaire : on ne sait pas à quelles machines parler.", {
    scope: "author",
    hint:
      own.length > 1
        ? `Il y en a plusieurs (${own.join(", ")}) : nommez le vôtre par --inventory.`
        : "Donnez --inventory fichier.yaml, ou démarrez un laboratoire avec « constat lab ».",
  });
}

/** Examples are there to be copied, not to be run against. */
async function ownInventories(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.ya?ml$/.test(name) && !/\.example\.ya?ml$/.test(name)).sort();
}
