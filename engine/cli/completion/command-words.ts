import type { Command } from "commander";

/** What may stand on a command line after a command's words. */
export interface CommandWords {
  /** `inventory import`; empty for the program itself. */
  readonly path: string;
  readonly subcommands: readonly { readonly name: string; readonly what: string }[];
  readonly options: readonly OptionWords[];
}

export interface OptionWords {
  readonly flags: readonly string[];
  readonly what: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** The whole command line as words, from commander's own tree: a command that is added there is completed. */
export function commandWords(command: Command, path: readonly string[] = []): readonly CommandWords[] {
  const subcommands = command.commands.filter((each) => !each.name().startsWith("_"));
  const own = {
    path: path.join(" "),
    subcommands: subcommands.map((each) => ({ name: each.name(), what: each.description() })),
    options: [
      ...command.options
        .filter(({ hidden }) => !hidden)
        .map((option) => ({
          flags: [option.short, option.long].flatMap((flag) => flag ?? []),
          what: option.description,
          takesValue: option.required || option.optional,
          choices: option.argChoices ?? [],
        })),
      { flags: ["-h", "--help"], what: "affiche cette aide", takesValue: false, choices: [] },
    ],
  };
  return [own, ...subcommands.flatMap((each) => commandWords(each, [...path, each.name()]))];
}
