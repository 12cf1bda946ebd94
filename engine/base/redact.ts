import { secretForms, TOLD_BEFORE_BREAK, wrappedForms } from "./secret-forms.ts";

/** What stands where a secret was. */
export const MASK = "▮▮▮";

/** Shorter values would mask half of any text. */
const SHORTEST_SECRET = 4;
/** A line longer than this is judged in pieces rather than held back. */
const LONGEST_LINE = 65_536;
const MASK_BYTES = Buffer.from(MASK, "utf8").toString("latin1");

/** An author's mask: what matches within a line is covered. */
export interface MaskRule {
  readonly id: string;
  readonly pattern: RegExp;
}

/** How many places each rule has covered. */
export type RedactionCounts = Readonly<Record<string, number>>;

/** Bytes in, masked bytes out. Holds back only what may be the beginning of a secret (or, with masks, an unfinished line). */
export interface RedactionStream {
  write(chunk: Uint8Array): Uint8Array;
  /** What was still held back. */
  end(): Uint8Array;
  readonly counts: RedactionCounts;
}

/** Removes known secrets from any text or bytes before they leave memory. Secrets may be added while streams are open. */
export class Redactor {
  readonly #rules = new Map<string, string>();
  /** Forms in which a line may end anywhere. */
  readonly #wrapped = new Set<string>();
  #longest = 0;
  /** The forms by their first byte, so that few are compared at each place. */
  #byFirst: ReadonlyMap<string, readonly string[]> = new Map();
  #search: RegExp | undefined;

  /** Makes a value secret from now on. `too-short`: it was refused, and the caller must say that it will not be masked. */
  add(secret: string, rule = "secret"): "added" | "too-short" {
    if (secret.length < SHORTEST_SECRET) return "too-short";
    const known = this.#rules.size;
    for (const form of wrappedForms(secret)) this.#wrapped.add(form);
    for (const form of secretForms(secret)) if (!this.#rules.has(form)) this.#rules.set(form, rule);
    if (this.#rules.size === known) return "added";
    const needles = [...this.#rules.keys()].sort((a, b) => b.length - a.length);
    this.#longest = needles[0]?.length ?? 0;
    this.#byFirst = Map.groupBy(needles, (needle) => needle.charAt(0));
    this.#search = new RegExp(needles.map((needle) => this.#pattern(needle)).join("|"), "g");
    return "added";
  }

  #pattern(needle: string): string {
    if (!this.#wrapped.has(needle)) return RegExp.escape(needle);
    return [...needle].map((character) => RegExp.escape(character)).join("(?:\\r?\\n)?");
  }

  /** The text with every secret and every match of the masks covered. */
  text(text: string, masks: readonly MaskRule[] = []): { readonly text: string; readonly counts: RedactionCounts } {
    const stream = this.stream(masks);
    const parts = [stream.write(Buffer.from(text, "utf8")), stream.end()];
    return { text: Buffer.concat(parts).toString("utf8"), counts: stream.counts };
  }

  /** A stream of its own for each output, as each holds back bytes of its own. */
  stream(masks: readonly MaskRule[] = []): RedactionStream {
    const counts: Record<string, number> = {};
    const count = (rule: string) => {
      counts[rule] = (counts[rule] ?? 0) + 1;
    };
    let held = "";
    let line = "";
    const lines = (bytes: string, final: boolean): Uint8Array => {
      if (masks.length === 0) return Buffer.from(bytes, "latin1");
      const text = line + bytes;
      const whole =
        final || text.length > LONGEST_LINE
          ? text.length
          : Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
      line = text.slice(whole);
      return maskLines(text.slice(0, whole), masks, count);
    };
    return {
      counts,
      write: (chunk) => {
        const { done, rest } = this.#cover(held + Buffer.from(chunk).toString("latin1"), false, count);
        held = rest;
        return lines(done, false);
      },
      end: () => {
        const { done } = this.#cover(held, true, count);
        held = "";
        return lines(done, true);
      },
    };
  }

  /** How often each secret is still to be found in bytes that should hold none. */
  leftovers(bytes: Uint8Array): RedactionCounts {
    const stream = this.stream();
    stream.write(bytes);
    stream.end();
    return stream.counts;
  }

  #cover(
    bytes: string,
    final: boolean,
    count: (rule: string) => void,
  ): { readonly done: string; readonly rest: string } {
    const search = this.#search;
    if (search === undefined) return { done: bytes, rest: "" };
    let done = "";
    let from = 0;
    for (;;) {
      const hold = final ? bytes.length : this.#holdFrom(bytes, from);
      search.lastIndex = from;
      const match = search.exec(bytes);
      if (match === null || match.index >= hold)
        return { done: done + bytes.slice(from, hold), rest: bytes.slice(hold) };
      done += bytes.slice(from, match.index) + MASK_BYTES;
      count(this.#rules.get(match[0]) ?? this.#rules.get(joined(match[0])) ?? "secret");
      from = match.index + match[0].length;
    }
  }

  /** Where the end of `bytes` begins to be the unfinished beginning of a secret; its length when nowhere. */
  #holdFrom(bytes: string, from: number): number {
    // With a line end, of two characters, every sixty-four or so.
    const longest = this.#longest + 2 * Math.ceil(this.#longest / 60) + 2;
    for (let at = Math.max(from, bytes.length - longest + 1); at < bytes.length; at += 1) {
      const candidates = this.#byFirst.get(bytes.charAt(at));
      if (candidates === undefined) continue;
      const end = bytes.slice(at);
      const line = joined(end);
      const begins = (needle: string, text: string) => needle.length > text.length && needle.startsWith(text);
      const broken = end.search(/[\r\n]/) >= TOLD_BEFORE_BREAK;
      if (candidates.some((n) => begins(n, end) || (broken && this.#wrapped.has(n) && begins(n, line)))) return at;
    }
    return bytes.length;
  }
}

function joined(text: string): string {
  return text.replace(/[\r\n]+/g, "");
}

function maskLines(bytes: string, masks: readonly MaskRule[], count: (rule: string) => void): Uint8Array {
  const parts = bytes.split(/(?<=[\n\r])/).map((line) => {
    const raw = Buffer.from(line, "latin1");
    const before = raw.toString("utf8");
    const after = masks.reduce((text, { id, pattern }) => {
      const flags = [...new Set(`${pattern.flags.replace("y", "")}g`)].join("");
      return text.replace(new RegExp(pattern.source, flags), (match) => {
        if (match === "") return match;
        count(id);
        return MASK;
      });
    }, before);
    // Bytes that are no UTF-8 stay as they are unless something on their line had to be covered.
    return after === before ? raw : Buffer.from(after, "utf8");
  });
  return Buffer.concat(parts);
}
