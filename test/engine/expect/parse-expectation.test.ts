import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkExpectation,
  judgeOutput,
  parseExpectation,
  type WrittenExpectation,
} from "../../../engine/expect/index.ts";
import type { Expectation } from "../../../engine/model/expectation.ts";

const VALUES = { ip: "10.0.0.1", nom: "a*b", piege: "x'\"\\y" };

const sound: readonly (readonly [WrittenExpectation, Expectation])[] = [
  ["/a+/", { type: "regex", source: "a+", flags: "", negated: false }],
  ["/a+/iu", { type: "regex", source: "a+", flags: "iu", negated: false }],
  ["/^{{ip}}$/", { type: "regex", source: "^\\x310\\.0\\.0\\.1$", flags: "", negated: false }],
  ["/usr/bin", { type: "equal", text: "/usr/bin", negated: false }],
  ["ligne", { type: "equal", text: "ligne", negated: false }],
  ["ligne {{nom}}", { type: "equal", text: "ligne a*b", negated: false }],
  ["*inet {{ip}}/*", { type: "glob", text: "*inet 10.0.0.1/*", negated: false }],
  ["* {{nom}}", { type: "glob", text: "* a\\*b", negated: false }],
  ["C:\\dossier", { type: "equal", text: "C:\\dossier", negated: false }],
  ["2 \\* 3\\?", { type: "equal", text: "2 * 3?", negated: false }],
  [{ equal: "/{{nom}}/" }, { type: "equal", text: "/a*b/", negated: false }],
  [{ glob: "rien" }, { type: "glob", text: "rien", negated: false }],
  [{ not: "/x/" }, { type: "regex", source: "x", flags: "", negated: true }],
  [{ not: "*x" }, { type: "glob", text: "*x", negated: true }],
  [{ not: "x" }, { type: "equal", text: "x", negated: true }],
  [
    { json: { path: "$[?@.n=='{{piege}}']", where: { nom: "{{nom}}", n: 1 }, equals: ["{{ip}}"], matches: "{{ip}}" } },
    {
      type: "json",
      path: "$[?@.n=='x\\u0027\\u0022\\u005cy']",
      where: { nom: "a*b", n: 1 },
      equals: ["10.0.0.1"],
      matches: "\\x310\\.0\\.0\\.1",
    },
  ],
  [{ json: { path: "$", count: 0, min: 1, max: 2 } }, { type: "json", path: "$", count: 0, min: 1, max: 2 }],
];

test.each(sound)("parseExpectation() reads %j", (written, expectation) => {
  expect(parseExpectation(written, VALUES)).toEqual({ ok: true, expectation });
  expect(checkExpectation(written)).toBeUndefined();
});

const malformed: readonly (readonly [WrittenExpectation, string])[] = [
  ["/(/", "expression régulière invalide /(/ : parenthèse jamais fermée"],
  ["/a)/", "expression régulière invalide /a)/ : parenthèse fermante de trop"],
  ["/[a/", "expression régulière invalide /[a/ : crochet jamais fermé"],
  ["/*a/", "expression régulière invalide /*a/ : répétition sans rien à répéter"],
  ["/a{2,1}/", "expression régulière invalide /a{2,1}/ : bornes de répétition dans le désordre"],
  ["/[z-a]/", "expression régulière invalide /[z-a]/ : intervalle de caractères dans le désordre"],
  ["/\\p{Rien}/u", "expression régulière invalide /\\p{Rien}/u : échappement inconnu"],
  ["/(?<a>.)(?<a>.)/", "expression régulière invalide /(?<a>.)(?<a>.)/ : groupe mal formé"],
  ["/a/uv", "expression régulière invalide /a/uv : drapeaux inconnus ou incompatibles"],
  ["/a/g", "le drapeau « g » est sans effet ici ; seuls i, m, s, u et v servent"],
  ["", "attente vide : écrivez le texte attendu, un motif ou une /expression/"],
  [{ not: " " }, "attente vide : écrivez le texte attendu, un motif ou une /expression/"],
  ["un\ndeux", "une attente porte sur une seule ligne ; écrivez une attente par ligne"],
  [{ json: { path: "data" } }, "JSONPath invalide « data » (vers le caractère 1)"],
  [{ json: { path: "$", matches: "(" } }, "expression régulière invalide /(/ : parenthèse jamais fermée"],
  [{ json: { path: "$", min: 2, max: 1 } }, "min (2) dépasse max (1)"],
];

test.each(malformed)("checkExpectation() refuses %j: %s", (written, reason) => {
  expect(checkExpectation(written)).toBe(reason);
  expect(parseExpectation(written, {})).toEqual({ ok: false, reason });
});

test("parseExpectation() names the values that are missing, each once", () => {
  const written = { json: { path: "$['{{a}}']", where: { x: "{{b}} {{a}}" } } };
  expect(parseExpectation(written, {})).toEqual({ ok: false, reason: "valeur inconnue à cette étape : a, b" });
});

test("parseExpectation() lets any value stand for itself in every form", () => {
  // Line ends are not part of a line, and a JSON key cannot hold a lone surrogate once printed.
  const value = fc
    .string({ unit: "grapheme", minLength: 1 })
    .filter((text) => !/[\p{Cc}]/u.test(text) && text.trim() !== "");
  fc.assert(
    fc.property(value, (v) => {
      const line = `<${v}>`;
      const written: readonly WrittenExpectation[] = ["<{{v}}>", "<{{v}}?", "/^<{{v}}>$/", "/^<{{v}}>$/u"];
      for (const each of written) {
        const parsed = parseExpectation(each, { v });
        expect(parsed.ok && judgeOutput([parsed.expectation], line)[0]?.ok).toBe(true);
      }
      const rule = { json: { path: "$[?@.nom=='{{v}}'].nom", equals: "{{v}}", count: 1 } };
      const parsed = parseExpectation(rule, { v });
      expect(
        parsed.ok && judgeOutput([parsed.expectation], JSON.stringify([{ nom: v }, { nom: `${v}!` }]))[0]?.ok,
      ).toBe(true);
    }),
  );
});
