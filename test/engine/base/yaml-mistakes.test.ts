import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { yamlMistakes } from "../../../engine/base/yaml-mistakes.ts";

/** Each mistake as `line:column reason — remedy`. */
function mistakesIn(text: string): readonly string[] {
  const { errors } = parseDocument(text, { prettyErrors: false, logLevel: "error" });
  return yamlMistakes(errors, text).map(({ offset, reason, remedy }) => {
    const before = text.slice(0, offset).split("\n");
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${reason} — ${remedy}`;
  });
}

describe("yamlMistakes()", () => {
  it.each<[string, string, RegExp]>([
    [
      "a brace",
      "view: x\nexpect:\n  - { row: { a: 1 }\nlog: true\n",
      /^3:20 l’accolade ouverte par «.\{ row: \{ a: 1 \}.» n’est jamais fermée — Ajoutez «.\}.»/,
    ],
    ["a brace at the end", "a: { b: 1\n", /^1:10 l’accolade .*«.\}.»/],
    ["a bracket", "a: [{ b: 1 }\nc: 1\n", /^1:13 le crochet .*«.\].»/],
    ["a quote", 'a: "b\nc: d\n', /^2:5 le guillemet ouvert par «."b.».*«.".»/],
    ["a comma", "a: { b: { c: 1 } d: 2 }\n", /^1:18 il manque une virgule avant «.d: 2 \}.»/],
    ["a colon", "a: 1\nb\n", /^2:1 cette clé .*deux-points/],
    ["the space after a colon", "a:1\nb: 1\n", /^1:1 cette clé .*espace/],
    ["quotes around a reference", "a: {{nom}}/b\nc: 1\n", /^1:11 \{\{nom\}\} sans guillemets/],
    ["quotes around a sign", "a: @b\n", /^1:4 .*guillemets — .*guillemets/],
  ])("says that %s is missing, and where", (_, text, said) => {
    expect(mistakesIn(text)).toEqual([expect.stringMatching(said)]);
  });

  it.each<[string, string, RegExp]>([
    ["a brace too many", "a: { b: 1 } }\n", /^1:13 «.\}.» est de trop/],
    ["a tab", "a:\n\t- b\n", /^2:1 une tabulation/],
    ["a key too far in", "a: b\n  c: d\n", /^2:3 .*retrait/],
    ["two keys on a line", "a: b: c\n", /^1:4 deux clés/],
    ["a list below a value", "a: b\n- c\n", /^2:1 .*retrait/],
    ["a text behind a value", "- a\nb: c\n", /^1:4|^2:1/],
  ])("names %s", (_, text, said) => {
    expect(mistakesIn(text)).toEqual([expect.stringMatching(said)]);
  });

  it("speaks of a lack only where there is one: nothing about braces without a brace", () => {
    for (const text of ["a: b\n  c: d\n", "a:\n\t- b\n", "a: b: c\n", 'a: "b\n']) {
      expect(mistakesIn(text).join()).not.toMatch(/accolade|crochet/);
    }
  });

  it("names every key that is written twice", () => {
    expect(mistakesIn("a: 1\na: 2\nb: 1\nb: 2\n")).toEqual([
      expect.stringMatching(/^2:1 cette clé/),
      expect.stringMatching(/^4:1 cette clé/),
    ]);
  });
});
