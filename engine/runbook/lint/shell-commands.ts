/** One simple command of a script: its words without their quotes, where its output goes, and where it starts. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Files that `>`, `>>`, `>|`, `&>` write to. */
  readonly writes: readonly { readonly target: string; readonly offset: number }[];
  readonly offset: number;
}

/** Nobody nests substitutions so deep; a stack has an end. */
const DEEPEST = 40;
const CONTROL = /(?:\r?\n|;;?&?|\|&|\|\|?|&&|&(?!>)|\(|\))/y;
const REDIRECTION = /(\d*|&)(<<<|<<-?|<>|<&|<|>>|>\||>&|>)[ \t]*/y;

/**
 * The simple commands of a shell script, those of substitutions included, in the order in which they appear. Reads quotes,
 * comments and here-documents; it is no parser of the whole grammar, so reserved words come as words.
 */
export function shellCommands(script: string, base = 0, depth = 0): readonly ShellCommand[] {
  if (depth > DEEPEST) return [];
  const commands: ShellCommand[] = [];
  const inner: ShellCommand[] = [];
  const heredocs: string[] = [];
  let words: string[] = [];
  let writes: { target: string; offset: number }[] = [];
  let start = 0;
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(script);
    if (found !== null) at += found[0].length;
    return found;
  };
  const end = () => {
    if (words.length > 0 || writes.length > 0) commands.push({ words, writes, offset: base + start });
    commands.push(...inner.splice(0));
    words = [];
    writes = [];
  };

  while (at < script.length) {
    if (match(/(?:[ \t]|\\\r?\n)+/y)) continue;
    if (match(/#[^\n]*/y)) continue;
    const control = match(CONTROL);
    if (control !== null) {
      end();
      if (control[0].includes("\n")) for (const mark of heredocs.splice(0)) skipHeredoc(mark);
      continue;
    }
    const offset = at;
    if (words.length === 0 && writes.length === 0) start = at;
    const redirection = match(REDIRECTION);
    if (redirection !== null) {
      const operator = redirection[2] ?? "";
      const target = readWord();
      if (operator.startsWith("<<") && operator !== "<<<") heredocs.push(target);
      else if (operator.includes(">") && operator !== "<>" && !/^(?:\d+|-)$/.test(target)) {
        writes.push({ target, offset: base + offset });
      }
      continue;
    }
    const word = readWord();
    if (at === offset) at += 1;
    else words.push(word);
  }
  end();
  return commands;

  function readWord(): string {
    let word = "";
    while (at < script.length) {
      const char = script[at] ?? "";
      if (/[\s;|&()<>]/.test(char)) break;
      if (char === "\\") {
        word += script[at + 1] ?? "";
        at += 2;
      } else if (char === "'") {
        const close = script.indexOf("'", at + 1);
        word += script.slice(at + 1, close < 0 ? script.length : close);
        at = close < 0 ? script.length : close + 1;
      } else if (char === '"') word += readDoubleQuoted();
      else if (char === "$" || char === "`") word += readExpansion();
      else {
        word += char;
        at += 1;
      }
    }
    return word;
  }

  function readDoubleQuoted(): string {
    let text = "";
    at += 1;
    while (at < script.length && script[at] !== '"') {
      const char = script[at] ?? "";
      if (char === "\\") {
        text += script[at + 1] ?? "";
        at += 2;
      } else if (char === "$" || char === "`") text += readExpansion();
      else {
        text += char;
        at += 1;
      }
    }
    at += 1;
    return text;
  }

  function readExpansion(): string {
    const from = at;
    if (script[at] === "`") {
      const close = script.indexOf("`", at + 1);
      at = close < 0 ? script.length : close + 1;
      inner.push(...shellCommands(script.slice(from + 1, at - 1), base + from + 1, depth + 1));
      return script.slice(from, at);
    }
    const opening = script[at + 1];
    if (opening === "(" || opening === "{") {
      const arithmetic = script.startsWith("$((", at);
      at = closing(script, at + 1, opening, opening === "(" ? ")" : "}");
      if (opening === "(" && !arithmetic)
        inner.push(...shellCommands(script.slice(from + 2, at - 1), base + from + 2, depth + 1));
      return script.slice(from, at);
    }
    at += 1;
    return "$";
  }

  function skipHeredoc(mark: string): void {
    while (at < script.length) {
      const close = script.indexOf("\n", at);
      const line = script.slice(at, close < 0 ? script.length : close);
      at = close < 0 ? script.length : close + 1;
      if (line.replace(/^\t+/, "").trimEnd() === mark) return;
    }
  }
}

/** Offset after the bracket that closes the one at `from`; quotes inside are skipped. */
function closing(script: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < script.length; at += 1) {
    const char = script[at];
    if (char === "\\") at += 1;
    else if (char === "'") {
      const end = script.indexOf("'", at + 1);
      if (end < 0) return script.length;
      at = end;
    } else if (char === open) depth += 1;
    else if (char === close) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return script.length;
}
