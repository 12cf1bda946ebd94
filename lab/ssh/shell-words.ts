import type { SimpleCommandNode, WordNode } from "just-bash";

/** A word of the syntax tree that stands for exactly this text. */
export function word(value: string): WordNode {
  return { type: "Word", parts: [{ type: "Literal", value }] };
}

/** The text of a word that needs no expansion; undefined when it does. */
export function literalOf(name: WordNode | null): string | undefined {
  const [part, ...more] = name?.parts ?? [];
  return part?.type === "Literal" && more.length === 0 ? part.value : undefined;
}

/** The words of a command when none needs any expansion (quotes are fine); undefined otherwise. */
export function plainWords(command: SimpleCommandNode): readonly string[] | undefined {
  const words = [command.name, ...command.args].map((each) => (each ? plainText(each) : undefined));
  return words.every((each) => each !== undefined) ? words : undefined;
}

/** One argument of a shell command line, quoted when it needs to be. */
export function shellQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** True when a command reads its standard input, as far as its words tell: `cat`, `tee file`, `grep word`, but not `cat file`. */
export function mayReadInput(command: SimpleCommandNode): boolean {
  const operands = READS_WITH_OPERANDS[literalOf(command.name) ?? ""];
  if (operands === undefined) return false;
  const given = command.args.map(literalOf).filter((text) => text === undefined || !/^(?:-.*|\d+)$/.test(text));
  return given.length <= operands || command.args.some((argument) => literalOf(argument) === "-");
}

/** Commands that read standard input, with the number of operands up to which they do. */
const READS_WITH_OPERANDS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ["cat", "wc", "sort", "uniq", "rev", "tac", "nl", "od", "head", "tail", "cut"].map((name) => [name, 0]),
  ),
  ...Object.fromEntries(
    ["md5sum", "sha1sum", "sha256sum", "base64", "gzip", "gunzip", "zcat", "bash", "sh"].map((name) => [name, 0]),
  ),
  ...Object.fromEntries(
    ["grep", "egrep", "fgrep", "sed", "awk", "jq", "mapfile", "readarray"].map((name) => [name, 1]),
  ),
  ...Object.fromEntries(["tee", "tr", "xargs"].map((name) => [name, Number.POSITIVE_INFINITY])),
};

/** The text of a word without expansions, quotes taken off; undefined when it has any. */
export function plainText(each: WordNode): string | undefined {
  let text = "";
  for (const part of each.parts) {
    switch (part.type) {
      case "Literal":
      case "SingleQuoted":
      case "Escaped":
        text += part.value;
        break;
      case "DoubleQuoted": {
        const inner = plainText({ type: "Word", parts: part.parts });
        if (inner === undefined) return undefined;
        text += inner;
        break;
      }
      default:
        return undefined;
    }
  }
  return text;
}
