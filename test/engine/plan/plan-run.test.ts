import { expect, test } from "vitest";
import { inventory, node, plan, runbook, stepsOf } from "./support.ts";

const TWO = [
  { chapter: 4, blocks: [{ id: "d", on: "pve2" }] },
  {
    chapter: 3,
    blocks: [
      { id: "a", on: "@noeuds" },
      { id: "b", on: "pve2 pve1,pve2" },
      { id: "c", on: "local" },
    ],
  },
];

test("planRun() takes the chapters in order and each block with its targets", () => {
  const planned = plan(TWO);
  expect(stepsOf(planned)).toEqual(["a@pve1,pve2", "b@pve2,pve1", "c@local", "d@pve2"]);
  expect(planned.plan.steps.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4]);
  expect(planned.plan.scope).toEqual([3, 4]);
  expect(planned.problems).toEqual([]);
});

test("planRun() takes the chapters in the order of the scope, and no others", () => {
  expect(stepsOf(plan(TWO, { scope: [4, 3] }))).toEqual(["d@pve2", "a@pve1,pve2", "b@pve2,pve1", "c@local"]);
  const planned = plan(TWO, { scope: [4] });
  expect(stepsOf(planned)).toEqual(["d@pve2"]);
  expect(planned.plan.runbooks.map(({ chapter }) => chapter)).toEqual([4]);
});

test("planRun() runs a block without a target on the only node there is", () => {
  const sketch = [{ blocks: [{ id: "a" }] }];
  expect(stepsOf(plan(sketch, { inventory: inventory({ nodes: [node("pve7")], groups: {} }) }))).toEqual(["a@pve7"]);
});

test("planRun() moves only what its needs ask for, and cleanup to the end", () => {
  const blocks = [
    { id: "nettoyage", on: "pve1", cleanup: true },
    { id: "a", on: "pve1", needs: "#d" },
    { id: "b", on: "pve1" },
    { id: "c", on: "pve1", needs: "#a" },
    { id: "d", on: "pve1" },
    { id: "e", on: "pve1" },
  ];
  expect(stepsOf(plan([{ blocks }])).map((step) => step.split("@")[0])).toEqual(["b", "d", "a", "c", "e", "nettoyage"]);
});

test("planRun() lets the first block fill a placeholder that this site can run", () => {
  const blocks = [
    { id: "ecran", kind: "browser", on: "pve1", capture: "statut" },
    { id: "api", kind: "http", on: "pve2", capture: "statut" },
    { id: "texte", on: "pve1", capture: "statut" },
    { id: "seul", kind: "http", on: "pve2", capture: "rien" },
  ] as const;
  const sketch = [{ captions: ["statut", "rien", "orpheline"], blocks }];
  const site = (one: object, two: object) => ({
    inventory: inventory({ nodes: [node("pve1", one), node("pve2", two)] }),
  });
  const full = plan(sketch);
  expect(stepsOf(full)).toEqual([
    "ecran@pve1 → 3-statut",
    "api@pve2 (not-chosen: la capture « statut » est servie par #ecran)",
    "texte@pve1 (not-chosen: la capture « statut » est servie par #ecran)",
    "seul@pve2 → 3-rien",
  ]);
  expect(full.plan.placeholders.map(({ candidates, chosen }) => [candidates, chosen])).toEqual([
    [["ecran", "api", "texte"], "ecran"],
    [["seul"], "seul"],
    [[], undefined],
  ]);
  const poor = plan(sketch, site({ pve: undefined }, { pve: undefined }));
  expect(stepsOf(poor)).toEqual([
    "ecran@pve1 (not-chosen: pve1 n’offre pas l’API de Proxmox ; la capture « statut » est servie par #texte)",
    "api@pve2 (not-chosen: pve2 n’offre pas l’API de Proxmox ; la capture « statut » est servie par #texte)",
    "texte@pve1 → 3-statut",
    "seul@pve2 (not-chosen: pve2 n’offre pas l’API de Proxmox ; aucun bloc ne peut servir la capture « rien » ici)",
  ]);
  expect(poor.problems).toEqual([]);
});

test("planRun() serves a caption in the chapter that has it only", () => {
  const chapters = [3, 4].map((chapter) => ({
    chapter,
    captions: ["x"],
    blocks: [{ id: `b${chapter}`, on: "pve1", capture: "x" }],
  }));
  expect(stepsOf(plan(chapters))).toEqual(["b3@pve1 → 3-x", "b4@pve1 → 4-x"]);
});

test("planRun() changes nothing of what it is given", () => {
  const given = TWO.map(runbook);
  const before = JSON.stringify(given);
  plan(TWO);
  expect(JSON.stringify(given)).toBe(before);
});

test("planRun() leaves a block without a target out of the plan", () => {
  expect(
    stepsOf(
      plan([
        {
          blocks: [
            { id: "a", on: "pve9" },
            { id: "b", on: "pve1" },
          ],
        },
      ]),
    ),
  ).toEqual(["b@pve1"]);
});
