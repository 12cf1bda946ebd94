import { expect, test } from "vitest";
import { guardsOf, type Only } from "../../../engine/plan/index.ts";
import { plan, problemsOf, stepsOf } from "./support.ts";

const SKETCH = [
  {
    captions: ["x"],
    blocks: [
      { id: "a", on: "@noeuds", tags: "rapide" },
      { id: "b", on: "pve2", unless: "#a", verify: "#a,#c", needs: "#a", role: "action", tags: "lent,rapide" },
      { id: "c", on: "local", capture: "x" },
      { id: "d", kind: "http", on: "pve1", capture: "x" },
    ],
  },
  { chapter: 4, blocks: [{ id: "e", on: "pve1" }] },
] as const;

const SERVED = "not-chosen: la capture « x » est servie par #c";

const cases: readonly (readonly [Only, readonly string[]])[] = [
  [{}, ["a@pve1,pve2", "b@pve2", "c@local → 3-x", `d@pve1 (${SERVED})`, "e@pve1"]],
  [
    { steps: ["b", "d"] },
    [
      "a@pve1,pve2 (deselected: hors de la sélection : seules les étapes b, d sont demandées)",
      "b@pve2",
      "c@local → 3-x (deselected: hors de la sélection : seules les étapes b, d sont demandées)",
      `d@pve1 (${SERVED})`,
      "e@pve1 (deselected: hors de la sélection : seules les étapes b, d sont demandées)",
    ],
  ],
  [
    { from: "b", until: "d" },
    [
      "a@pve1,pve2 (deselected: hors de la sélection : avant #b)",
      "b@pve2",
      "c@local → 3-x",
      `d@pve1 (${SERVED})`,
      "e@pve1 (deselected: hors de la sélection : après #d)",
    ],
  ],
  [
    { tags: ["rapide"], nodes: ["pve1", "local"] },
    [
      "a@pve1",
      "b@pve2 (deselected: hors de la sélection : aucun de ses nœuds n’est demandé (pve1, local))",
      "c@local → 3-x (deselected: hors de la sélection : aucune de ses étiquettes n’est demandée (rapide))",
      `d@pve1 (${SERVED})`,
      "e@pve1 (deselected: hors de la sélection : aucune de ses étiquettes n’est demandée (rapide))",
    ],
  ],
  [
    { chapters: [4], nodes: ["@noeuds"] },
    [
      "a@pve1,pve2 (deselected: hors de la sélection : seul le chapitre 4 est demandé)",
      "b@pve2 (deselected: hors de la sélection : seul le chapitre 4 est demandé)",
      "c@local → 3-x (deselected: hors de la sélection : aucun de ses nœuds n’est demandé (@noeuds))",
      `d@pve1 (${SERVED})`,
      "e@pve1",
    ],
  ],
];

test.each(cases)("planRun() with only %j keeps the plan whole and marks the rest", (only, steps) => {
  expect(stepsOf(plan(SKETCH, { only }))).toEqual(steps);
});

test("planRun() says what of a selection names nothing", () => {
  const only = { steps: ["a", "z"], tags: ["non"], nodes: ["pve3"], chapters: [9] };
  expect(problemsOf(plan(SKETCH, { only })).filter((line) => line.startsWith("ligne de commande"))).toEqual([
    "ligne de commande:1:1 l’étape demandée ne correspond à aucune étape : « z » — le plan connaît : a, b, c, d, e",
    "ligne de commande:1:1 l’étiquette demandée ne correspond à aucune étape : « non » — le plan connaît : rapide, lent",
    "ligne de commande:1:1 le chapitre demandé ne correspond à aucune étape : « 9 » — le plan connaît : 3, 4",
    "ligne de commande:1:1 nœud inconnu : « pve3 » — vouliez-vous dire « pve1 » ?",
  ]);
});

test("guardsOf() finds guards, verifications and needs, even those outside the selection", () => {
  const planned = plan(SKETCH, { only: { steps: ["b"] } }).plan;
  const b = planned.steps.find(({ id }) => id === "b");
  const guards = b && guardsOf(b, planned);
  expect(guards?.unless.map(({ id }) => id)).toEqual(["a"]);
  expect(guards?.verify.map(({ id }) => id)).toEqual(["a", "c"]);
  expect(guards?.needs.map(({ id }) => id)).toEqual(["a"]);
});

test("guardsOf() lets the chosen candidate stand in for the one that was needed", () => {
  const blocks = [
    { id: "suite", on: "pve1", needs: "#texte" },
    { id: "ecran", kind: "browser", on: "pve1", capture: "x", needs: "#texte" },
    { id: "texte", on: "pve1", capture: "x" },
  ] as const;
  const planned = plan([{ captions: ["x"], blocks }]);
  expect(planned.problems).toEqual([]);
  expect(planned.plan.steps.map(({ id }) => id)).toEqual(["ecran", "suite", "texte"]);
  expect(planned.plan.steps.map((step) => guardsOf(step, planned.plan).needs.map(({ id }) => id))).toEqual([
    [],
    ["ecran"],
    [],
  ]);
});
