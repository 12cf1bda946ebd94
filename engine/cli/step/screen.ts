import type { Terminal } from "../terminal.ts";
import { columnsOf, cutText } from "./fit-text.ts";

/** Columns and rows, asked anew each time. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Text that stays, and below it a few lines that are drawn again and again. */
export interface Screen {
  /** Writes for good, above the live lines. */
  print(text: string): void;
  /** Replaces the live lines; asked again when the window changes. Undefined: none. */
  live(lines: ((size: Size) => readonly string[]) | undefined): void;
  redraw(): void;
  /** The live lines are away while somebody else writes, a question or an editor. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  readonly size: Size;
  close(): void;
}

type Output = Pick<NodeJS.WriteStream, "columns" | "rows" | "on" | "off">;

/** Draws on the process's terminal. `close` leaves it as it was. */
export function openScreen(terminal: Pick<Terminal, "out">, output: Output = process.stdout): Screen {
  let render: ((size: Size) => readonly string[]) | undefined;
  let drawn: readonly string[] = [];
  let hidden = 0;
  /** Something was written without its line end: the next text goes on there. */
  let open = false;
  const size = (): Size => ({ columns: output.columns || 80, rows: output.rows || 24 });

  // A window that became narrower has folded what was drawn.
  const erase = (): string => {
    if (drawn.length === 0) return "";
    const { columns } = size();
    const rows = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(columnsOf(line) / columns)), 0);
    drawn = [];
    return `${rows > 1 ? `\x1b[${rows - 1}A` : ""}\r\x1b[J`;
  };
  const draw = (): string => {
    if (render === undefined || hidden > 0 || open) return "";
    const now = size();
    drawn = render(now)
      .slice(-Math.max(1, now.rows - 1))
      .map((line) => cutText(line, now.columns - 1));
    return drawn.join("\n");
  };
  const redraw = (): void => {
    const text = erase() + draw();
    if (text !== "") terminal.out(text);
  };
  output.on("resize", redraw);
  return {
    print: (text) => {
      if (text === "") return;
      const before = erase();
      open = !text.endsWith("\n");
      terminal.out(before + text + draw());
    },
    live: (lines) => {
      render = lines;
      redraw();
    },
    redraw,
    alone: async (act) => {
      hidden += 1;
      redraw();
      try {
        return await act();
      } finally {
        hidden -= 1;
        open = false;
        redraw();
      }
    },
    get size() {
      return size();
    },
    close: () => {
      render = undefined;
      redraw();
      output.off("resize", redraw);
    },
  };
}
