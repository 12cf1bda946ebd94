/** Fewer letters than these say nothing of a secret; the masks of a run leave them alone as well. */
const SHORTEST_PART = 4;

/** The secrets that a block has typed, recognised in what is read from pixels: whole, or a part that a field or a line break left. */
export class TypedSecrets {
  readonly #parts = new Set<string>();
  readonly #public: string;

  /** `written` is what the author himself writes in the block: a part that stands there too is no secret (« Password »). */
  constructor(written: string) {
    this.#public = folded(written);
  }

  learn(secret: string): void {
    const letters = folded(secret);
    if (letters.length < SHORTEST_PART) return;
    this.#parts.add(letters);
    for (let at = 0; at + SHORTEST_PART <= letters.length; at += 1) {
      const part = letters.slice(at, at + SHORTEST_PART);
      if (!this.#public.includes(part)) this.#parts.add(part);
    }
  }

  readableIn(text: string): boolean {
    const letters = folded(text);
    return [...this.#parts].some((part) => letters.includes(part));
  }
}

/** Letters that a reader of pixels takes for one another become one; so do their spaces, which come and go. */
function folded(text: string): string {
  return text
    .replace(/\s+/g, "")
    .replace(/[Ili|1!]/g, "l")
    .replace(/[oO0]/g, "o");
}
