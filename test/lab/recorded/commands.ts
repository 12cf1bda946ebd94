import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../../../lab/state/dialect.ts";
import type { How, Row } from "./row.ts";

/** A command or API call that was typed on a real node. */
export interface RecordedCommand {
  /** "9/cluster/03-add.txt #1"; without a number for a file that holds samples or a note. */
  readonly id: string;
  readonly dialect: Dialect;
  /** "9/cluster/03-add.txt" */
  readonly file: string;
  /** "pvecm nodes", "GET /cluster/status"; empty for samples and notes. */
  readonly command: string;
}

const LIST = join(import.meta.dirname, "..", "..", "fixtures", "recordings", "commands.json");

/** Everything that was recorded on real nodes, also what has no copy in the fixtures. */
export function recordedCommands(): readonly RecordedCommand[] {
  const files = JSON.parse(readFileSync(LIST, "utf8")) as Record<Dialect, Readonly<Record<string, readonly string[]>>>;
  return (["8.4", "9"] as const).flatMap((dialect) =>
    Object.entries(files[dialect]).flatMap(([name, commands]): RecordedCommand[] => {
      const file = `${dialect}/${name}`;
      if (commands.length === 0) return [{ id: file, dialect, file, command: "" }];
      return commands.map((command, index) => ({ id: `${file} #${index + 1}`, dialect, file, command }));
    }),
  );
}

/** The rows of a file's commands, all compared in the usual way but for those that are named by id. */
export function rowsBut(
  test: string,
  file: string,
  usual: How,
  exceptions: Readonly<Record<string, How>>,
): readonly Row[] {
  const commands = recordedCommands().filter((command) => command.file === file);
  return commands.map(({ id }) => ({ id, test, how: exceptions[id] ?? usual }));
}
