import { describe, expect, it } from "vitest";
import { renderProse } from "../../../engine/report/prose.ts";
import { parseMarkdown } from "../../../engine/runbook/index.ts";

const render = (text: string) =>
  renderProse(parseMarkdown(text).children, { language: "fr", notes: [], prefix: "n" })
    .html.replaceAll("\u00a0", "_")
    .replaceAll("\u202f", "~");

describe("renderProse()", () => {
  it.each([
    ["prose, set in French", "C'est *quoi* ?", "<p>C’est <em>quoi</em>~?</p>"],
    ["code, letter for letter", "l'`a : b ; c` : fin", "<p>l’<code>a : b ; c</code>_: fin</p>"],
    [
      "a fence, letter for letter",
      "```\nif [ a ]; then : ; fi\n```",
      "<pre><code>if [ a ]; then : ; fi\n</code></pre>",
    ],
    ["a web link", "[Proxmox](https://pve.proxmox.com/)", '<p><a href="https://pve.proxmox.com/">Proxmox</a></p>'],
    [
      "an address that is its own text",
      "<https://a.example/b?c;d>",
      '<p><a href="https://a.example/b?c;d">https://a.example/b?c;d</a></p>',
    ],
    ["a script link as text", "[x](javascript:alert(1))", "<p><span>x</span></p>"],
    ["a link to a file as text", "[x](../secret.md)", "<p><span>x</span></p>"],
    ["a data link as text", "[x](data:text/html,hello)", "<p><span>x</span></p>"],
    ["an image by its alternative", "![schéma](schema.png)", "<p><em>[image non incluse_: schéma]</em></p>"],
    ["raw HTML as text", "avant <b onclick=x>gras</b>", "<p>avant &#x3C;b onclick=x>gras&#x3C;/b></p>"],
    ["a raw block as text", "<script>alert(1)</script>", "&#x3C;script>alert(1)&#x3C;/script>"],
    ["no comment", "<!-- constat: { on: pve1 } -->\n\ntexte", "<p>texte</p>"],
    [
      "a table",
      "| a : b |\n| --- |\n| 10 Go |",
      "<table><thead><tr><th>a_: b</th></tr></thead><tbody><tr><td>10_Go</td></tr></tbody></table>",
    ],
  ])("gives %s", (_name, text, expected) => {
    expect(render(text).replace(/>\n</g, "><")).toBe(expected);
  });
});
