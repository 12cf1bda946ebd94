import { counted } from "../base/counted.ts";
import type { Json } from "../base/json.ts";
import { changedWords, type DiffedLine, type TextDifference, type WordPiece } from "../compare/index.ts";
import type { AnswerDifference } from "./difference.ts";
import { briefText, visibleText } from "./visible-text.ts";

/** Equal lines shown around each change. */
const CONTEXT = 2;
/** A page that nobody can scroll shows nothing: the JSON form holds all. */
const MOST_ROWS = 400;
const LONGEST_LINE = 2_000;
const LONGEST_VALUE = 600;

export interface RowView {
  /** `same`, `ignored`, `removed`, `added`, `gap`. */
  readonly look: string;
  readonly sign: string;
  readonly before: string;
  readonly after: string;
  readonly pieces: readonly WordPiece[];
}

export interface AnswerView {
  readonly title: string;
  readonly differs: boolean;
  readonly rows: readonly RowView[];
  readonly values: readonly {
    readonly path: string;
    readonly before: string;
    readonly after: string;
    readonly look: string;
  }[];
  readonly notes: readonly string[];
}

/** An answer as the page shows it. */
export function answerView({ step, target, role, compared, differs }: AnswerDifference): AnswerView {
  const base = { title: `#${step} sur ${target}, ${role}`, differs, rows: [], values: [], notes: [] };
  switch (compared.type) {
    case "text":
      return { ...base, ...textView(compared.difference) };
    case "data": {
      const true_ = compared.changes.filter(({ rule }) => rule === undefined);
      const left = compared.changes.length - true_.length;
      const values = true_.slice(0, MOST_ROWS).map((change) => ({
        path: visibleText(change.path),
        before: change.change === "added" ? "" : valueText(change.before),
        after: change.change === "removed" ? "" : valueText(change.after),
        look: change.change,
      }));
      return { ...base, values, notes: [...leftOut(left, "valeur"), ...tooMany(true_.length)] };
    }
    case "uncompared":
      return { ...base, notes: [`Non comparée : ${compared.reason}.`] };
    case "only": {
      const before = compared.side === "before";
      const rows = compared.lines
        .slice(0, MOST_ROWS)
        .map((text, index) =>
          row(before ? "removed" : "added", before ? index + 1 : undefined, before ? undefined : index + 1, [
            { text, changed: false },
          ]),
        );
      const where = before ? "l’ancienne" : "la nouvelle";
      return { ...base, rows, notes: [`Seulement dans ${where} exécution.`, ...tooMany(compared.lines.length)] };
    }
  }
}

/** A text difference in rows: changes with what stands around them. */
export function textView({ lines, ignored }: TextDifference): Pick<AnswerView, "rows" | "notes"> {
  const words = changedPieces(lines);
  const near = nearChanges(lines);
  const rows: RowView[] = [];
  lines.forEach((line, index) => {
    if (!near[index]) {
      if (index === 0 || near[index - 1]) rows.push(row("gap", undefined, undefined, []));
      return;
    }
    const pieces = words.get(index) ?? [{ text: line.text, changed: false }];
    const before = line.mark === "+" ? undefined : line.before;
    rows.push(row(LOOKS[line.mark], before, line.mark === "-" ? undefined : line.after, pieces));
  });
  return { rows: rows.slice(0, MOST_ROWS), notes: [...leftOut(ignored, "ligne"), ...tooMany(rows.length)] };
}

const LOOKS = { " ": "same", "~": "ignored", "-": "removed", "+": "added" } as const;
const SIGNS: Readonly<Record<string, string>> = { same: "", ignored: "≈", removed: "−", added: "+", gap: "⋯" };

function row(
  look: string,
  before: number | undefined,
  after: number | undefined,
  pieces: readonly WordPiece[],
): RowView {
  return {
    look,
    sign: SIGNS[look] ?? "",
    before: before === undefined ? "" : String(before),
    after: after === undefined ? "" : String(after),
    pieces: pieces.map(({ text, changed }) => ({ text: visibleText(text.slice(0, LONGEST_LINE)), changed })),
  };
}

/** Where as many lines came as went, each is the next state of the one in its place: their words are compared. */
function changedPieces(lines: readonly DiffedLine[]): ReadonlyMap<number, readonly WordPiece[]> {
  const pieces = new Map<number, readonly WordPiece[]>();
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.mark !== "-") continue;
    let middle = at;
    while (lines[middle]?.mark === "-") middle += 1;
    let end = middle;
    while (lines[end]?.mark === "+") end += 1;
    if (middle - at === end - middle) {
      for (let index = 0; index < middle - at; index += 1) {
        const words = changedWords(lines[at + index]?.text ?? "", lines[middle + index]?.text ?? "");
        if (words === undefined) continue;
        pieces.set(at + index, words.before);
        pieces.set(middle + index, words.after);
      }
    }
    at = end - 1;
  }
  return pieces;
}

function nearChanges(lines: readonly DiffedLine[]): readonly boolean[] {
  const near = lines.map(() => false);
  lines.forEach(({ mark }, index) => {
    if (mark !== "-" && mark !== "+") return;
    for (let at = Math.max(0, index - CONTEXT); at <= Math.min(lines.length - 1, index + CONTEXT); at += 1)
      near[at] = true;
  });
  return near;
}

function leftOut(count: number, noun: string): readonly string[] {
  return count === 0 ? [] : [`${counted(count, noun)} où seule une partie volatile change.`];
}

function tooMany(count: number): readonly string[] {
  return count <= MOST_ROWS
    ? []
    : [`${count - MOST_ROWS} lignes de plus ne sont pas montrées ici ; --json les donne toutes.`];
}

function valueText(value: Json): string {
  return briefText(typeof value === "string" ? value : JSON.stringify(value), LONGEST_VALUE);
}
