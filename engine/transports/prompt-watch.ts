import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import type { PromptAnswer } from "./port.ts";

/** Characters of output in which a prompt is looked for. */
const TAIL = 4_096;
/** A line that waits for somebody: a question, a yes-or-no in brackets, a request for a password or a one-time code. */
const LOOKS_LIKE_PROMPT =
  /(?:\?\s*|[([](?:y|yes|o|oui)(?:es)?\s*\/\s*(?:n|no|non)\b[^)\]]*[)\]]\s*[?:]?\s*|(?:password|passphrase|passcode|\bT?OTP\b|mot de passe|phrase secr\S+)[^\n]*:\s*)$/i;

/** Follows what a terminal shows and says what to type. Each answer is used once; the first one that fits is taken. */
export class PromptWatch {
  readonly #left: PromptAnswer[];
  readonly #decoder = new StringDecoder("utf8");
  #raw = "";
  #pending = "";

  constructor(answers: readonly PromptAnswer[]) {
    this.#left = [...answers];
  }

  /** Takes a piece of output; gives the answer to type when the output since the last answer shows its prompt. */
  feed(chunk: Buffer): string | undefined {
    this.#raw = (this.#raw + this.#decoder.write(chunk)).slice(-TAIL);
    const text = stripVTControlCharacters(this.#raw).replace(/\r+\n/g, "\n");
    this.#pending = text.slice(text.lastIndexOf("\n") + 1);
    const index = this.#left.findIndex(({ prompt }) =>
      new RegExp(prompt.source, prompt.flags.replace(/[gy]/g, "")).test(text),
    );
    if (index < 0) return undefined;
    const [used] = this.#left.splice(index, 1);
    this.#raw = "";
    this.#pending = "";
    return used?.answer;
  }

  /** The unfinished last line when it looks like a question; undefined when nothing seems to be asked. */
  question(): string | undefined {
    const line = this.#pending.trimStart();
    return line !== "" && LOOKS_LIKE_PROMPT.test(line) ? line.trim() : undefined;
  }
}
