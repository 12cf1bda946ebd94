import { createDecoder, type Input } from "./input.ts";

/** How typed characters are shown while a line is read: as they are, as stars (Proxmox's password prompt), or not at all. */
export type Echo = "plain" | "stars" | "none";

/** A pseudo terminal's line discipline: collects typed bytes into lines, echoes them, turns Ctrl-C into an interrupt. */
export interface Terminal extends Input {
  columns: number;
  rows: number;
  /** As `stty` set it: whether typed characters are shown, and whether Ctrl-C and the like are mere characters. */
  echo: boolean;
  raw: boolean;
  /** Feeds bytes that the client typed. */
  type(data: Buffer): void;
  /** The client will type no more. */
  end(): void;
  /** As `readLine`, shown in another way than the terminal's own. */
  ask(echo: Echo, signal: AbortSignal): Promise<string | undefined>;
  /** Called at each Ctrl-C. */
  onInterrupt(listener: () => void): void;
}

interface Reader {
  /** Undefined: as the terminal is set. */
  readonly echo: Echo | undefined;
  resolve(line: string | undefined): void;
}

const [CTRL_C, CTRL_D, CTRL_U, BACKSPACE, DELETE] = ["\x03", "\x04", "\x15", "\b", "\x7f"];

/** Makes a terminal; `show` receives what is echoed, newlines as "\n". */
export function createTerminal(columns: number, rows: number, show: (text: string) => void): Terminal {
  const interrupts: (() => void)[] = [];
  const typedAhead: string[] = [];
  let line = "";
  let ended = false;
  let reader: Reader | undefined;

  const finish = (text: string | undefined) => {
    const waiting = reader;
    reader = undefined;
    line = "";
    if (waiting) waiting.resolve(text);
    else if (text !== undefined) typedAhead.push(text);
  };
  const decode = createDecoder();
  const shown = (): Echo => reader?.echo ?? (terminal.echo ? "plain" : "none");
  const erase = (count: number) => {
    if (count === 0) return;
    line = line.slice(0, -count);
    if (shown() !== "none") show("\b \b".repeat(count));
  };
  const insert = (character: string) => {
    line += character;
    const how = shown();
    if (how !== "none") show(how === "stars" ? "*" : character);
  };
  const typed = (character: string) => {
    if (terminal.raw && character !== "\n" && character !== "\r") return insert(character);
    switch (character) {
      case CTRL_C:
        show("^C\n");
        line = "";
        for (const listener of interrupts) listener();
        return;
      case CTRL_D:
        if (line === "") finish(undefined);
        return;
      case CTRL_U:
        erase(line.length);
        return;
      case BACKSPACE:
      case DELETE:
        erase(Math.min(1, line.length));
        return;
      case "\r":
      case "\n":
        if (shown() !== "none") show("\n");
        finish(line);
        return;
      default:
        insert(character);
    }
  };

  const ask = (echo: Echo | undefined, signal: AbortSignal) => {
    const ahead = typedAhead.shift();
    if (ahead !== undefined || ended) return Promise.resolve(ahead);
    return new Promise<string | undefined>((resolve, reject) => {
      const onAbort = () => {
        reader = undefined;
        reject(signal.reason);
      };
      if (signal.aborted) return onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      reader = {
        echo,
        resolve(text) {
          signal.removeEventListener("abort", onAbort);
          resolve(text);
        },
      };
    });
  };

  const terminal: Terminal = {
    columns,
    rows,
    echo: true,
    raw: false,
    type: (data) => {
      for (const character of decode(data)) typed(character);
    },
    end() {
      ended = true;
      finish(undefined);
    },
    onInterrupt: (listener) => interrupts.push(listener),
    ask,
    readLine: (signal) => ask(undefined, signal),
    async readAll(signal) {
      let text = "";
      for (let next = await ask(undefined, signal); next !== undefined; next = await ask(undefined, signal))
        text += `${next}\n`;
      return Buffer.from(text);
    },
  };
  return terminal;
}
