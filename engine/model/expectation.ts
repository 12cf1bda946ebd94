import type { Json } from "../base/json.ts";

/** A rule that some line of the output must satisfy (or, negated, that none may). */
export type LineRule =
  | { readonly type: "equal"; readonly text: string; readonly negated: boolean }
  | { readonly type: "glob"; readonly text: string; readonly negated: boolean }
  | { readonly type: "regex"; readonly source: string; readonly flags: string; readonly negated: boolean };

/** A rule about a JSON answer: the values that `path` selects, kept by `where`, then judged. */
export interface JsonRule {
  readonly type: "json";
  /** RFC 9535 JSONPath; `$` is the whole answer. */
  readonly path: string;
  /** Keeps only objects that hold these values (compared loosely: 1, "1" and true are equal, as Proxmox mixes them). */
  readonly where?: { readonly [key: string]: Json } | undefined;
  readonly equals?: Json | undefined;
  readonly matches?: string | undefined;
  readonly count?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export type Expectation = LineRule | JsonRule;

/** One rule after judgement: what was expected, what was seen, in words a reader of the report understands. */
export interface Judgement {
  readonly ok: boolean;
  readonly expected: string;
  readonly obtained: string;
  /** Line by line, where a whole output was compared: ` ` agrees, `-` was expected, `+` came instead. */
  readonly diff?: readonly DiffLine[] | undefined;
}

export interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}
