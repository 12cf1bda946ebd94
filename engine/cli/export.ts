import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { auditRun } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { openRun, writeAtomically } from "../evidence/index.ts";
import { FORMATS, type FormatName, toSarif } from "../export/index.ts";
import { buildReport } from "../report/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { outsideRun } from "./outside-run.ts";
import { runPath } from "./run-path.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export interface ExportOptions {
  readonly format: readonly FormatName[];
  /** A file, or for several formats a folder; standard output when absent. */
  readonly out?: string | undefined;
}

/** `constat export`: what a run says, in the formats of other tools. The run folder stays as it is. */
export async function exportRun(path: string, { format, out }: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  const names = [...new Set(format)];
  if (out === undefined && names.length > 1) throw severalToOne();
  const folder = await runPath(path);
  if (out !== undefined) await outsideRun((await openRun(folder)).folder, out);
  const texts = await writeAll(folder, names);
  if (out === undefined) {
    for (const [, text] of texts) terminal.out(text);
    return EXIT.ok;
  }
  const into = names.length > 1 || out.endsWith("/") || (await isFolder(out));
  if (into && !(await isFolder(out)) && (await isThere(out))) throw noFolder(out);
  for (const [name, text] of texts) {
    const file = into ? join(out, FORMATS[name].file) : out;
    await mkdir(dirname(file), { recursive: true });
    await writeAtomically(file, text);
    terminal.out(`${name} : ${file} (${counted(Buffer.byteLength(text), "octet")})\n`);
  }
  return EXIT.ok;
}

/** Findings can be had of a damaged run too, a report cannot: then only what needs no report is written. */
async function writeAll(
  path: string,
  names: readonly FormatName[],
): Promise<readonly (readonly [FormatName, string])[]> {
  const record = await openRun(path);
  const { findings, waivers } = await auditRun(path);
  if (names.every((name) => name === "sarif"))
    return names.map((name) => [name, toSarif({ findings, waivers, version: VERSION })] as const);
  const report = await buildReport(record);
  return names.map((name) => [name, FORMATS[name].write({ report, findings, waivers, version: VERSION })] as const);
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function severalToOne(): ProblemError {
  return new ProblemError("EXPORT_OUT", "Plusieurs formats sont demandés, sans dossier où les écrire.", {
    scope: "author",
    hint: "Ajoutez --out <dossier>.",
  });
}

function noFolder(path: string): ProblemError {
  return new ProblemError("EXPORT_OUT", `${path} est un fichier, et plusieurs formats demandent un dossier.`, {
    scope: "author",
    hint: "Donnez à --out un dossier, qui sera créé au besoin.",
  });
}
