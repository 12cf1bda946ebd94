import type { Heading, RootContent } from "mdast";
import { slug } from "../base/slug.ts";
import type { Language } from "../model/report.ts";
import type { Chapter, Content, ExecutedBlock, Markup, ReportSection } from "../model/report-body.ts";
import type { Block, Placeholder, Runbook } from "../model/runbook.ts";
import type { Target } from "./cross-references.ts";
import type { Filling } from "./figures.ts";
import { innerLink } from "./inner-link.ts";
import { notesMarkdown, proseMarkdown } from "./markdown/prose-markdown.ts";
import type { NumberedTables } from "./numbered-tables.ts";
import { type Notes, renderProse, renderTitle } from "./prose.ts";
import { findSection, type SectionPlace } from "./section-places.ts";
import { type Apartment, type Stop, takeApart } from "./take-apart.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

export interface ChapterParts {
  readonly language: Language;
  readonly fillings: ReadonlyMap<string, Filling>;
  /** By the block's id. */
  readonly blocks: ReadonlyMap<string, ExecutedBlock>;
  /** Numbers of those in the report. */
  readonly chapters: readonly number[];
  /** Sections of all of them. */
  readonly sections: readonly SectionPlace[];
  readonly tables: NumberedTables;
}

/** A runbook as a chapter: its prose in order, with blocks and figures where the author put them. */
export function toChapter(runbook: Runbook, parts: ChapterParts): Chapter {
  const composer = new Composer(runbook, parts);
  for (const node of runbook.tree.children) composer.add(node);
  return composer.finish();
}

type Open = Omit<ReportSection, "content"> & { readonly content: Content[] };

class Composer {
  readonly #runbook: Runbook;
  readonly #parts: ChapterParts;
  readonly #context: Apartment;
  readonly #notes: Notes;
  readonly #introduction: Content[] = [];
  readonly #sections: Open[] = [];
  #prose: RootContent[] = [];
  #pieces = 0;
  #tables = 0;
  #heading: Markup | undefined;

  constructor(runbook: Runbook, parts: ChapterParts) {
    this.#runbook = runbook;
    this.#parts = parts;
    this.#context = {
      blocks: new Map(runbook.blocks.map((block) => [block.place.line, block])),
      queue: [...runbook.placeholders],
      link: (placeholder) => this.#link(placeholder),
    };
    this.#notes = runbook.tree.children.filter(
      (node) => node.type === "definition" || node.type === "footnoteDefinition",
    );
  }

  add(node: RootContent): void {
    if (node.type === "yaml" || node.type === "definition" || node.type === "footnoteDefinition") return;
    const { prose, stops } = takeApart(node, this.#context);
    if (prose?.type === "heading") this.#open(prose);
    else if (prose !== undefined) this.#prose.push(prose);
    for (const stop of stops) this.#stop(stop);
  }

  finish(): Chapter {
    // A placeholder that the prose walk did not meet still shows: nothing is left out silently.
    for (const placeholder of this.#context.queue.splice(0)) this.#stop({ type: "placeholder", placeholder });
    this.#flush();
    const { chapter, title, file, sha256 } = this.#runbook;
    const set = typeset(title, this.#parts.language, "title");
    return {
      number: chapter,
      anchor: `chapitre-${chapter}`,
      title: set,
      heading: this.#heading ?? renderTitle([{ type: "text", value: title }], this.#proseOptions()),
      file,
      sha256,
      introduction: this.#introduction,
      notes: notesMarkdown(this.#markdownOptions()),
      sections: this.#sections,
    };
  }

  #open(node: Heading): void {
    this.#flush();
    const heading = renderTitle(node.children, this.#proseOptions());
    const index = this.#sections.length;
    if (node.depth === 1 && this.#heading === undefined && index === 0) {
      this.#heading = heading;
      return;
    }
    const title = typeset(textOf(node), this.#parts.language, "title");
    const line = node.position?.start.line;
    const place = this.#parts.sections.find((each) => each.chapter === this.#runbook.chapter && each.line === line);
    const anchor = place?.anchor ?? `section-${this.#runbook.chapter}-${index + 1}-${slug(title)}`;
    this.#sections.push({ anchor, level: Math.max(2, node.depth), title, heading, content: [] });
  }

  #stop(stop: Stop): void {
    this.#flush();
    const content = this.#content();
    if (stop.type === "block") {
      const block = this.#block(stop.block);
      if (block !== undefined) content.push({ type: "block", block });
      return;
    }
    const filling = this.#parts.fillings.get(stop.placeholder.id);
    if (filling?.type === "figure") content.push({ type: "figure", figure: filling.figure });
    if (filling?.type === "gap") content.push({ type: "gap", gap: filling.gap });
  }

  #block(block: Block): ExecutedBlock | undefined {
    return this.#parts.blocks.get(block.id);
  }

  #flush(): void {
    if (this.#prose.length === 0) return;
    const body = renderProse(this.#prose, this.#proseOptions());
    const markdown = proseMarkdown(this.#prose, this.#markdownOptions());
    this.#prose = [];
    if (body.html !== "") this.#content().push({ type: "prose", body, markdown });
  }

  #content(): Content[] {
    return this.#sections.at(-1)?.content ?? this.#introduction;
  }

  #proseOptions() {
    this.#pieces += 1;
    return {
      language: this.#parts.language,
      notes: this.#notes,
      prefix: `note-${this.#runbook.chapter}-${this.#pieces}`,
      resolve: (name: string) => this.#resolve(name),
      table: (caption: string) => this.#table(caption),
    };
  }

  /** A table without a caption of its own is called as its section. */
  #table(caption: string) {
    const { language, tables } = this.#parts;
    const title = this.#sections.at(-1)?.title ?? this.#runbook.title;
    this.#tables += 1;
    const name = caption === "" ? title.replace(/^\d+(?:\.\d+)*\.?\s+/, "") : caption;
    return tables.add(`tableau-${this.#runbook.chapter}-${this.#tables}`, typeset(name, language, "title"));
  }

  #markdownOptions() {
    const { language } = this.#parts;
    const resolve = (name: string) => this.#resolve(name);
    return { language, notes: this.#notes, prefix: String(this.#runbook.chapter), resolve };
  }

  /** A capture or a block of any chapter by its id, a section by its number or title, a chapter as `chapitre-3`. */
  #resolve(name: string): Target | undefined {
    const { language, fillings, blocks, chapters, sections } = this.#parts;
    const words = wordsOf(language);
    const filling = fillings.get(name) ?? fillings.get(name.replace(/^figure-/, ""));
    if (filling?.type === "gap") return { anchor: filling.gap.anchor, label: words.seeGap };
    if (filling !== undefined) {
      const { anchor, number } = filling.figure;
      return { anchor, label: `${words.seeFigure} ${number}` };
    }
    const block = blocks.get(name) ?? blocks.get(name.replace(/^bloc-/, ""));
    if (block !== undefined) return { anchor: block.anchor, label: `${words.seeBlock} ${block.number}` };
    const chapter = Number(/^chapitre-(\d+)$/.exec(name)?.[1]);
    if (chapters.includes(chapter)) return { anchor: name, label: `${words.seeChapter} ${chapter}` };
    return findSection(sections, name, this.#runbook.chapter);
  }

  #link(placeholder: Placeholder) {
    const words = wordsOf(this.#parts.language);
    const filling = this.#parts.fillings.get(placeholder.id);
    return filling?.type === "figure"
      ? innerLink(filling.figure.anchor, `${words.seeFigure} ${filling.figure.number}`)
      : innerLink(filling?.gap.anchor ?? "", words.seeGap);
  }
}

function textOf(node: Heading | Heading["children"][number]): string {
  if ("children" in node) return node.children.map(textOf).join("").replace(/\s+/g, " ").trim();
  return "value" in node && node.type !== "html" ? node.value : "";
}
