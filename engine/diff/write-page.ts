import { randomUUID } from "node:crypto";
import { access, mkdir, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { RunDifference, ShownPicture } from "./difference.ts";
import { readPiece } from "./recorded-run.ts";
import { type PageTemplates, renderPage } from "./render-page.ts";

const PAGES = ["head", "figure", "answer", "rows", "tail"];

export interface WritePageOptions {
  readonly path: string;
  readonly templatesFolder: string;
  readonly engine: string;
  readonly before: RunRecord;
  readonly after: RunRecord;
}

/**
 * Writes the comparison as one HTML file, whole or not at all; gives its path. Throws DIFF_INSIDE_RUN for a place inside a
 * run (evidence is never added to), DIFF_WRITE_FAILED when the place cannot be written.
 */
export async function writePage(difference: RunDifference, options: WritePageOptions): Promise<string> {
  const { path, before, after } = options;
  const templates = await readTemplates(options.templatesFolder);
  const picture = async (side: "before" | "after", shown: ShownPicture): Promise<Buffer | undefined> => {
    const piece = await readPiece({ record: side === "before" ? before : after }, shown);
    return "bytes" in piece ? piece.bytes : undefined;
  };
  try {
    await refuseInside(dirname(path));
    await mkdir(dirname(path), { recursive: true });
    const target = join(await realpath(dirname(path)), basename(path));
    await writeWhole(target, renderPage(difference, { templates, engine: options.engine, picture }));
    return target;
  } catch (cause) {
    if (cause instanceof ProblemError || (cause as NodeJS.ErrnoException).code === undefined) throw cause;
    throw new ProblemError(
      "DIFF_WRITE_FAILED",
      `La page ${path} ne peut pas être écrite : ${(cause as Error).message}`,
      {
        scope: "environment",
        hint: "Donnez un autre chemin à --html, ou --no-html.",
        cause,
      },
    );
  }
}

/** Asked before anything is made: not even an empty folder comes into a run, this one or another. */
async function refuseInside(folder: string): Promise<void> {
  const real = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  // What does not exist yet is where the nearest folder above it is.
  if (real === undefined) return refuseInside(dirname(folder));
  for (let above = real; ; above = dirname(above)) {
    if (await isRun(above)) {
      throw new ProblemError(
        "DIFF_INSIDE_RUN",
        `La page serait écrite dans le dossier d’exécution ${basename(above)}.`,
        {
          scope: "author",
          hint: "Une exécution n’est jamais complétée après coup : donnez à --html un chemin hors de ce dossier.",
        },
      );
    }
    if (above === dirname(above)) return;
  }
}

async function isRun(folder: string): Promise<boolean> {
  try {
    await access(join(folder, "data", "journal.jsonl"));
    return true;
  } catch {
    return false;
  }
}

async function writeWhole(target: string, pieces: AsyncIterable<string>): Promise<void> {
  const temporary = `${target}.${randomUUID()}.part`;
  try {
    const file = await open(temporary, "wx", 0o644);
    try {
      for await (const piece of pieces) await file.appendFile(piece);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function readTemplates(folder: string): Promise<PageTemplates> {
  const read = (name: string): Promise<string> => readFile(join(folder, "diff", name), "utf8");
  const pages = await Promise.all(PAGES.map(async (name) => [name, await read(`${name}.hbs`)] as const));
  return { pages: Object.fromEntries(pages), style: await read("style.css") };
}
