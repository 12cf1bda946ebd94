import type { Root } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";

const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ["yaml"]).freeze();

/** The Markdown tree (CommonMark, GFM, YAML front matter) of a text without byte order mark, positions kept. */
export function parseMarkdown(text: string): Root {
  return markdown.parse(text);
}
