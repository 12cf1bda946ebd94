import type { Json } from "../../base/json.ts";
import { judgeJson, looselyEqual } from "../../expect/index.ts";
import type { PageExpectation } from "../../model/browser-spec.ts";
import type { JsonRule, Judgement } from "../../model/expectation.ts";
import type { PageReading } from "./page/page-types.ts";
import type { ApiAnswer } from "./pve-session.ts";

type ApiExpectation = Extract<PageExpectation, { api: string }>;
/** An expectation on what the page itself holds or shows. */
export type SeenExpectation = Exclude<PageExpectation, ApiExpectation>;

/** The values of the components that an author's query finds. */
export type ComponentValues = readonly { readonly value: unknown; readonly shown: string }[];

const SHOWN = 200;
const LONGEST_ROWS = 400;

/** True for an expectation that the API answers, not the page. */
export function asksApi(expectation: PageExpectation): expectation is ApiExpectation {
  return "api" in expectation;
}

/** True for an expectation that the page answers. */
export function asksPage(expectation: PageExpectation): expectation is SeenExpectation {
  return !asksApi(expectation);
}

/** Judges what the page shows; `components` gives what each query of a component expectation found. */
export function judgePage(
  expectation: SeenExpectation,
  reading: PageReading,
  components: Readonly<Record<string, ComponentValues>>,
): Judgement {
  const rows = reading.grids.flatMap((grid) => grid.rows) as unknown as Json;
  if ("row" in expectation) {
    const judged = judgeJson({ type: "json", path: "$[*]", where: expectation.row }, rows);
    return {
      ...judged,
      expected: `une ligne où ${pairs(expectation.row)}`,
      obtained: rowsSeen(judged, expectation.row, reading),
    };
  }
  if ("rows" in expectation) {
    const { rows: where, count } = expectation;
    const judged = judgeJson({ type: "json", path: "$[*]", where, count }, rows);
    const expected = `${count} ${count > 1 ? "lignes" : "ligne"} où ${pairs(where)}`;
    return { ...judged, expected, obtained: rowsSeen(judged, where, reading) };
  }
  if ("field" in expectation) return judgeField(expectation, reading);
  if ("component" in expectation) {
    const found = components[expectation.component] ?? [];
    const ok = found.some(({ value, shown }) => same(value, shown, expectation.is));
    const obtained = found.length === 0 ? "composant absent de la page" : found.map(({ shown }) => shown).join(" ; ");
    return { ok, expected: `composant ${expectation.component} = ${expectation.is}`, obtained: cut(obtained) };
  }
  const match = readPattern(expectation.text).exec(reading.text);
  const seen = reading.text.replace(/\s+/g, " ").trim();
  return {
    ok: match !== null,
    expected: `texte qui correspond à ${expectation.text}`,
    obtained: match === null ? cut(`rien de tel ; texte affiché : ${seen}`) : cut(match[0]),
  };
}

/** Judges what the API of the same node says beside the picture. */
export function judgeApi(expectation: ApiExpectation, answer: ApiAnswer): Judgement {
  const { api, path, where, equals, count, min, max } = expectation;
  const rule: JsonRule = { type: "json", path, where, equals, count, min, max };
  const judged = judgeJson(rule, answer.data);
  const expected = `API ${api} : ${judged.expected}`;
  if (answer.status === 200) return { ...judged, expected };
  return { ok: false, expected, obtained: `l’API répond ${answer.text}` };
}

/** A pattern written bare or as `/…/flags`. Throws a SyntaxError when it is none. */
export function readPattern(text: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? [];
  return source === undefined ? new RegExp(text) : new RegExp(source, flags);
}

function judgeField({ field, is }: { field: string; is: string | number | boolean }, reading: PageReading): Judgement {
  const expected = `champ ${field} = ${is}`;
  const found = reading.fields.filter(({ name }) => name === field);
  if (found.length === 0) {
    const names = reading.fields.map(({ name }) => name).filter((name) => name !== "");
    return { ok: false, expected, obtained: `champ absent ; champs affichés : ${names.join(", ") || "aucun"}` };
  }
  const ok = found.some(({ value, shown }) => same(value, shown, is));
  return { ok, expected, obtained: cut(found.map(({ shown }) => `${field} = ${shown}`).join(" ; ")) };
}

function same(value: unknown, shown: string, wanted: string | number | boolean): boolean {
  return looselyEqual((value ?? null) as Json, wanted) || shown === String(wanted);
}

type Asked = Readonly<Record<string, string | number | boolean>>;

/**
 * When it holds: the rows that decided, as a person reads them, with the values asked for (an icon has no words). Otherwise all that the
 * grids show, and which record came closest.
 */
function rowsSeen(judged: Judgement, where: Asked, reading: PageReading): string {
  if (judged.ok) {
    const decisive = reading.grids.flatMap(({ rows, cells }) =>
      rows.flatMap((row, index) => (isMeant(row as Json, where) ? [rowWords(cells[index], where)] : [])),
    );
    if (decisive.length > 0) return cut(decisive.join(" "), LONGEST_ROWS);
  }
  const shown = reading.grids.flatMap((grid) => grid.cells.map(cellWords).filter((row) => row !== ""));
  const rows =
    shown.length === 0 ? "aucune ligne affichée" : `lignes affichées : ${shown.map((row) => `[${row}]`).join(" ")}`;
  const [, closest] = /au plus près\s: (.*)$/s.exec(judged.obtained) ?? [];
  return cut(judged.ok || closest === undefined ? rows : `au plus près : ${closest} ; ${rows}`, LONGEST_ROWS);
}

function isMeant(row: Json, where: Asked): boolean {
  return judgeJson({ type: "json", path: "$[*]", where }, [row]).ok;
}

/** The grid may show fewer rows than its store holds; then the values asked for speak alone. */
function rowWords(cells: readonly string[] | undefined, where: Asked): string {
  const shown = cellWords(cells ?? []);
  return shown === "" ? `[${pairs(where)}]` : `[${shown} ; ${pairs(where)}]`;
}

function cellWords(cells: readonly string[]): string {
  return cells.filter((cell) => cell !== "").join(", ");
}

function pairs(where: Asked): string {
  return Object.entries(where)
    .map(([key, value]) => `${key} = ${value}`)
    .join(", ");
}

function cut(text: string, longest = SHOWN): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
