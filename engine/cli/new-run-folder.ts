import { isProblem, ProblemError } from "../base/problem.ts";
import { createRunFolder, type RunFolder } from "../evidence/index.ts";

const MOST_IN_A_SECOND = 100;

/** Opens the folder of a new run: under the name that was given, else under the time, with `-2`, `-3` … when others began in that second. */
export async function newRunFolder(root: string, given: string | undefined, now: Date): Promise<RunFolder> {
  if (given !== undefined) {
    checkName(given);
    return createRunFolder(root, given);
  }
  const name = runName(now);
  for (let number = 1; ; number += 1) {
    try {
      return await createRunFolder(root, number === 1 ? name : `${name}-${number}`);
    } catch (error) {
      const taken = isProblem(error) && (error.code === "RUN_EXISTS" || error.code === "RUN_LOCKED");
      if (!taken || number === MOST_IN_A_SECOND) throw error;
    }
  }
}

/** Names sort by time: `2026-11-23T04-05-06Z`. */
function runName(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
}

function checkName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u.test(name) && name !== "latest" && !name.endsWith(".lock")) return;
  throw new ProblemError("RUN_NAME", `« ${name} » ne peut pas nommer une exécution.`, {
    scope: "author",
    hint: "Donnez des lettres, des chiffres, des points, des tirets ; « latest » désigne toujours la plus récente.",
  });
}
