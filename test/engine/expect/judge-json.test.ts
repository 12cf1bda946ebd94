import { expect, test } from "vitest";
import { judgeJson } from "../../../engine/expect/index.ts";
import type { JsonRule } from "../../../engine/model/expectation.ts";

const STATUS = [
  { type: "cluster", name: "lab", nodes: 3, quorate: 1 },
  { type: "node", name: "pve1", online: 1, nodeid: "1" },
  { type: "node", name: "pve2", online: 0, nodeid: "2" },
];

type Case = readonly [rule: Omit<JsonRule, "type">, ok: boolean, expected: string, obtained: string];

const cases: readonly Case[] = [
  [
    { path: "$[*]", where: { absent: null }, count: 0 },
    true,
    "aucune valeur dans $[*] où absent = null",
    "aucune valeur",
  ],
  [
    { path: "$[*]", where: { constructor: null } },
    false,
    "au moins une valeur dans $[*] où constructor = null",
    "aucune valeur ; sans la condition : { type = cluster, name = lab, nodes = 3, quorate = 1 } ; { type = node, name = pve1, online = 1, nodeid = 1 } ; { type = node, name = pve2, online = 0, nodeid = 2 }",
  ],
  [
    { path: "$[*]", where: { type: "node" }, count: 2 },
    true,
    "2 valeurs dans $[*] où type = node",
    "{ type = node, name = pve1, online = 1, nodeid = 1 } ; { type = node, name = pve2, online = 0, nodeid = 2 }",
  ],
  [
    { path: "$[*]", where: { type: "node", name: "pve2", online: 1 }, count: 1 },
    false,
    "1 valeur dans $[*] où type = node, name = pve2, online = 1",
    "aucune valeur ; au plus près : online = 0 (attendu 1) là où type = node, name = pve2",
  ],
  [
    { path: "$[*]", where: { type: "qemu" }, count: 0 },
    true,
    "aucune valeur dans $[*] où type = qemu",
    "aucune valeur",
  ],
  [
    { path: "$[*]", where: { type: "node" }, count: 0 },
    false,
    "aucune valeur dans $[*] où type = node",
    "2 valeurs : { type = node, name = pve1, online = 1, nodeid = 1 } ; { type = node, name = pve2, online = 0, nodeid = 2 }",
  ],
  [
    { path: "$[?@.type=='cluster'].quorate", equals: true },
    true,
    "au moins une valeur dans $[?@.type=='cluster'].quorate, égale à true",
    "1",
  ],
  [
    { path: "$[?@.type=='node'].online", equals: 1 },
    false,
    "au moins une valeur dans $[?@.type=='node'].online, égale à 1",
    "0",
  ],
  [
    { path: "$[*].nodeid", where: { name: "pve2" }, equals: 2 },
    true,
    "au moins une valeur dans $[*].nodeid où name = pve2, égale à 2",
    "2",
  ],
  [
    { path: "$[*].nodeid", min: 1, max: 2 },
    true,
    "au moins une valeur dans $[*].nodeid, au moins 1, au plus 2",
    "1 ; 2",
  ],
  [{ path: "$[*].nodeid", min: 2 }, false, "au moins une valeur dans $[*].nodeid, au moins 2", "1"],
  [{ path: "$[*].name", min: 2 }, false, "au moins une valeur dans $[*].name, au moins 2", "lab ; pve1 ; pve2"],
  [
    { path: "$[*].name", matches: "^pve\\d$", where: { type: "node" } },
    true,
    "au moins une valeur dans $[*].name où type = node, qui correspond à /^pve\\d$/",
    "pve1 ; pve2",
  ],
  [
    { path: "$[*].name", matches: "/^PVE/i" },
    false,
    "au moins une valeur dans $[*].name, qui correspond à /^PVE/i",
    "lab",
  ],
  [{ path: "$.absent" }, false, "au moins une valeur dans $.absent", "aucune valeur"],
  [
    { path: "$[*]", where: { type: "storage" } },
    false,
    "au moins une valeur dans $[*] où type = storage",
    "aucune valeur ; sans la condition : { type = cluster, name = lab, nodes = 3, quorate = 1 } ; { type = node, name = pve1, online = 1, nodeid = 1 } ; { type = node, name = pve2, online = 0, nodeid = 2 }",
  ],
  [{ path: "$[" }, false, "au moins une valeur dans $[", "JSONPath invalide « $[ » (vers le caractère 3)"],
  [
    { path: "$", matches: "(" },
    false,
    "au moins une valeur dans $, qui correspond à /(/",
    "expression régulière invalide /(/ : parenthèse jamais fermée",
  ],
];

test.each(cases)("judgeJson() of %j: %s", (rule, ok, expected, obtained) => {
  expect(judgeJson({ type: "json", ...rule }, STATUS)).toEqual({ ok, expected, obtained });
});

test("judgeJson() shows three values and says how many it leaves out", () => {
  const { obtained } = judgeJson({ type: "json", path: "$[*]" }, [1, 2, 3, 4, 5]);
  expect(obtained).toBe("1 ; 2 ; 3 ; et 2 de plus");
});

test("judgeJson() shows first, of a long object, what was asked of it", () => {
  const long = { id: "node/pve1", ip: "10.202.4.31", note: "x".repeat(200), online: 1 };
  const { obtained } = judgeJson({ type: "json", path: "$[*]", where: { online: 1 } }, [long]);
  expect(obtained).toMatch(/^\{ online = 1, id = node\/pve1, /);
});
