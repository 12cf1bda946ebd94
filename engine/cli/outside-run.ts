import { realpath } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { ProblemError } from "../base/problem.ts";

/**
 * The path as it is, for what a command writes about a run. Throws OUT_IN_RUN when it leads into the run's own folder, links included: an
 * audit could not tell what was added there from a forgery.
 */
export async function outsideRun(folder: string, target: string): Promise<string> {
  const way = relative(await realpath(folder), await realOf(resolve(target)));
  if (way !== "" && way.split(/[\\/]/)[0] === "..") return target;
  throw new ProblemError("OUT_IN_RUN", `${target} est dans le dossier de l’exécution, où rien ne s’ajoute.`, {
    scope: "author",
    hint: "Donnez un chemin hors de ce dossier : une pièce ajoutée romprait ses empreintes et son scellement.",
  });
}

/** Where a path that may not be there yet would lead. */
async function realOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realOf(parent), path.slice(parent.length));
  }
}
