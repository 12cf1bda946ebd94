import type { Root } from "mdast";
import type { JsonObject } from "../base/json.ts";
import type { BlockSettings } from "./block-settings.ts";
import type { Place } from "./place.ts";
import type { RawSettings } from "./setting.ts";

/** Closed list of what a block can be; the compiler shows every place that must answer for a new one. */
export const KIND_NAMES = ["shell", "http", "browser", "console", "watch", "manual", "file"] as const;
export type KindName = (typeof KIND_NAMES)[number];

/** `check` reads only; `action` changes something. */
export type Role = "check" | "action";

/** A heading and what it governs, until the next heading of the same or a higher level. */
export interface Section {
  /** Position in `Runbook.sections`, from 0. */
  readonly index: number;
  readonly depth: number;
  readonly title: string;
  /** The number written in the title (`3.5`), empty when there is none. */
  readonly number: string;
  readonly place: Place;
}

/** A `[ Capture : … ]` of the prose: a hole that a figure must fill. */
export interface Placeholder {
  /** Chapter number and slug of the caption: `3-statut-corosync`. Unique over all runbooks. */
  readonly id: string;
  readonly caption: string;
  readonly chapter: number;
  readonly section: number;
  readonly place: Place;
}

/** What a block must print, as a `.expect` fence below it says line by line. */
export interface ExpectedOutput {
  readonly lines: readonly string[];
  /** Where the first line stands. */
  readonly place: Place;
}

/** An executable fence. */
export interface Block {
  /** Given by the author, else derived from the heading and the ordinal; unique over all runbooks. */
  readonly id: string;
  readonly derivedId: boolean;
  readonly kind: KindName;
  readonly role: Role;
  /** The word after the fence: `bash`, `sh`, `http`, `yaml`. */
  readonly language: string;
  readonly chapter: number;
  /** Index of its section in `Runbook.sections`. */
  readonly section: number;
  /** What runs: the fence's text without its `#|` lines. */
  readonly body: string;
  /** Line of the file on which the body's first line stands, and the column its text starts in. */
  readonly bodyLine: number;
  readonly bodyColumn: number;
  /** Every key with where it came from, for `explain`. */
  readonly raw: RawSettings;
  readonly settings: BlockSettings;
  /** Captions that pictures inside the body fill (a watch takes several), spelled as the document spells them. */
  readonly shotCaptions?: readonly string[] | undefined;
  readonly expectedOutput?: ExpectedOutput | undefined;
  readonly place: Place;
}

/** A variable that a runbook declares with its default; the inventory may give another value. */
export interface DeclaredVariable {
  readonly name: string;
  readonly default: string;
  readonly description: string;
  readonly place: Place;
}

/** One Markdown document: a chapter of the report. */
export interface Runbook {
  /** Path below the runbooks folder, with forward slashes. */
  readonly file: string;
  /** The exact text. */
  readonly source: string;
  /** SHA-256 of the source. */
  readonly sha256: string;
  readonly chapter: number;
  readonly title: string;
  readonly frontMatter: JsonObject;
  readonly variables: readonly DeclaredVariable[];
  readonly sections: readonly Section[];
  readonly placeholders: readonly Placeholder[];
  readonly blocks: readonly Block[];
  /** The Markdown tree, positions kept; the report renders the prose from it. */
  readonly tree: Root;
}
