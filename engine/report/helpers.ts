import type { HelperDelegate, HelperOptions } from "handlebars";
import Handlebars from "handlebars";
import type { Language, Report, Verdict } from "../model/report.ts";
import type {
  BlockResult,
  Evidence,
  ExecutedBlock,
  FigureTerminal,
  Sighting,
  TerminalPart,
} from "../model/report-body.ts";
import type { EmbeddedPicture } from "./embedded-picture.ts";
import { escapeHtml } from "./escape-html.ts";
import { inAnnex } from "./fold-lines.ts";
import { formatterOf } from "./format.ts";
import { type WordKey, wordsOf } from "./words.ts";

/** What the engine asks each node, by the name it keeps it under. */
const FACTS: Readonly<Record<string, WordKey>> = {
  hostname: "factHostname",
  version: "factVersion",
  kernel: "factKernel",
  "machine-id": "factMachineId",
  "host-key": "factHostKey",
  clock: "factClock",
};

/** What the reader of a verdict is asked for. */
const DECISIONS: Readonly<Record<Verdict, WordKey>> = {
  conforming: "decisionConforming",
  "conforming-with-reservations": "decisionReservations",
  "non-conforming": "decisionNonConforming",
  draft: "decisionDraft",
};

/** Lines of a terminal that fit on a page with their caption, wrapped ones allowed for. */
const PAGE_LINES = 40;

/** About a fifth of a page. */
const COMPACT_LINES = 14;

function linesIn(text: string): number {
  return text === "" ? 0 : text.split("\n").length;
}

/** Lines that a result takes, a row of its judgements for two. */
function linesOf({ sent, terminals, judgements, sightings, picture, timeline }: BlockResult): number {
  const shown = terminals.reduce((sum, { lines, hidden }) => sum + lines - hidden, 0);
  const drawn = picture === null && timeline === null ? 0 : 3 * COMPACT_LINES;
  return linesIn(sent) + shown + 2 * judgements.length + sightings.length + drawn;
}

/** What templates may call. `source` tells where a face finds a picture. */
export function helpersFor(
  language: Language,
  source: (path: string) => EmbeddedPicture,
): Readonly<Record<string, HelperDelegate>> {
  const words = wordsOf(language);
  const format = formatterOf(language);
  const markup = (html: string) => new Handlebars.SafeString(html);
  return {
    t: (key: string) => wordOf(key),
    /** A word chosen by a prefix and a value: `{{word "kind" "shell"}}` is `kindShell`. */
    word: (prefix: string, value: string) => wordOf(`${prefix}${value[0]?.toUpperCase() ?? ""}${value.slice(1)}`),
    date: (iso: string) => format.date(iso),
    /** A date that an author wrote: an ISO day is spelled out, anything else stays. */
    day: (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? format.date(text) : text),
    moment: (iso: string) => format.moment(iso),
    time: (iso: string) => format.time(iso),
    duration: (ms: number) => format.duration(ms),
    count: (value: number) => format.count(value),
    bytes: (value: number) => format.bytes(value),
    short: (digest: string) => digest.slice(0, 12),
    /** A path without the most of a digest that it holds. */
    place: (path: string) => path.replace(/([0-9a-f]{12})[0-9a-f]{52}/, "$1…"),
    /** Evidence by folder, each file by its name; what is named by its digest keeps only its ending. */
    folders: (files: readonly Evidence[]) => {
      const folders = new Map<string, (Evidence & { readonly name: string })[]>();
      for (const file of files) {
        const [folder = ""] = /^.*\//.exec(file.path) ?? [];
        const name = file.path.slice(folder.length).replace(file.sha256, "…");
        folders.set(folder, [...(folders.get(folder) ?? []), { ...file, name }]);
      }
      return [...folders].map(([folder, held]) => ({
        folder: folder === "" ? "data/" : folder,
        files: held,
        long: held.length > 8,
      }));
    },
    proves: (evidence: Evidence) => !evidence.path.includes(evidence.sha256),
    fact: (name: string) => (Object.hasOwn(FACTS, name) ? words[FACTS[name] as WordKey] : name),
    source: (path: string) => source(path).address,
    /** A picture as this face shows it: `address`, `sha256` of what is there, `reduced` with its size or null. */
    embedded: (path: string) => source(path),
    /** Whether a figure of terminals is too high to stay on one page with its caption. */
    tall: (groups: readonly FigureTerminal[] = []) =>
      groups
        .flatMap(({ sent, terminals }) => [
          ...(sent === "" ? [] : [sent.split("\n").length]),
          ...terminals.map(({ lines, hidden }) => lines - hidden),
        ])
        .reduce((sum, lines) => sum + lines, 0) > PAGE_LINES,
    /** Whether a block, or one result of it, is short enough to stay on one page without leaving half of the page before it white. */
    compact: ({ sent, results }: Pick<ExecutedBlock, "sent" | "results">) =>
      results.reduce((sum, result) => sum + linesOf(result), linesIn(sent)) <= COMPACT_LINES,
    compactResult: (result: BlockResult) => linesOf(result) <= COMPACT_LINES,
    /** Text in which a name whose value nobody knows shows as that name, in code. */
    marked: (text: string) =>
      markup(escapeHtml(text).replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, '<code class="unknown">$1</code>')),
    /** « , dont 3 reprises d’une exécution antérieure »; nothing when there are none. */
    taken: (count: number) =>
      count === 0
        ? ""
        : `, ${words.amongThem} ${format.count(count)} ${count === 1 ? words.takenOne : words.takenMany}`,
    first: (values: readonly unknown[], count: number) => values.slice(0, count),
    rest: (values: readonly unknown[], count: number) => Math.max(0, values.length - count),
    decision: (verdict: Verdict): WordKey => DECISIONS[verdict],
    /** The caption of one of the engine's own tables, by its anchor; nothing where the report does not number it. */
    tableCaption: (anchor: string, options: HelperOptions) => {
      const { tables } = options.data.root as Pick<Report, "tables">;
      const table = tables.find((each) => each.anchor === anchor);
      if (table === undefined) return "";
      const number = `<span class="number">${words.table}&nbsp;${table.number}</span>`;
      return markup(`<caption id="${escapeHtml(anchor)}">${number}&nbsp;— ${escapeHtml(table.caption)}</caption>`);
    },
    /** « , dont 2 données par une personne après l’exécution »; nothing when there are none. */
    givenLater: (count: number) =>
      count === 0
        ? ""
        : `, ${words.amongThem} ${format.count(count)} ${count === 1 ? words.givenOne : words.givenMany}`,
    eq: (a: unknown, b: unknown) => a === b,
    many: (values: readonly unknown[]) => values.length > 1,
    or: (...values: readonly unknown[]) => values.slice(0, -1).some(Boolean),
    list: (values: readonly unknown[]) => values.join(", "),
    join: (values: readonly string[]) => values.join(" "),
    kind: (name: string) => `kinds/${name}`,
    /** Filled with the page's number by the second pass; empty until then. */
    page: (anchor: string) => markup(`<span class="page" data-page-of="${escapeHtml(anchor)}"></span>`),
    /** A path or a digest with places where a line may end, which nobody copies. */
    breakable: (text: string) => markup(escapeHtml(text).replace(/(.{4}\/)|([0-9a-f]{16})(?=[0-9a-f])/g, "$&<wbr>")),
    at: (sighting: Sighting) =>
      sighting.address === "" ? targetOf(sighting) : `${sighting.target} (${sighting.address})`,
    /** « … 1 284 lignes masquées (lignes 41 à 1 324) — intégrale : terminal/bloc-017.out, SHA-256 ab12… » */
    bar: (part: Extract<TerminalPart, { type: "bar" }>, evidence: Evidence | null, lines?: unknown) => {
      const { from, to, count } = part;
      const range =
        count === 1
          ? `${words.lineWord} ${format.count(from)}`
          : `${words.linesWord} ${format.count(from)} ${words.toWord} ${format.count(to)}`;
      const annex = typeof lines === "number" && inAnnex(lines) ? ` ${words.inAnnex}` : "";
      const where =
        evidence === null
          ? ""
          : ` — ${words.full}${annex}${words.colon}${evidence.path}, SHA-256 ${evidence.sha256.slice(0, 12)}…`;
      return `… ${format.count(count)} ${count === 1 ? words.hiddenLine : words.hiddenLines} (${range})${where}`;
    },
  };

  /** Own keys only: a template must not reach what every object inherits. */
  function wordOf(key: string): string | undefined {
    return Object.hasOwn(words, key) ? words[key as WordKey] : undefined;
  }

  function targetOf({ target }: Sighting): string {
    return target === "local" ? words.local : target;
  }
}
