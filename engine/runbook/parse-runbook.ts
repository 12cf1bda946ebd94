import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { sha256 } from "../base/digest.ts";
import type { Runbook, Section } from "../model/runbook.ts";
import type { RawSettings } from "../model/setting.ts";
import { reporterFor } from "./author-message.ts";
import { buildBlocks } from "./blocks.ts";
import { readChapter } from "./chapter.ts";
import { readComments } from "./comments.ts";
import { type Fence, readFence } from "./fence.ts";
import { checkFenceBalance } from "./fence-balance.ts";
import { findPlaceholders } from "./find-placeholders.ts";
import { readFrontMatter } from "./front-matter.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import { identifyPlaceholders } from "./placeholders.ts";
import { linesOf } from "./region.ts";
import { findSections } from "./sections.ts";
import { checkedSettings } from "./settings.ts";

/**
 * One Markdown document as a Runbook, as complete as it can be. Author's mistakes become messages on the file, never exceptions.
 * `overrides` are the command line's settings, stronger than what is written.
 */
export function parseRunbook(file: VFile, overrides: RawSettings = {}): Runbook {
  const report = reporterFor(file);
  const path = (file.path ?? "runbook.md").replaceAll("\\", "/");
  const source = String(file);
  // Positions of the tree do not count a byte order mark.
  const text = source.replace(/^\uFEFF/, "");
  const lines = linesOf(text);
  const tree = parseMarkdown(text);

  const front = readFrontMatter(tree, lines, path, report);
  const headed = findSections(tree, path);
  const chapter = readChapter(front, headed, tree, path, report);
  const sections = headed.length > 0 ? headed.map(({ section }) => section) : [untitled(chapter.title, path)];

  const fences: Fence[] = [];
  visit(tree, "code", (node) => {
    const fence = readFence(node, lines, path);
    if (fence !== undefined) fences.push(fence);
  });
  const balanced = checkFenceBalance(fences, report);

  const found = findPlaceholders(tree, text, report);
  const comments = readComments(tree, lines, path, headed, found, report);
  const placeholders = identifyPlaceholders(found, sections, chapter.number, path, report);
  const blocks = buildBlocks(
    fences,
    {
      chapter: chapter.number,
      sections,
      placeholders,
      comments,
      defaults: front.defaults,
      overrides: checkedSettings(overrides, report),
      balanced,
    },
    report,
  );
  return {
    file: path,
    source,
    sha256: sha256(source),
    chapter: chapter.number,
    title: chapter.title,
    frontMatter: front.values,
    variables: front.variables,
    sections,
    placeholders,
    blocks,
    tree,
  };
}

/** A document without a heading still has a section, so that every block stands in one. */
function untitled(title: string, file: string): Section {
  return { index: 0, depth: 1, title, number: "", place: { file, line: 1, column: 1 } };
}
