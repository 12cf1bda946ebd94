import { describe, expect, it } from "vitest";
import { judgeApi, judgePage, type SeenExpectation } from "../../../../engine/transports/browser/judge-page.ts";
import type { PageReading } from "../../../../engine/transports/browser/page/page-types.ts";

const reading: PageReading = {
  window: "",
  tab: "",
  tree: { selected: "root", resources: [] },
  grids: [
    {
      id: "grid-1",
      xtype: "grid",
      title: "Nœuds",
      columns: ["Nom", "Votes"],
      rows: [
        { name: "pve1", quorum_votes: "1", online: true },
        { name: "pve2", quorum_votes: 1, online: 0 },
      ],
      cells: [
        ["pve1", "1"],
        ["pve2", "1"],
      ],
    },
  ],
  fields: [{ name: "clustername", label: "Nom", xtype: "textfield", value: "lab", shown: "lab", errors: [] }],
  buttons: [],
  text: "Nom du cluster\nlab",
};

describe("judgePage()", () => {
  it.each<[string, SeenExpectation, boolean, RegExp]>([
    [
      "a row, loosely",
      { row: { name: "pve1", quorum_votes: 1, online: 1 } },
      true,
      /^\[pve1, 1 ; name = pve1, quorum_votes = 1, online = 1\]$/,
    ],
    [
      "a row that is not there",
      { row: { name: "pve2", online: 1 } },
      false,
      /au plus près\s: online = 0 \(attendu 1\) là où name = pve2/,
    ],
    ["a number of rows", { rows: { quorum_votes: "1" }, count: 2 }, true, /pve2/],
    ["another number of rows", { rows: { online: 1 }, count: 2 }, false, /lignes affichées/],
    ["a field", { field: "clustername", is: "lab" }, true, /clustername = lab/],
    ["another value of a field", { field: "clustername", is: "x" }, false, /clustername = lab/],
    ["an absent field", { field: "nom", is: "x" }, false, /champ absent\s; champs affichés\s: clustername/],
    ["a component", { component: "netsel", is: "10.202.4.31" }, true, /^10\.202\.4\.31$/],
    ["an absent component", { component: "nothing", is: 1 }, false, /composant absent/],
    ["a text", { text: "cluster\\s+lab" }, true, /cluster/],
    ["a text with flags", { text: "/NOM DU/i" }, true, /Nom du/],
    ["an absent text", { text: "HEALTH_OK" }, false, /rien de tel\s; texte affiché\s: Nom du cluster lab/],
  ])("judges %s", (_what, expectation, ok, obtained) => {
    const components = { netsel: [{ value: "10.202.4.31", shown: "10.202.4.31" }] };
    const judgement = judgePage(expectation, reading, components);
    expect(judgement.ok).toBe(ok);
    expect(judgement.obtained).toMatch(obtained);
  });
});

describe("judgeApi()", () => {
  const rule = { api: "/cluster/status", path: "$[?@.type=='node']", where: { online: 1 }, count: 1 };
  it.each([
    ["holds", 200, [{ type: "node", online: "1" }], true, /online/],
    ["does not", 200, [{ type: "node", online: 0 }], false, /online = 0/],
    ["was not answered", 595, null, false, /l’API répond HTTP 595/],
  ])("judges a rule that %s", (_what, status, data, ok, obtained) => {
    const judgement = judgeApi(rule, { status, text: `HTTP ${status}`, data });
    expect(judgement.ok).toBe(ok);
    expect(judgement.obtained).toMatch(obtained);
  });
});
