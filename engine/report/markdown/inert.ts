/** Text of a machine or an author as GFM text in one line: nothing of it is markup, a link or a mention on a forge. */
export function inert(text: string): string {
  return (
    oneLine(text)
      .replace(/[\\`*_{}[\]<>~&$]/g, "\\$&")
      .replace(/@(?=\w)/g, "@<!-- -->")
      .replace(/#(?=\w)/g, "#<!-- -->")
      .replace(/\b(https?|ftp|mailto|xmpp):/gi, "$1<!-- -->:")
      .replace(/\bwww\./gi, "www<!-- -->.")
      // A bar behind a backslash ends a table's cell in some readers and not in others.
      .replaceAll("|", "&#124;")
      // What would begin a heading, a list or a rule.
      .replace(/^[#+=-]/, "\\$&")
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
  );
}

/** The same as code within a line; as plain text where it is a table's cell and holds a bar. */
export function code(text: string, cell = false): string {
  const line = oneLine(text);
  if (line === "" || (cell && line.includes("|"))) return inert(line);
  const marks = "`".repeat(longestRun(line) + 1);
  return /^`|`$/.test(line) ? `${marks} ${line} ${marks}` : `${marks}${line}${marks}`;
}

/** Lines as a block of code that nothing within them can end. */
export function fence(text: string, language = "text"): string {
  const marks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${marks}${language}\n${text.replace(/\n$/, "")}\n${marks}`;
}

/** A table's row. */
export function row(...cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells))].join("\n");
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to replace
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
