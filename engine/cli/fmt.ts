import { readFile, realpath, stat } from "node:fs/promises";
import { counted } from "../base/counted.ts";
import { writeAtomically } from "../evidence/index.ts";
import { type FormattedFence, formatFences } from "../runbook/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { loadRunbooks } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

export interface FmtOptions {
  /** Writes nothing; 1 when there was something to write. */
  readonly check?: boolean | undefined;
  /** Writes nothing, shows each line that would change. */
  readonly diff?: boolean | undefined;
}

/** `constat fmt`: other tools' annotations in our form, nothing else changed. */
export async function fmt(paths: readonly string[], options: FmtOptions, terminal: Terminal): Promise<ExitCode> {
  let count = 0;
  let files = 0;
  for (const { file } of await loadRunbooks(paths)) {
    const bytes = await readFile(file.path);
    const before = bytes.toString("utf8");
    const { text, fences } = formatFences(before);
    // What is no UTF-8 would not come back as it was.
    if (text === before || !Buffer.from(before).equals(bytes)) continue;
    count += fences.length;
    files += 1;
    if (options.diff === true) terminal.out(difference(file.path, fences));
    else if (options.check === true)
      for (const { line, before: old } of fences) terminal.out(`${file.path}:${line} ${old.trim()}\n`);
    else {
      await writeInPlace(file.path, text);
      terminal.out(`${file.path} : ${counted(fences.length, "annotation")}\n`);
    }
  }
  if (count === 0) {
    terminal.out("Rien à changer.\n");
    return EXIT.ok;
  }
  const dry = options.check === true || options.diff === true;
  terminal.out(
    `${counted(count, "annotation")} dans ${counted(files, "fichier")}${dry ? " ; rien n’est écrit" : ""}.\n`,
  );
  return options.check === true ? EXIT.failed : EXIT.ok;
}

/** The author's file stays what it was but for its text: its permissions, and the link that may lead to it. */
async function writeInPlace(path: string, text: string): Promise<void> {
  const real = await realpath(path);
  const { mode } = await stat(real);
  await writeAtomically(real, text, mode & 0o7777);
}

function difference(path: string, fences: readonly FormattedFence[]): string {
  return fences
    .map(({ line, before, after, annotation }) => {
      const lines = annotation.attributes.length > 0 ? annotation.lines.map((key) => `-#| ${key}: …\n`).join("") : "";
      return `${path}:${line} (${annotation.tool})\n-${before}\n+${after}\n${lines}`;
    })
    .join("");
}
