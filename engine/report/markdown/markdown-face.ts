import { exhaustive } from "../../base/exhaustive.ts";
import type { Report } from "../../model/report.ts";
import type { Content } from "../../model/report-body.ts";
import { formatterOf } from "../format.ts";
import { type WordKey, wordsOf } from "../words.ts";
import { BlockMarkdown } from "./block-markdown.ts";
import { code, inert, table } from "./inert.ts";

export interface MarkdownFace {
  readonly text: string;
  /** Paths below the run's `data/` of the pictures that the text looks for beside it, under the same paths. */
  readonly pictures: readonly string[];
}

/** The filled report as one GFM document, for a wiki or a forge. The same run gives the same bytes. */
export function markdownFace(report: Report): MarkdownFace {
  const pictures = new Set<string>();
  const blocks = new BlockMarkdown(report.language, report.simulated, ({ path }) => {
    pictures.add(path);
    return encodeURI(path);
  });
  const paragraphs = [
    ...head(report),
    ...deviations(report),
    ...glossary(report),
    ...report.chapters.flatMap((chapter) => [
      `<a id="${chapter.anchor}"></a>`,
      `## ${inert(chapter.title)}`,
      ...chapter.introduction.flatMap((content) => body(content, blocks)),
      ...chapter.sections.flatMap((section) => [
        `${"#".repeat(Math.min(6, section.level + 1))} ${inert(section.title)}`,
        ...section.content.flatMap((content) => body(content, blocks)),
      ]),
      chapter.notes,
    ]),
    ...requirements(report),
    ...completeness(report),
    ...remarks(report),
    ...integrity(report),
  ];
  return { text: `${paragraphs.filter((text) => text.trim() !== "").join("\n\n")}\n`, pictures: [...pictures] };
}

function body(content: Content, blocks: BlockMarkdown): readonly string[] {
  switch (content.type) {
    case "prose":
      return [content.markdown];
    case "block":
      return blocks.block(content.block);
    case "figure":
      return blocks.figure(content.figure);
    case "gap":
      return blocks.gap(content.gap);
    default:
      return exhaustive(content);
  }
}

function head({ identity, rewritten, verdict, simulated, counts, run, language, scope }: Report): readonly string[] {
  const words = wordsOf(language);
  const format = formatterOf(language);
  const facts: readonly (readonly [string, string])[] = [
    [words.verdict, `**${words[verdict]}**`],
    [words.reference, inert(identity.reference ?? "")],
    [words.version, inert(identity.version)],
    [words.date, format.date(run.endedAt)],
    [words.authors, identity.authors.map(inert).join(", ")],
    [words.confidentiality, inert(identity.confidentiality ?? "")],
    [words.chaptersInScope, scope.chapters.join(", ")],
    [words.captures, `${counts.placeholders.filled}/${counts.placeholders.expected}`],
    [words.checks, `${counts.checks.passed}/${counts.checks.expected}`],
    [words.run, code(run.id, true)],
  ];
  return [
    `# ${inert(identity.title)}`,
    identity.subtitle === null ? "" : inert(identity.subtitle),
    simulated === null ? "" : `> **${inert(simulated)}** — ${words.simulatedNotice}`,
    rewritten.length === 0
      ? ""
      : `> **${words.rewritten}** — ${words.rewrittenNotice}${words.colon}${rewritten.map(inert).join(", ")}`,
    verdict === "draft" ? `> **${words.draftNotice}**` : "",
    table(
      [words.summary, ""],
      facts.filter(([, value]) => value !== ""),
    ),
  ];
}

function deviations({ cards, language }: Report): readonly string[] {
  const words = wordsOf(language);
  if (cards.length === 0) return [`## ${words.deviations}`, words.noDeviation];
  const { date } = formatterOf(language);
  const rows = cards.map(({ name, reason, grade, shownAt, action, owner, due, waiver }) => [
    `[${inert(name)}](#${shownAt})`,
    inert(reason),
    grade === "major" ? words.gradeMajor : words.gradeMinor,
    waiver === null ? words.noneFeminine : `${inert(waiver.id)}${words.colon}${inert(waiver.reason)}`,
    ...[action, owner, /^\d{4}-\d\d-\d\d$/.test(due) ? date(due) : due].map((text) =>
      text === "" ? "–" : inert(text),
    ),
  ]);
  const titles = [words.subject, words.reason, words.grade, words.waiver, words.cardAction, words.owner, words.due];
  return [`## ${words.deviations}`, table(titles, rows)];
}

function glossary({ purpose, language }: Report): readonly string[] {
  const words = wordsOf(language);
  const rows = purpose.glossary.map(({ term, meaning }) => [inert(term), inert(meaning)]);
  return rows.length === 0 ? [] : [`## ${words.glossary}`, table([words.term, words.meaning], rows)];
}

/** Each requirement with its verdict; what proves it stands under the blocks that name it. */
function requirements({ requirements: all, language }: Report): readonly string[] {
  const words = wordsOf(language);
  const rows = all.map(({ id, anchor, title, verdict, waiver }) => {
    const word = words[`requirement${verdict[0]?.toUpperCase()}${verdict.slice(1)}` as WordKey];
    const accepted = waiver === null ? "" : ` (${inert(waiver.id)})`;
    return [`<a id="${anchor}"></a>${code(id, true)}`, inert(title), `${word}${accepted}`];
  });
  return rows.length === 0
    ? []
    : [`## ${words.traceability}`, table([words.requirement, words.subject, words.status], rows)];
}

/** What the operators noted during the run. */
function remarks({ notes, language }: Report): readonly string[] {
  const words = wordsOf(language);
  const { moment } = formatterOf(language);
  const said = notes.said.map(
    ({ step, anchor, operator, at, note }) =>
      `- [${inert(step)}](#${anchor}) · ${inert(operator)} · ${moment(at)}${words.colon}${inert(note)}`,
  );
  return said.length === 0 ? [] : [`## ${words.notesSaid}`, said.join("\n")];
}

function completeness({ completeness: all, language }: Report): readonly string[] {
  const words = wordsOf(language);
  const from = ({ step, reusedFrom, givenBy }: Report["completeness"][number]): string => {
    if (reusedFrom !== null) return `${words.reused} ${code(reusedFrom, true)}`;
    if (givenBy !== null) return `${words.given} ${code(givenBy, true)}`;
    return step === null ? "–" : code(step, true);
  };
  const rows = all.map((row) => ({ ...row, by: from(row) }));
  const cells = rows.map(({ figure, caption, anchor, filled, by, reason }) => [
    figure === null ? "–" : String(figure),
    `[${inert(caption)}](#${anchor})`,
    by,
    filled ? words.filled : `**${words.missing}**${words.colon}${inert(reason)}`,
  ]);
  if (rows.length === 0) return [];
  return [`## ${words.completeness}`, table([words.figure, words.caption, words.filledBy, words.status], cells)];
}

function integrity({ integrity: { head: digest, events, files }, language }: Report): readonly string[] {
  const words = wordsOf(language);
  const { count } = formatterOf(language);
  const rows = [
    [words.journalHead, code(digest)],
    [words.journalEvents, count(events)],
    [words.evidenceFiles, count(files.length)],
  ];
  return [`## ${words.annexIntegrity}`, table([words.evidence, ""], rows)];
}
