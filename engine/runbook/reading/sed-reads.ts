/** Whether a sed script only edits what it prints: no `w` or `e`, alone or as a flag, and nothing that this does not know. */
export function sedOnlyPrints(script: string): boolean {
  let rest = script;
  while (rest !== "") {
    const taken = BLANK.exec(rest) ?? ADDRESS.exec(rest) ?? SIMPLE.exec(rest) ?? TEXT.exec(rest);
    const length = taken?.[0].length ?? substitution(rest);
    if (length === undefined || length === 0) return false;
    rest = rest.slice(length);
  }
  return true;
}

const BLANK = /^[\s;{}!]+/;
/** Line numbers, `$`, steps, and `/regex/` with escaped slashes. */
const ADDRESS = /^(?:[\d$,~+]+|\/(?:\\.|\[(?:\\.|[^\]])*\]|[^\\/[\n])*\/[IM]?)/;
const SIMPLE = /^(?:[=dDgGhHlnNpPxzF]|[bt][ \t]*[\w-]*|:[\w-]+|[qQ]\d*)/;
/** Appended lines are letters to the end of the line. */
const TEXT = /^[aic]\\?[^\n]*/;

/** Length of an `s` or `y` command whose flags only choose what is replaced and printed. */
function substitution(text: string): number | undefined {
  const delimiter = text[1];
  if (!/^[sy]/.test(text) || delimiter === undefined || /[\w\s\\]/.test(delimiter)) return undefined;
  let at = 2;
  for (let part = 0; part < 2; part += 1) {
    while (at < text.length && text[at] !== delimiter) at += text[at] === "\\" ? 2 : 1;
    if (text[at] !== delimiter) return undefined;
    at += 1;
  }
  const flags = /^[gpiIm\d]*/.exec(text.slice(at))?.[0] ?? "";
  const next = text[at + flags.length];
  return next === undefined || /[\s;}]/.test(next) ? at + flags.length : undefined;
}
