import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One command of a recording: where it was typed, what came out, how it ended. */
export interface Recorded {
  /** "9/cluster/03-add.txt #1" */
  readonly id: string;
  readonly command: string;
  readonly node: string;
  /** True when it ran on a terminal. */
  readonly terminal: boolean;
  readonly output: string;
  readonly code: number;
  /** What was typed at which prompt; a password is told by its number of stars. */
  readonly typed: readonly (readonly [prompt: RegExp, text: string])[];
}

const FOLDER = join(import.meta.dirname, "..", "..", "fixtures", "pve-outputs");

/** Reads the commands of a recording below test/fixtures/pve-outputs, in order. */
export function readCommands(file: string, passwords: { readonly right: string; readonly wrong: string }): Recorded[] {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((chunk, index) => parseCommand(`${file} #${index + 1}`, chunk, passwords));
}

function parseCommand(
  id: string,
  chunk: string,
  passwords: { readonly right: string; readonly wrong: string },
): Recorded {
  const newline = chunk.indexOf("\n");
  const head = /^(.*?) {4}# on (\w+)( \(interactive, over ssh -tt\))?/.exec(chunk.slice(0, newline));
  const end = /\[exit code (\d+), [\d.]+ s\]$/m.exec(chunk);
  if (!head || !end) throw new Error(`${id} is not a recorded command`);
  const raw = chunk.slice(newline + 1, end.index);
  const typed = [...raw.matchAll(/<<typed: ([^>]*)>>(\**)/g)].map(
    ([, text = "", stars = ""]): readonly [RegExp, string] => {
      if (stars === "") return [/\(yes\/no\)\? $/, text];
      return [/password for .*: $/, stars.length === passwords.right.length ? passwords.right : passwords.wrong];
    },
  );
  const terminal = head[3] !== undefined;
  const output = raw.replace(/<<typed: [^>]*>>/g, "");
  return {
    ...{ id, command: head[1] ?? "", node: head[2] ?? "", terminal, typed, code: Number(end[1]) },
    // The recorder left an empty line after what ran on a terminal.
    output: terminal ? output.replace(/\n\n$/, "\n") : output,
  };
}
