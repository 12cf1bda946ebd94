import { stripVTControlCharacters } from "node:util";

const KEPT_BYTES = 4096;
const SHOWN = 150;
const LINES = 2;

/** Keeps the end of a stream, for the lines in which a command says why it failed. */
export class LastWords {
  #end = Buffer.alloc(0);

  add(chunk: Uint8Array): void {
    this.#end = Buffer.concat([this.#end, chunk]).subarray(-KEPT_BYTES);
  }

  /** The last two lines that say something: the reason often stands before the end; each cut when it is long, empty when there is none. */
  text(): string {
    const lines = stripVTControlCharacters(this.#end.toString("utf8")).split(/[\r\n]+/);
    const said = lines.map((line) => line.trim()).filter((line) => line !== "");
    return said.slice(-LINES).map(brief).join(" ; ");
  }
}

function brief(line: string): string {
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
