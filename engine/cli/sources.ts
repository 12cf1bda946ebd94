import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { VFile } from "vfile";
import { ProblemError } from "../base/problem.ts";
import { extendsOf, parseInventory } from "../inventory/index.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Runbook } from "../model/runbook.ts";
import type { RawSettings } from "../model/setting.ts";
import { parseRunbook } from "../runbook/index.ts";

/** A runbook with the file that carries its messages. */
export interface LoadedRunbook {
  readonly file: VFile;
  readonly runbook: Runbook;
}

export interface LoadedInventory {
  readonly files: readonly VFile[];
  /** Undefined when a file has a mistake; the messages say which. */
  readonly inventory: Inventory | undefined;
}

/** Reads runbooks from files and folders (their `*.md`, by name). Throws SOURCE_MISSING for a path that is not there. */
export async function loadRunbooks(
  paths: readonly string[],
  overrides: RawSettings = {},
): Promise<readonly LoadedRunbook[]> {
  const files: string[] = [];
  for (const path of paths) {
    if ((await kindOf(path)) === "file") files.push(refuseOthers(path));
    else {
      const entries = await readdir(path, { withFileTypes: true });
      const names = entries
        .flatMap((entry) => (entry.name.endsWith(".md") && !entry.isDirectory() ? entry.name : []))
        .sort();
      files.push(...names.map((name) => join(path, name)));
    }
  }
  if (files.length === 0) throw missing(paths.join(", "), "Aucun runbook (*.md) à cet endroit.");
  return Promise.all(
    files.map(async (path) => {
      const file = new VFile({ path: shown(path), value: await readFile(path, "utf8") });
      return { file, runbook: parseRunbook(file, overrides) };
    }),
  );
}

/** Reads an inventory with the ones it extends. */
export async function loadInventory(path: string): Promise<LoadedInventory> {
  const files: VFile[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = resolve(path); next !== undefined; ) {
    if (seen.has(next)) throw missing(shown(next), "Cet inventaire s’étend lui-même (extends).");
    seen.add(next);
    if ((await kindOf(next)) === "folder")
      throw missing(shown(next), "c’est un fichier qui est attendu, et ceci est un dossier.");
    const file: VFile = new VFile({ path: next, value: await readFile(next, "utf8") });
    files.unshift(file);
    const base = extendsOf(file);
    next = base === undefined ? undefined : resolve(dirname(next), base);
  }
  return { files, inventory: parseInventory(files) };
}

/** The folder that holds a path's runbooks: where `rapport.yaml` and `inventory/` stand. */
export async function runbooksFolder(path: string): Promise<string> {
  return (await kindOf(path)) === "file" ? dirname(refuseOthers(path)) : path;
}

async function kindOf(path: string): Promise<"file" | "folder"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (cause) {
    throw missing(shown(path), "Ce fichier ou dossier n’existe pas.", cause);
  }
}

/** What is no Markdown would only be told that it lacks a title. */
function refuseOthers(path: string): string {
  if (/\.(?:md|markdown)$/i.test(path)) return path;
  const inventory = /\.ya?ml$/i.test(path);
  throw new ProblemError(
    "SOURCE_OTHER",
    `${shown(path)} n’est pas un runbook : un document Markdown (*.md) est attendu.`,
    {
      scope: "author",
      hint: inventory
        ? "Nommez un runbook ou son dossier ; un inventaire se donne par --inventory."
        : "Nommez un runbook ou le dossier qui les tient.",
    },
  );
}

function missing(path: string, reason: string, cause?: unknown): ProblemError {
  return new ProblemError("SOURCE_MISSING", `${path} : ${reason}`, {
    scope: "author",
    hint: "Vérifiez le chemin ; il part du dossier courant.",
    cause,
  });
}

/** A path as the author would write it: relative to the current folder, forward slashes. */
export function shown(path: string): string {
  return (relative(process.cwd(), resolve(path)) || ".").split(sep).join("/");
}
