import type { ConsoleSpec } from "../../model/console-spec.ts";
import type { PixelBox, ScreenText, ScreenView } from "../../model/screen-view.ts";
import type { ConsoleTransport } from "../../transports/port.ts";
import { TypedSecrets } from "./typed-secrets.ts";

const COVER = "•••";
/** Around a text, so that no edge of its letters stays. */
const MARGIN = 2;

/** What of a screen must not be kept: on its picture, in its text, and in what is said of it. */
export interface Covering {
  readonly covered: readonly PixelBox[];
  readonly texts: readonly ScreenText[];
  readonly text: string;
  /** Masks that found nothing, as the author wrote them. */
  readonly absent: readonly string[];
  readonly secretSeen: boolean;
}

/** Keeps the masks of a block, and the secrets it typed, out of everything that is kept of its screens. */
export class Concealer {
  readonly #patterns: readonly string[];
  readonly #boxes: readonly PixelBox[];
  readonly #secrets: TypedSecrets;
  readonly #matches: ConsoleTransport["matches"];

  constructor(spec: ConsoleSpec, transport: ConsoleTransport) {
    this.#patterns = spec.mask.flatMap((each) => ("text" in each ? [each.text] : []));
    this.#boxes = spec.mask.flatMap((each) => ("box" in each ? [each.box] : []));
    this.#secrets = new TypedSecrets(writtenIn(spec));
    this.#matches = (pattern, text) => transport.matches(pattern, text);
  }

  learn(secret: string): void {
    this.#secrets.learn(secret);
  }

  cover(view: ScreenView): Covering {
    const hidden = new Set(this.#hiddenIn(view));
    const absent = this.#patterns.filter((pattern) => !view.texts.some(({ text }) => this.#finds(pattern, text)));
    // What a mask does not find may have been misread: its place is unknown, so every text is covered.
    const places = absent.length > 0 ? view.texts : [...hidden];
    return {
      covered: [...this.#boxes, ...places.map(boxAround)],
      texts: view.texts.map((each) => (hidden.has(each) ? { ...each, text: COVER } : each)),
      text: this.#rowsOf(view),
      absent,
      secretSeen: view.texts.some(({ text }) => this.#secrets.readableIn(text)),
    };
  }

  /** A sentence about a screen without what is covered on it. */
  tell(said: string, view?: ScreenView): string {
    const texts = view === undefined ? [] : this.#hiddenIn(view).map(({ text }) => text);
    // The longest first: a shorter one may be a part of it.
    const whole = texts
      .toSorted((a, b) => b.length - a.length)
      .reduce((told, text) => told.replace(spacedOut(text), COVER), said);
    // Only a piece of a covered text may have been asked for, or found.
    const pieces = whole.replace(/[\p{L}\p{N}_@.:/-]{4,}/gu, (piece) =>
      texts.some((text) => text.includes(piece)) ? COVER : piece,
    );
    const masked = this.#patterns.reduce((told, pattern) => this.#withoutMatches(pattern, told), pieces);
    return masked.replace(/\S+/g, (word) => (this.#secrets.readableIn(word) ? COVER : word));
  }

  /** The same of a pattern, whose runs of spaces stand between the words that a mask looks for. */
  tellPattern(said: string, view: ScreenView): string {
    const plain = said.replace(/ [+*?]/g, " ");
    const told = this.tell(plain, view);
    return told === plain ? said : told;
  }

  #rowsOf(view: ScreenView): string {
    const cell = (text: string) => (this.#hides(text) ? COVER : this.tell(text, view));
    return view.text
      .split("\n")
      .map((row) => row.split("  ").map(cell).join("  "))
      .join("\n");
  }

  #hiddenIn(view: ScreenView): readonly ScreenText[] {
    return view.texts.filter((each) => this.#hides(each.text) || this.#boxes.some((box) => touches(box, each)));
  }

  #hides(text: string): boolean {
    return this.#patterns.some((pattern) => this.#finds(pattern, text)) || this.#secrets.readableIn(text);
  }

  #finds(pattern: string, text: string): boolean {
    return this.#matches(pattern, text) !== undefined;
  }

  /** Whole words go: `@` alone hides an address. */
  #withoutMatches(pattern: string, said: string): string {
    let done = "";
    let rest = said;
    for (;;) {
      const found = this.#matches(pattern, rest);
      if (found === undefined || found === "") return done + rest;
      const at = rest.indexOf(found);
      const before = rest.slice(0, at).replace(/\S+$/, "");
      done += `${before}${COVER}`;
      rest = rest.slice(at + found.length).replace(/^\S+/, "");
    }
  }
}

/** Everything that the author lets anybody read in the block. */
function writtenIn({ steps, expect }: ConsoleSpec): string {
  const typed = steps.map((step) => ("type" in step ? step.type : "wait" in step ? step.wait : ""));
  return [...typed, ...expect.map((each) => ("text" in each ? each.text : each.not))].join("\n");
}

function spacedOut(text: string): RegExp {
  const words = text
    .trim()
    .split(/\s+/)
    .map((word) => RegExp.escape(word));
  return new RegExp(`(?<!\\S)${words.join("\\s+")}(?!\\S)`, "g");
}

function boxAround({ box }: ScreenText): PixelBox {
  const { left, top, right, bottom } = box;
  return {
    ...{ x: left - MARGIN, y: top - MARGIN },
    ...{ width: right - left + 2 * MARGIN, height: bottom - top + 2 * MARGIN },
  };
}

function touches({ x, y, width, height }: PixelBox, { box }: ScreenText): boolean {
  return box.left < x + width && box.right > x && box.top < y + height && box.bottom > y;
}
