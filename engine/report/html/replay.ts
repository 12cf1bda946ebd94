import headless from "@xterm/headless";
import { PAGE_COLUMNS, rowSpans } from "../screen.ts";
import { classesOf } from "../terminal-html.ts";

/** One row of the screen as pieces of text, each with its classes; a piece without a look of its own is its text alone. */
type Row = readonly (string | readonly [classes: string, text: string])[];

/** What a terminal showed as time went on: at each instant the rows that changed. Seconds since the block began. */
export interface Replay {
  readonly rows: number;
  readonly seconds: number;
  readonly frames: readonly (readonly [seconds: number, changes: readonly (readonly [row: number, cells: Row])[]])[];
}

export interface Piece {
  readonly seconds: number;
  readonly bytes: Uint8Array;
}

const ROWS = 24;
/** Pieces that came so close together are one picture to the eye. */
const INSTANT = 0.05;
const MOST_FRAMES = 400;
/** An answer that came in one go has nothing to replay. */
const WORTH = { instants: 3, seconds: 0.8 } as const;

/** The recording of an output, drawn by the same terminal that made the report's text; undefined when it came too fast for the eye. */
export async function replayOf(pieces: readonly Piece[]): Promise<Replay | undefined> {
  const instants = toInstants(pieces);
  const last = instants.at(-1)?.seconds ?? 0;
  if (instants.length < WORTH.instants || last - (instants[0]?.seconds ?? 0) < WORTH.seconds) return undefined;
  const terminal = new headless.Terminal({
    ...{ cols: PAGE_COLUMNS, rows: ROWS, scrollback: 0, convertEol: true, allowProposedApi: true },
  });
  try {
    const frames: [number, [number, Row][]][] = [];
    let shown: readonly string[] = [];
    for (const { seconds, bytes } of instants) {
      await new Promise<void>((resolve) => terminal.write(bytes, resolve));
      const rows = rowsOf(terminal);
      const keys = rows.map((row) => JSON.stringify(row));
      const changes = rows.flatMap((row, index): [number, Row][] =>
        keys[index] === (shown[index] ?? "[]") ? [] : [[index, row]],
      );
      shown = keys;
      if (changes.length > 0) frames.push([Number(seconds.toFixed(2)), changes]);
    }
    return {
      rows: Math.max(...frames.flatMap(([, changes]) => changes.map(([row]) => row + 1))),
      seconds: last,
      frames,
    };
  } finally {
    terminal.dispose();
  }
}

function toInstants(pieces: readonly Piece[]): readonly Piece[] {
  const total = pieces.at(-1)?.seconds ?? 0;
  const step = Math.max(INSTANT, total / MOST_FRAMES);
  const instants: { seconds: number; parts: Uint8Array[] }[] = [];
  for (const { seconds, bytes } of pieces) {
    const current = instants.at(-1);
    if (current !== undefined && seconds - current.seconds < step) current.parts.push(bytes);
    else instants.push({ seconds, parts: [bytes] });
  }
  return instants.map(({ seconds, parts }) => ({ seconds, bytes: Buffer.concat(parts) }));
}

function rowsOf(terminal: headless.Terminal): readonly Row[] {
  const buffer = terminal.buffer.active;
  return Array.from({ length: ROWS }, (_, index) => {
    const line = buffer.getLine(buffer.viewportY + index);
    return line === undefined
      ? []
      : rowSpans(line, buffer.getNullCell()).map(({ text, style }) => {
          const classes = classesOf(style);
          return classes === "" ? text : ([classes, text] as const);
        });
  });
}
