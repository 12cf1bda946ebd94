/** Names of options or parameters; "net[n]" stands for net0, net1 …; "failback@9" is there from version 9 only, "group@8.4" only before. */
export type Names = readonly string[];

/** What is known of one command (a tool, or a tool's subcommand). */
export interface KnownCommand {
  /** Long options without their dashes; letters for tools of the system. */
  readonly options: Names;
  /** How many words it takes besides, at most. */
  readonly operands: number;
  /** Only in that version. */
  readonly only?: "8.4" | "9";
}

/** A name with the version in which alone it is, read from "failback@9". */
export function readName(written: string): { readonly pattern: RegExp; readonly only: "8.4" | "9" | undefined } {
  const [name = "", only] = written.split("@");
  const source = RegExp.escape(name).replace(/\\\[(?:n|\\x6e)\\\]/, "\\d+");
  return { pattern: new RegExp(`^${source}$`), only: only === "8.4" || only === "9" ? only : undefined };
}
