import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isProblem } from "../base/problem.ts";
import { openRun } from "../evidence/index.ts";
import { type Rewriting, writeFace } from "../report/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";
import { HOME } from "./version.ts";
import { watchSources } from "./watch-sources.ts";

export interface FaceOptions {
  readonly out: string;
  readonly format: "html" | "markdown";
  readonly templates?: string | undefined;
  /** Folder of runbooks and `rapport.yaml` as they read now. */
  readonly runbooks?: string | undefined;
  readonly htmlLimitBytes?: number | undefined;
}

/** Writes one face of the report, with texts as they read now where a folder of them is given. */
export async function writeOneFace(path: string, options: FaceOptions, terminal: Terminal): Promise<ExitCode> {
  const written = await writeFace(options.format, {
    record: await openRun(path),
    templatesFolder: join(HOME, "templates"),
    projectTemplates: options.templates,
    outFolder: options.out,
    htmlLimitBytes: options.htmlLimitBytes,
    rewriting: options.runbooks === undefined ? undefined : await textsOf(options.runbooks),
  });
  terminal.out(`${written}\n`);
  return EXIT.ok;
}

/** `constat report --watch`: the same again after each change of templates, prose or settings, until it is interrupted. A mistake is told and waited for. */
export async function reportWatch(
  path: string,
  options: FaceOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const folders = [options.templates, options.runbooks].filter((folder) => folder !== undefined);
  const look = async () => {
    try {
      await writeOneFace(path, options, terminal);
    } catch (error) {
      // A file that is being replaced is not there for a moment: it comes back, or the next look says so again.
      if (isProblem(error)) terminal.err(`${error.code} ${error.message}\n${error.hint ?? ""}\n`);
      else if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    terminal.err("En attente d’un changement (Ctrl-C pour finir).\n");
  };
  await watchSources(folders, look, signal);
  return EXIT.interrupted;
}

/** Runbooks and settings by their names. */
async function textsOf(folder: string): Promise<Rewriting> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md") || name === "rapport.yaml");
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}
