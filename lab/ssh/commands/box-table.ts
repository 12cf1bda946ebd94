/** A table's cell; numbers stand to the right. */
export interface Cell {
  readonly text: string;
  readonly right?: boolean;
}

/** A table with the box-drawing borders of Proxmox's commands: a double line under the head, a line between rows. */
export function boxTable(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(...[head, ...rows].map((row) => [...(row[column]?.text ?? "")].length), cell.text.length),
  );
  const rule = (left: string, line: string, middle: string, right: string) =>
    `${left}${widths.map((width) => line.repeat(width + 2)).join(middle)}${right}\n`;
  const print = (row: readonly Cell[]) =>
    `│${widths.map((width, column) => ` ${pad(row[column] ?? { text: "" }, width)} `).join("│")}│\n`;
  return [
    rule("┌", "─", "┬", "┐"),
    print(head),
    rule("╞", "═", "╪", "╡"),
    rows.map(print).join(rule("├", "─", "┼", "┤")),
    rule("└", "─", "┴", "┘"),
  ].join("");
}

function pad(cell: Cell, width: number): string {
  const space = " ".repeat(width - [...cell.text].length);
  return cell.right ? space + cell.text : cell.text + space;
}
