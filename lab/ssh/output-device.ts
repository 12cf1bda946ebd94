import { type ByteString, type FileContent, InMemoryFs, unsafeBytesFromLatin1 } from "just-bash";
import { inBashWords } from "./bash-words.ts";
import type { Io } from "./io.ts";

/** Where the device is mounted in a running script's file system. */
export const DEVICE = "/dev/constat";

/**
 * The files through which a script talks with its client while it runs: `out` and `err` send what is written to them, `line` waits for
 * one line of input (`secret` for one that is not shown, `record` for what ends in NUL), `rest` for all of it. An interactive shell also takes its next command from `next` and tells its directory to `cwd`.
 */
export class OutputDevice extends InMemoryFs {
  readonly #io: Io;
  readonly #signal: AbortSignal;

  readonly #prompt: Prompt | undefined;

  constructor(io: Io, signal: AbortSignal, prompt?: Prompt) {
    super({ "/out": "", "/err": "", "/line": "", "/secret": "", "/record": "", "/rest": "", "/next": "", "/cwd": "" });
    this.#io = io;
    this.#signal = signal;
    this.#prompt = prompt;
  }

  override async writeFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    const chunk = toBytes(content, options);
    if (chunk.length === 0) return;
    if (path === "/cwd") this.#prompt?.directory(chunk.toString("utf8"));
    else if (path === "/err") this.#io.write("stderr", inBashWords(chunk));
    else this.#io.write("stdout", chunk);
  }

  override appendFile(path: string, content: FileContent, options?: Encoding): Promise<void> {
    return this.writeFile(path, content, options);
  }

  override async readFileBuffer(path: string): Promise<Uint8Array> {
    if (path === "/rest") return await this.#io.input.readAll(this.#signal);
    if (path === "/next") return Buffer.from((await this.#prompt?.next(this.#signal)) ?? "");
    const { input, terminal } = this.#io;
    if (path === "/record") {
      const record = await input.readLine(this.#signal, 0);
      return Buffer.from(record === undefined ? "" : `${record}\0`);
    }
    if (path !== "/line" && path !== "/secret") return new Uint8Array();
    const hidden = path === "/secret" && terminal;
    const line = hidden ? await hidden.ask("none", this.#signal) : await input.readLine(this.#signal);
    return Buffer.from(line === undefined ? "" : `${line}\n`);
  }

  override async readFile(path: string): Promise<string> {
    return Buffer.from(await this.readFileBuffer(path)).toString("utf8");
  }

  override async readFileBytes(path: string): Promise<ByteString> {
    // Only `read` opens these, and it takes what it gets for text, not for bytes.
    if (path === "/line" || path === "/secret" || path === "/record")
      return unsafeBytesFromLatin1(await this.readFile(path));
    return unsafeBytesFromLatin1(Buffer.from(await this.readFileBuffer(path)).toString("latin1"));
  }
}

/** What an interactive shell asks for. */
export interface Prompt {
  /** The next command, ended by a NUL; undefined when there is none. */
  next(signal: AbortSignal): Promise<string | undefined>;
  directory(path: string): void;
}

type Encoding = Parameters<InMemoryFs["writeFile"]>[2];

/** just-bash hands bytes over as text with the encoding "binary", one character a byte. */
export function toBytes(content: FileContent, options?: Encoding): Buffer {
  if (typeof content !== "string") return Buffer.from(content);
  const encoding = typeof options === "string" ? options : options?.encoding;
  const bytesOnly = (encoding === "binary" || encoding === "latin1") && [...content].every((each) => each <= "\xff");
  return Buffer.from(content, bytesOnly ? "latin1" : "utf8");
}
