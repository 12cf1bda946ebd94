/** What a Proxmox command line holds: its operands in order, and its options by name ("link0", "force"). */
export interface PveArguments {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

/** Which options a subcommand takes: with a value, or as a flag. A name ending in "[n]" stands for its eight numbered forms. */
export type OptionKinds = Readonly<Record<string, "value" | "flag">>;

/** Options that a subcommand does not know, in the words of Perl's Getopt::Long. */
export class UnknownOption extends Error {
  override readonly name = "UnknownOption";
}

/** Reads "--name value", "--name=value" and "-name value"; a flag without a value is "1". Throws UnknownOption. */
export function parsePveArguments(args: readonly string[], kinds: OptionKinds): PveArguments {
  const operands: string[] = [];
  const options: Record<string, string> = {};
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if (word === "--") operands.push(...rest.splice(0));
    const option = /^--?([a-zA-Z][\w-]*)(?:=(.*))?$/s.exec(word);
    if (!option) {
      if (word !== "--") operands.push(word);
      continue;
    }
    const [, given = "", inline] = option;
    const name = fullName(given, kinds);
    const kind = kindOf(name, kinds);
    if (!kind) throw new UnknownOption(`Unknown option: ${given.toLowerCase()}`);
    if (inline !== undefined) options[name] = inline;
    else if (kind === "flag")
      options[name] = /^(?:0|1|yes|no|on|off|true|false)$/.test(rest[0] ?? "") ? (rest.shift() ?? "") : "1";
    else if (rest.length === 0) throw new UnknownOption(`Option ${given} requires an argument`);
    else options[name] = rest.shift() ?? "";
  }
  return { operands, options };
}

/** True for the spellings Proxmox takes as yes. */
export function isYes(value: string | undefined): boolean {
  return value !== undefined && /^(?:1|on|yes|true)$/i.test(value);
}

function kindOf(name: string, kinds: OptionKinds): "value" | "flag" | undefined {
  return kinds[name] ?? kinds[name.replace(/[0-7]$/, "[n]")];
}

/** Getopt::Long takes any unambiguous beginning of a name. */
function fullName(given: string, kinds: OptionKinds): string {
  if (kindOf(given, kinds)) return given;
  const candidates = Object.keys(kinds).filter((name) => !name.endsWith("[n]") && name.startsWith(given));
  return candidates.length === 1 ? (candidates[0] ?? given) : given;
}
