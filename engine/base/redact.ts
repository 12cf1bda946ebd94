import { secretForms } from "./secret-forms.ts";

/** What stands where something was taken out. */
export const MASK = "▮▮▮";
const MASK_BYTES = Buffer.from(MASK, "utf8");

/** How often each rule took something out: `secret`, or the author's regular expression. */
export type RedactionCounts = Readonly<Record<string, number>>;

/** Masks a stream piece by piece; what may be the beginning of a secret waits for the next piece. */
export interface RedactedStream {
  write(chunk: Uint8Array): Uint8Array;
  /** What was waiting, masked. */
  end(): Uint8Array;
  readonly counts: RedactionCounts;
}

/** Takes secrets out of everything before it is kept or shown. */
export interface Redactor {
  text(text: string): string;
  content(
    content: Uint8Array | string,
    rules: readonly string[],
  ): { readonly content: Uint8Array; readonly counts: RedactionCounts };
  stream(rules: readonly string[]): RedactedStream;
}

/** A redactor for the secrets that `known` names at the moment; it may learn more while a run goes on. */
export function createRedactor(known: () => readonly string[]): Redactor {
  const forms = cachedForms(known);
  const stream = (rules: readonly string[]): RedactedStream => new Masking(forms, rules);
  const content = (input: Uint8Array | string, rules: readonly string[]) => {
    const masking = stream(rules);
    const bytes = typeof input === "string" ? Buffer.from(input, "utf8") : input;
    return { content: Buffer.concat([masking.write(bytes), masking.end()]), counts: masking.counts };
  };
  return {
    stream,
    content,
    text: (text) => Buffer.from(content(text, []).content).toString("utf8"),
  };
}

/** The spellings of all secrets, in one-byte-per-letter form so that any bytes can be searched; made anew when one is added. */
function cachedForms(known: () => readonly string[]): () => Forms {
  let count = -1;
  let forms: Forms = { all: [], pattern: undefined };
  return () => {
    const secrets = known();
    if (secrets.length === count) return forms;
    count = secrets.length;
    const all = [...new Set(secrets.flatMap(secretForms))]
      .map((form) => Buffer.from(form, "utf8").toString("latin1"))
      .sort((a, b) => b.length - a.length);
    forms = {
      all,
      pattern: all.length === 0 ? undefined : new RegExp(all.map((form) => RegExp.escape(form)).join("|"), "g"),
    };
    return forms;
  };
}

interface Forms {
  readonly all: readonly string[];
  readonly pattern: RegExp | undefined;
}

class Masking implements RedactedStream {
  readonly counts: Record<string, number> = {};
  readonly #forms: () => Forms;
  readonly #rules: readonly { readonly name: string; readonly pattern: RegExp }[];
  /** Letters of one byte each: may begin a secret. */
  #held = "";
  /** Bytes of a line that is not whole yet; only when there are rules, which look at lines. */
  #line = "";

  constructor(forms: () => Forms, rules: readonly string[]) {
    this.#forms = forms;
    this.#rules = rules.map((name) => ({ name, pattern: new RegExp(name, "gu") }));
  }

  write(chunk: Uint8Array): Uint8Array {
    const forms = this.#forms();
    const masked = this.#maskSecrets(this.#held + Buffer.from(chunk).toString("latin1"), forms);
    const keep = waiting(masked, forms.all);
    this.#held = masked.slice(masked.length - keep);
    return this.#maskLines(masked.slice(0, masked.length - keep), false);
  }

  end(): Uint8Array {
    const rest = this.#held;
    this.#held = "";
    return this.#maskLines(rest, true);
  }

  #maskSecrets(text: string, { pattern }: Forms): string {
    if (pattern === undefined) return text;
    return text.replace(pattern, () => {
      this.#count("secret");
      return MASK_BYTES.toString("latin1");
    });
  }

  #maskLines(text: string, last: boolean): Uint8Array {
    if (this.#rules.length === 0) return Buffer.from(text, "latin1");
    const lines = (this.#line + text).split(/(?<=\n)/);
    this.#line = last || lines.at(-1)?.endsWith("\n") ? "" : (lines.pop() ?? "");
    return Buffer.concat(lines.map((line) => this.#maskLine(Buffer.from(line, "latin1"))));
  }

  #maskLine(bytes: Buffer): Buffer {
    const text = bytes.toString("utf8");
    let masked = text;
    for (const { name, pattern } of this.#rules) {
      masked = masked.replace(pattern, (match) => {
        if (match === "") return match;
        this.#count(name);
        return MASK;
      });
    }
    // Bytes that are no UTF-8 stay as they came where nothing was masked.
    return masked === text ? bytes : Buffer.from(masked, "utf8");
  }

  #count(rule: string): void {
    this.counts[rule] = (this.counts[rule] ?? 0) + 1;
  }
}

/** Length of the longest end of `text` that begins a secret; nothing else is held back. */
function waiting(text: string, forms: readonly string[]): number {
  let longest = 0;
  for (const form of forms) {
    for (let length = Math.min(form.length - 1, text.length); length > longest; length -= 1) {
      if (form.startsWith(text.slice(text.length - length))) longest = length;
    }
  }
  return longest;
}
