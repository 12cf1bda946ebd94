/** A simple getopt: single letters, bundled or not; those in `withValue` take the rest of the word or the next word, as the names in `longWithValue` do. */
export function parseFlags(args: readonly string[], withValue = "", longWithValue: readonly string[] = []): Flags {
  const flags = new Map<string, string>();
  const operands: string[] = [];
  const rest = [...args];
  while (rest.length > 0) {
    const word = rest.shift() ?? "";
    if (word === "--") operands.push(...rest.splice(0));
    else if (word.startsWith("--")) {
      const [name = "", value] = splitOnce(word.slice(2));
      flags.set(name, value ?? (longWithValue.includes(name) ? (rest.shift() ?? "") : ""));
    } else if (word.startsWith("-") && word !== "-") readLetters(word.slice(1), rest, withValue, flags);
    else operands.push(word);
  }
  return { flags, operands };
}

export interface Flags {
  /** By letter, or by long name; the value is empty for a flag without one. */
  readonly flags: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function readLetters(letters: string, rest: string[], withValue: string, flags: Map<string, string>): void {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? "";
    if (!withValue.includes(letter)) {
      flags.set(letter, "");
      continue;
    }
    flags.set(letter, letters.slice(index + 1) || (rest.shift() ?? ""));
    return;
  }
}

function splitOnce(text: string): readonly [string, string | undefined] {
  const at = text.indexOf("=");
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
