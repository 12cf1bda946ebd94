import type { Root, RootContent } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { takeApart } from "../../../engine/report/take-apart.ts";
import { parseRunbook } from "../../../engine/runbook/index.ts";

/** What stays to read of the last paragraph or list, and what was taken out, in order. */
function apart(text: string): { prose: string | undefined; stops: readonly string[] } {
  const runbook = parseRunbook(new VFile({ path: "1.md", value: `# 1. T\n\n${text}\n` }));
  const context = {
    blocks: new Map(runbook.blocks.map((block) => [block.place.line, block])),
    queue: [...runbook.placeholders],
    link: ({ caption }: { caption: string }) => ({ type: "text" as const, value: `<${caption}>` }),
  };
  const nodes: readonly RootContent[] = (runbook.tree satisfies Root).children.slice(1);
  const results = nodes.map((node) => takeApart(node, context));
  expect(context.queue).toEqual([]);
  const prose = results.flatMap(({ prose }) => (prose === undefined ? [] : [textOf(prose)]));
  const stops = results.flatMap(({ stops }) =>
    stops.map((stop) => (stop.type === "block" ? `#${stop.block.id}` : stop.placeholder.caption)),
  );
  return { prose: prose.length === 0 ? undefined : prose.join("|"), stops };
}

describe("takeApart()", () => {
  it.each<[string, string, string | undefined, readonly string[]]>([
    ["a placeholder alone", "[ Capture : a ]", undefined, ["a"]],
    ["loose spelling", "[capture :   a\u00a0b ].", undefined, ["a b"]],
    ["two of them", "[ Capture : a ] [CAPTURE: b]", undefined, ["a", "b"]],
    ["text around", "voir [ Capture : a ] ici", "voir <a> ici", ["a"]],
    ["emphasis inside", "voir [ Capture : a *b* c ] ici", "voir <a b c> ici", ["a b c"]],
    ["emphasis around", "voir **[ Capture : a ]** ici", "voir <a> ici", ["a"]],
    ["a caption with code", "[ Capture : sortie de `pvecm` ]", undefined, ["sortie de pvecm"]],
    ["a list item", "- un [ Capture : a ]\n- deux", "un <a>deux", ["a"]],
    ["code that only looks like one", "`[ Capture : a ]`", "[ Capture : a ]", []],
    ["a caption over two lines", "[ Capture : a\nb ]", undefined, ["a b"]],
    ["a block in a list", "- un\n\n  ```bash {#x}\n  true\n  ```\n- deux", "undeux", ["#x"]],
    [
      "a block and a placeholder in a quote",
      "> [ Capture : a ]\n>\n> ```bash {#x}\n> true\n> ```",
      undefined,
      ["a", "#x"],
    ],
    ["a fence that is prose", "```bash\ntrue\n```", "true", []],
    ["a table cell", "| x |\n| --- |\n| [ Capture : a ] |", "x", ["a"]],
  ])("takes out %s", (_name, text, prose, stops) => {
    expect(apart(text)).toEqual({ prose, stops });
  });
});
