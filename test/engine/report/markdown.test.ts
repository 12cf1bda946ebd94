import type { Nodes } from "mdast";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { markdownFace } from "../../../engine/report/index.ts";
import { oneChapter, reportOf } from "../../support/read-report.ts";
import { sampleRun } from "../../support/report-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function nodesOf(text: string): readonly Nodes[] {
  const nodes: Nodes[] = [];
  const walk = (node: Nodes) => {
    nodes.push(node);
    if ("children" in node) node.children.forEach(walk);
  };
  walk(unified().use(remarkParse).use(remarkGfm).parse(text));
  return nodes;
}

describe("markdownFace()", () => {
  it("gives headings, filled figures, outputs, gaps and tables as GFM, and names its pictures", async () => {
    const { text, pictures } = markdownFace(await reportOf(await sampleRun(await tempFolder())));
    const nodes = nodesOf(text);
    const images = nodes.flatMap((node) => (node.type === "image" ? [node.url] : []));
    expect(images.length).toBeGreaterThan(0);
    expect(new Set(images)).toEqual(new Set(pictures));
    expect(nodes.filter(({ type }) => type === "table").length).toBeGreaterThan(3);
    const codes = nodes.flatMap((node) => (node.type === "code" ? [node.value] : []));
    expect(codes.join("\n")).toContain("Quorate:          Yes");
    expect(codes.join("\n")).not.toContain("\u001b");
    expect(text).toContain("> **Capture non produite**");
    expect(text).not.toMatch(/\[ ?Capture ?:/i);
    const anchors = new Set([...text.matchAll(/<a id="([^"]*)">/g)].map(([, id]) => id));
    const inner = nodes.flatMap((node) =>
      node.type === "link" && node.url.startsWith("#") ? [node.url.slice(1)] : [],
    );
    expect(inner.filter((url) => !anchors.has(url))).toEqual([]);
  });

  it.each([
    "<img src=x onerror=alert(1)><script>alert(2)</script>",
    "```\n</details>\n# owned\n```",
    "`` ` `` ```` ``` ````",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "| a | b |\n| - | - |\n- [ ] list\n1. one\n# title\n***",
    "https://evil.example www.evil.example evil@evil.example @everyone #1 &copy; $x$ ~~s~~ [^1]",
    "\\`<b>\\`| \\| end\\",
    "a\u0007b\u202ec",
  ])("keeps hostile text inert wherever it stands: %j", async (hostile) => {
    const text = "```bash {#a .check on=pve1}\ntrue\n```\n\n[ Capture : vue ]";
    const settings = `titre: ${JSON.stringify(hostile)}\nconfidentialite: ${JSON.stringify(hostile)}\nreference: ${JSON.stringify(hostile)}\n`;
    const spec = oneChapter(await tempFolder(), text, [
      {
        id: "a",
        tries: [
          {
            ...{ sent: hostile, answer: hostile, output: [["stdout", `${hostile}\n`] as const] },
            outcome: {
              status: "failed",
              reason: hostile,
              judgements: [{ ok: false, expected: hostile, obtained: hostile }],
            },
          },
        ],
      },
    ]);
    const nodes = nodesOf(markdownFace(await reportOf({ ...spec, settings, inventory: { simulated: hostile } })).text);
    const own = /^(?:<a id="[\w-]*">|<\/a>|<!-- -->|<details><summary>[^<>]*<\/summary>|<\/details>)$/;
    expect(nodes.flatMap((node) => (node.type === "html" && !own.test(node.value) ? [node.value] : []))).toEqual([]);
    expect(nodes.flatMap((node) => (node.type === "link" && !node.url.startsWith("#") ? [node.url] : []))).toEqual([]);
    const kinds = new Set(nodes.map(({ type }) => type));
    for (const kind of ["image", "list", "thematicBreak", "delete", "footnoteReference"])
      expect(kinds).not.toContain(kind);
    const titles = nodes.filter((node) => node.type === "heading");
    // The title, deviations, glossary, the chapter, completeness, integrity.
    expect(titles.map((node) => node.depth)).toEqual([1, 2, 2, 2, 2, 2]);
    const code = nodes.flatMap((node) => (node.type === "code" ? [node.value] : []));
    expect(code[0]).toBe(hostile);
    expect(code).toHaveLength(2);
  });

  it("keeps an author's prose, notes and references, and shows raw HTML as text", async () => {
    const text =
      'Voir [figure](#1-vue), [le site](https://example.org) et [ici](./x.md).[^n] <b onclick="x">gras</b>\n\n[^n]: Une note.\n\n```bash {#a .check on=pve1 capture="vue"}\ntrue\n```\n\n[ Capture : vue ]';
    const steps = [{ id: "a", fills: "1-vue", tries: [{ sent: "true", output: [["stdout", "ok\n"] as const] }] }];
    const { text: markdown } = markdownFace(await reportOf(oneChapter(await tempFolder(), text, steps)));
    expect(markdown).toContain("[figure 1](#figure-1-vue)");
    expect(markdown).toContain("[le site](https://example.org) et ici.[^1-n]");
    expect(markdown).toContain("[^1-n]: Une note.");
    expect(markdown).toContain('\\<b onclick="x">gras\\</b>');
  });
});
