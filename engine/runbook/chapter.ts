import type { Root } from "mdast";
import type { Report } from "./author-message.ts";
import type { FrontMatter } from "./front-matter.ts";
import type { Headed } from "./sections.ts";

/** What the document is: its number in the report and its title. */
export interface Chapter {
  readonly number: number;
  readonly title: string;
}

/** Number from the front matter, else the title, else the file's name; title from the one H1. What is missing is reported. */
export function readChapter(
  front: FrontMatter,
  headed: readonly Headed[],
  tree: Root,
  file: string,
  report: Report,
): Chapter {
  const name = file.split("/").at(-1) ?? file;
  const titles = headed.filter(({ node }) => node.depth === 1);
  const [title, ...others] = titles.map(({ section }) => section);
  const top = tree.children.find((node) => node.type !== "yaml")?.position?.start ?? { line: 1, column: 1 };
  if (title === undefined) {
    report({
      rule: "missing-title",
      place: top,
      reason: "Le document n’a pas de titre.",
      remedy: "Commencez-le par une ligne « # 3. Titre du chapitre ».",
    });
  }
  for (const other of others) {
    report({
      rule: "second-title",
      place: other.place,
      reason: `Second titre de premier niveau « ${other.title} » ; le premier est ligne ${title?.place.line ?? 1}.`,
      remedy: "Un document est un chapitre : passez ce titre au niveau 2 (##), ou mettez-le dans un autre fichier.",
    });
  }
  const digits = title?.number.split(".")[0] || /^\d+/.exec(name)?.[0];
  const number = front.chapter ?? (digits === undefined ? undefined : Number(digits));
  // An unreadable front matter has said so already.
  if (number === undefined && front.readable) {
    report({
      rule: "missing-chapter",
      place: title?.place ?? top,
      reason: "Le numéro du chapitre n’est écrit nulle part.",
      remedy: "Écrivez « chapitre: 3 » dans l’en-tête, ou le numéro au début du titre (« # 3. … »).",
    });
  }
  return {
    number: number ?? 0,
    title: front.title ?? title?.title ?? name.replace(/^[\d\s._-]+(?=\p{L})|\.md$/giu, ""),
  };
}
