import { slug } from "../base/slug.ts";
import { type SplitChapter, splitChapters } from "./chapters.ts";
import { withoutContents } from "./contents.ts";
import { escapeProse } from "./escape-prose.ts";
import { withoutFurniture } from "./furniture.ts";
import { markdownBody } from "./markdown-body.ts";
import { type SecretTaken, withoutSecrets } from "./mask-secrets.ts";
import { type FoundCommand, proseBody } from "./prose-body.ts";
import { type ServedPlaceholder, servePlaceholders } from "./serve-placeholders.ts";
import { type LeftLine, type SourceLine, sourceLines } from "./source-line.ts";
import { PLACEHOLDER } from "./split-placeholders.ts";

/** A runbook's skeleton. */
export interface ImportedChapter {
  /** The file's name. */
  readonly file: string;
  readonly number: number;
  readonly title: string;
  readonly text: string;
  readonly placeholders: readonly ServedPlaceholder[];
}

/** What a prose report became. Nothing of it is lost: what is in no chapter is in `left` or was a secret. */
export interface ImportedReport {
  readonly chapters: readonly ImportedChapter[];
  readonly left: readonly LeftLine[];
  readonly secrets: readonly SecretTaken[];
  readonly commands: readonly FoundCommand[];
  /** Placeholders that the source's text holds, counted before anything was done to it. */
  readonly written: number;
  /** Nodes that a block of the skeletons names. */
  readonly nodes: readonly string[];
}

export interface ImportChoices {
  /** The source is Markdown already. */
  readonly markdown: boolean;
  /** The title of a report that has none of its own. */
  readonly title: string;
}

const LONGEST_NAME = 48;

/** A prose report with placeholders as runbook skeletons, one a chapter. Pure: what is written where is the caller's. */
export function importReport(source: string, { markdown, title }: ImportChoices): ImportedReport {
  const all = sourceLines(source);
  const opened = markdown ? withoutFrontMatter(all) : { kept: all, left: [] };
  const { lines, secrets } = withoutSecrets(opened.kept);
  const furniture = withoutFurniture(lines);
  const contents = withoutContents(furniture.kept);
  const left: LeftLine[] = [...opened.left, ...furniture.left, ...contents.left];
  const commands: FoundCommand[] = [];
  const names = new Set<string>();
  const chapters = splitChapters(contents.kept, markdown).map((chapter): ImportedChapter => {
    const heading = chapter.title === "" ? `${chapter.number}. ${title}` : chapter.title;
    const file = fileName(chapter.number, heading, names);
    const { text, placeholders } = servePlaceholders(written(chapter, heading, markdown, left, commands), file);
    return { file, number: chapter.number, title: heading, text, placeholders };
  });
  const targets = chapters.flatMap(({ placeholders }) => placeholders.flatMap(({ target }) => target ?? []));
  return {
    chapters,
    left: left.sort((a, b) => a.number - b.number),
    secrets,
    commands,
    written: [
      ...contents.kept
        .map(({ text }) => text)
        .join("\n")
        .matchAll(PLACEHOLDER),
    ].length,
    nodes: [...new Set(targets)].sort(),
  };
}

function written(
  { number, parts }: SplitChapter,
  title: string,
  markdown: boolean,
  left: LeftLine[],
  commands: FoundCommand[],
): string {
  let depth = 1;
  const sections = parts.flatMap(({ heading, lines }) => {
    const body = markdown ? markdownBody(lines) : proseBody(lines);
    left.push(...body.left);
    commands.push(...body.commands);
    if (heading !== undefined) {
      const wanted = heading.numbers.length > 0 ? heading.numbers.length : Math.max(2, heading.marks);
      depth = Math.max(2, Math.min(wanted, depth + 1, 6));
    }
    const shown = heading && (heading.marks > 0 ? heading.text : escapeTitle(heading.text));
    return [
      ...(shown === undefined ? [] : [`${"#".repeat(depth)} ${shown}`]),
      ...(body.text === "" ? [] : [body.text]),
    ];
  });
  const head = `---\nconstat: 1\nchapitre: ${number}\n---`;
  return `${[head, `# ${markdown ? title : escapeTitle(title)}`, ...sections].join("\n\n")}\n`;
}

/** A title's number is followed by a point here: it is no list. */
function escapeTitle(text: string): string {
  return escapeProse(text)
    .replace(/^(\d+)\\/, "$1")
    .replace(/#+$/, "\\$&");
}

/** `03-mise-en-cluster.md`; cut between words, never the same twice. */
function fileName(number: number, title: string, taken: Set<string>): string {
  const words = slug(title.replace(/^[\d.\s]+/, ""));
  const short =
    words.length <= LONGEST_NAME
      ? words
      : words
          .slice(0, LONGEST_NAME + 1)
          .replace(/-[^-]*$/, "")
          .replace(/(?:-(?:[adl]|au|aux|de|des|du|en|et|la|le|les|ou|pour|sur))+$/, "");
  const stem = [String(number).padStart(2, "0"), ...(short === "" ? [] : [short])].join("-");
  let name = `${stem}.md`;
  for (let again = 2; taken.has(name); again += 1) name = `${stem}-${again}.md`;
  taken.add(name);
  return name;
}

/** The settings that another tool reads at a document's head are not the runbook's. */
function withoutFrontMatter(lines: readonly SourceLine[]): {
  readonly kept: readonly SourceLine[];
  readonly left: readonly LeftLine[];
} {
  if (lines[0]?.text.trimEnd() !== "---") return { kept: lines, left: [] };
  const end = lines.findIndex(({ text }, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(text));
  if (end < 0) return { kept: lines, left: [] };
  return {
    kept: lines.slice(end + 1),
    left: lines.slice(0, end + 1).map((line) => ({ ...line, why: "en-tête YAML" })),
  };
}
