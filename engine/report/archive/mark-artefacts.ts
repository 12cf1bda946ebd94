const OPERATOR = /[ \t\r\n\f\0]+|%[^\r\n]*|<<|>>|<[0-9A-Fa-f\s]*>|[()[\]{}]|\/[^\s\0()<>[\]{}/%]*|[^\s\0()<>[\]{}/%]+/y;
const PATH = new Set(["m", "l", "c", "v", "y", "h", "re"]);
const PAINT = new Set(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*"]);
const SHOW = new Set(["Tj", "TJ", "'", '"', "Do", "sh"]);
/** Where an artefact must not reach over. */
const BORDER = new Set(["q", "Q", "BT", "ET", "BMC", "BDC"]);

/** A page's drawing orders (as Latin-1 text) in which everything that no tag claims is marked as an artefact: heads, feet, rules, backgrounds. */
export function markArtefacts(content: string): string {
  const pieces: string[] = [];
  let written = 0;
  let depth = 0;
  let path = -1;
  /** End of the last order of the open artefact; -1 when none is open. */
  let end = -1;
  const insert = (at: number, text: string): void => {
    pieces.push(content.slice(written, at), text);
    written = at;
  };
  const close = (): void => {
    if (end >= 0) insert(end, "\nEMC");
    end = -1;
  };
  const paint = (from: number, to: number): void => {
    if (end < 0) insert(from, "/Artifact BMC\n");
    end = to;
  };
  for (const { name, from, to } of operators(content)) {
    if (BORDER.has(name)) close();
    if (name === "BMC" || name === "BDC") depth += 1;
    else if (name === "EMC") depth -= 1;
    else if (depth === 0) {
      if (PATH.has(name) && path < 0) path = from;
      if (PAINT.has(name)) paint(path < 0 ? from : path, to);
      if (SHOW.has(name)) paint(from, to);
    }
    if (PAINT.has(name) || name === "n") path = -1;
  }
  close();
  pieces.push(content.slice(written));
  return pieces.join("");
}

interface Operator {
  readonly name: string;
  /** Start of its first operand. */
  readonly from: number;
  readonly to: number;
}

function* operators(content: string): Generator<Operator> {
  let from = -1;
  let at = 0;
  while (at < content.length) {
    OPERATOR.lastIndex = at;
    const [token = content[at] ?? ""] = OPERATOR.exec(content) ?? [];
    const start = at;
    at = token === "(" ? endOfString(content, start) : start + token.length;
    const first = token[0] ?? "";
    if (/[\s\0%]/.test(first)) continue;
    if (from < 0) from = start;
    if (!/[A-Za-z'"]/.test(first) || token === "true" || token === "false" || token === "null") continue;
    yield { name: token, from, to: at };
    from = -1;
  }
}

/** After the parenthesis that ends a literal string. */
function endOfString(content: string, start: number): number {
  let depth = 0;
  for (let at = start; at < content.length; at += 1) {
    const character = content[at];
    if (character === "\\") at += 1;
    else if (character === "(") depth += 1;
    else if (character === ")") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return content.length;
}
