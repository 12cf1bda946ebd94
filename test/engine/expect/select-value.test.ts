import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSelector, type SelectedValue, selectValue, type WrittenSelector } from "../../../engine/expect/index.ts";

const TEXT = "\u001b[1mRing ID:\u001b[0m          1.d\r\nQuorum:           2  \r\n";
const JSON_TEXT = '{"nodes":[{"name":"pve1","fp":"AA","id":1},{"name":"pve2","fp":"BB","id":2}],"ok":true,"vide":null}';

const cases: readonly (readonly [WrittenSelector, string, SelectedValue])[] = [
  ["Ring ID:\\s+(\\S+)", TEXT, { value: "1.d" }],
  ["^Quorum:\\s+\\d", TEXT, { value: "Quorum:           2" }],
  ["/ring id:\\s+(\\S+)/i", TEXT, { value: "1.d" }],
  [{ regex: "^Quorum:\\s+(\\d)" }, TEXT, { value: "2" }],
  [{ regex: "/(a)|Quorum: +(\\d)/" }, TEXT, { value: "2" }],
  ["absent (.*)", TEXT, { missing: "aucune correspondance avec /absent (.*)/" }],
  ["$.nodes[0].fp", JSON_TEXT, { value: "AA" }],
  ["$['ok']", JSON_TEXT, { value: "true" }],
  ["$.vide", JSON_TEXT, { value: "null" }],
  ["$.nodes[0]", JSON_TEXT, { value: '{"name":"pve1","fp":"AA","id":1}' }],
  [{ json: "$.nodes[*].fp", where: { name: "{{nom}}" } }, JSON_TEXT, { value: "BB" }],
  [{ json: "$.nodes[*]['{{cle}}']", where: { id: "1" } }, JSON_TEXT, { value: "AA" }],
  ["$.absent", JSON_TEXT, { missing: "aucune valeur dans $.absent" }],
  [
    { json: "$.nodes[*].fp", where: { name: "pve9" } },
    JSON_TEXT,
    { missing: "aucune valeur dans $.nodes[*].fp où name = pve9" },
  ],
  ["$.nodes[*].fp", JSON_TEXT, { missing: "2 valeurs différentes dans $.nodes[*].fp (AA, BB) ; précisez laquelle" }],
  [{ json: "$.nodes[*].fp", all: true }, JSON_TEXT, { value: "AA\nBB" }],
  [{ json: "$.nodes[*].rien", all: true }, JSON_TEXT, { missing: "aucune valeur dans $.nodes[*].rien" }],
  [
    { json: "$[*]", all: true },
    '["a\\nb", "c"]',
    { missing: "2 valeurs différentes dans $[*] (a↵b, c) ; précisez laquelle" },
  ],
  ["$.nodes", TEXT, { missing: "la sortie n’est pas du JSON : « Ring ID:          1.d↵Quorum:           2 »" }],
  ["(", TEXT, { missing: "expression régulière invalide /(/ : parenthèse jamais fermée" }],
  ["$.a b", TEXT, { missing: "JSONPath invalide « $.a b » (vers le caractère 5)" }],
  ["{{inconnu}} {{autre}}", TEXT, { missing: "valeur inconnue à cette étape : inconnu, autre" }],
];

test.each(cases)("selectValue() with %j out of %j gives %j", (written, stdout, selected) => {
  expect(selectValue(written, stdout, { nom: "pve2", cle: "fp" })).toEqual(selected);
});

test.each([
  ["", "sélecteur vide"],
  ["/a(/", "expression régulière invalide /a(/ : parenthèse jamais fermée"],
  ["$.", "JSONPath invalide « $. » (vers le caractère 3)"],
  [{ json: "nodes" }, "JSONPath invalide « nodes » (vers le caractère 1)"],
  ["{{nom}} = (.*)", undefined],
  [{ json: "$.nodes[{{n}}]" }, undefined],
] as const)("checkSelector(%j) says %j", (written, reason) => {
  expect(checkSelector(written)).toBe(reason);
});

test("selectValue() answers any output with a value or a reason", () => {
  const written: readonly WrittenSelector[] = ["(\\w+)$", "$..a", { json: "$[*].b", where: { c: 1 } }];
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), fc.constantFrom(...written), (stdout, each) => {
      const selected = selectValue(each, stdout, {});
      expect(typeof ("value" in selected ? selected.value : selected.missing)).toBe("string");
    }),
  );
});
