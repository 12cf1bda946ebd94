import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VFile } from "vfile";
import { parseRunbook } from "../../engine/runbook/index.ts";

const RUNBOOKS = join(import.meta.dirname, "../../runbooks");

/** The seven chapters' titles and captions in the layout of a report that a word processor wrote as plain text: no marks, all indented. */
export function proseReport(): { readonly text: string; readonly captions: readonly (readonly string[])[] } {
  const runbooks = readdirSync(RUNBOOKS)
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => parseRunbook(new VFile({ path: name, value: readFileSync(join(RUNBOOKS, name), "utf8") })));
  const text = runbooks.map(({ sections, placeholders }) =>
    sections
      .map(({ index, title }) => {
        const own = placeholders.filter(({ section }) => section === index);
        // Some are indented, some at the margin with no line between them, as the report has it.
        const indented = index % 2 === 0;
        return [
          title,
          "Depuis le nœud pve1, nous avons\u00a0:",
          "",
          "    vérifié chaque point un par un,  ",
          "    sur deux lignes quand il le faut (pve\u2011vm1),",
          "",
          `    noté le mot de passe. (${index === 2 ? "ZebreVert42" : "celui du site"})`,
          "",
          ...own.map(({ caption }) => (indented ? `    [ Capture : ${caption} ]\n` : `[ Capture : ${caption} ]`)),
          "",
        ].join("\n");
      })
      .join("\n"),
  );
  return {
    text: `\n\n\n${text.join("\n\n")}`,
    captions: runbooks.map((runbook) => runbook.placeholders.map(({ caption }) => caption)),
  };
}
