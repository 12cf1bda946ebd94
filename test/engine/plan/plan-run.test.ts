import { expect, test } from "vitest";
import { inventory, node, plan, problemsOf, runbook, stepsOf } from "./support.ts";

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

const noPve = inventory({ nodes: [node("pve1", { pve: undefined, ssh: undefined }), node("pve2")] });

const mistakes: readonly (readonly [string, Parameters<typeof plan>, readonly string[]])[] = [
  [
    "no target among several nodes",
    [[{ blocks: [{ id: "a" }] }]],
    [
      "03.md:10:1 le bloc #a ne dit pas où il s’exécute, et l’inventaire a plusieurs nœuds — ajoutez on=pve1, un groupe (on=@…) ou on=local",
    ],
  ],
  [
    "an unknown node",
    [[{ blocks: [{ id: "a", on: "pve1 pev2" }] }]],
    ["03.md:11:4 nœud inconnu : « pev2 » — vouliez-vous dire « pve2 » ?"],
  ],
  [
    "an unknown group",
    [[{ blocks: [{ id: "a", on: "@tous" }] }]],
    ["03.md:11:4 groupe inconnu : « @tous » — l’inventaire connaît : @noeuds"],
  ],
  [
    "a group without its @",
    [[{ blocks: [{ id: "a", on: "noeuds" }] }]],
    ["03.md:11:4 nœud inconnu : « noeuds » — vouliez-vous dire « @noeuds » ?"],
  ],
  [
    "an access that the node lacks",
    [[{ blocks: [{ id: "a", on: "@noeuds" }] }], { inventory: noPve }],
    [
      "03.md:11:4 le bloc #a ne peut pas s’exécuter : pve1 n’offre pas d’accès ssh — complétez l’accès du nœud dans l’inventaire, ou nommez une autre cible (on=…)",
    ],
  ],
  [
    "the API on the local machine",
    [[{ blocks: [{ id: "a", kind: "http", on: "local" }] }]],
    [
      "03.md:11:4 le bloc #a ne peut pas s’exécuter : la machine locale n’est pas un nœud Proxmox — complétez l’accès du nœud dans l’inventaire, ou nommez une autre cible (on=…)",
    ],
  ],
  [
    "a loop of needs",
    [
      [
        {
          blocks: [
            { id: "a", on: "pve1", needs: "#b" },
            { id: "b", on: "pve1", needs: "#c" },
            { id: "c", on: "pve1", needs: "#b" },
          ],
        },
      ],
    ],
    ["03.md:22:4 ces étapes ont besoin les unes des autres : #b → #c → #b — retirez l’un de ces « needs »"],
  ],
  [
    "a step that needs itself",
    [[{ blocks: [{ id: "a", on: "pve1", needs: "#a" }] }]],
    ["03.md:12:4 ces étapes ont besoin les unes des autres : #a → #a — retirez l’un de ces « needs »"],
  ],
  [
    "an unknown reference",
    [
      [
        {
          blocks: [
            { id: "etat-cluster", on: "pve1" },
            { id: "b", on: "pve1", unless: "#etat-clustre", verify: "#x" },
          ],
        },
      ],
    ],
    [
      "03.md:22:4 « unless=#etat-clustre » ne nomme aucune étape — vouliez-vous dire « #etat-cluster » ?",
      "03.md:23:4 « verify=#x » ne nomme aucune étape — donnez l’identifiant d’un bloc, écrit {#identifiant}",
    ],
  ],
  [
    "a reference outside the scope",
    [
      [{ chapter: 2, blocks: [{ id: "a", on: "pve1" }] }, { blocks: [{ id: "b", on: "pve1", needs: "#a" }] }],
      { scope: [3] },
    ],
    [
      "03.md:12:4 « needs=#a » nomme une étape du chapitre 2, hors périmètre — ajoutez le chapitre 2 au périmètre, ou retirez cette référence",
    ],
  ],
  [
    "a guard that changes something",
    [
      [
        {
          blocks: [
            { id: "a", role: "action", on: "pve1" },
            { id: "b", on: "pve1", unless: "#a" },
          ],
        },
      ],
    ],
    [
      "03.md:22:4 « unless=#a » nomme une action : une question posée à la machine ne doit rien changer — nommez un contrôle, ou marquez #a .check s’il ne fait que lire",
    ],
  ],
  [
    "a guard of itself",
    [[{ blocks: [{ id: "a", on: "pve1", unless: "#a" }] }]],
    ["03.md:12:4 #a est nommé par son propre « unless » — nommez un autre bloc, un contrôle (.check)"],
  ],
  [
    "a guard that needs what it guards",
    [
      [
        {
          blocks: [
            { id: "a", role: "action", on: "pve1", unless: "#c" },
            { id: "b", on: "pve1", needs: "#a" },
            { id: "c", on: "pve1", needs: "#b" },
          ],
        },
      ],
    ],
    [
      "03.md:12:4 la garde #c a besoin de #a, l’étape qu’elle doit dispenser : elle ne peut jamais tenir avant elle — retirez #a des besoins de #c, ou choisissez une autre garde",
    ],
  ],
  [
    "an id in two chapters",
    [[{ chapter: 2, blocks: [{ id: "a", on: "pve1" }] }, { blocks: [{ id: "a", on: "pve1" }] }]],
    ["03.md:10:1 l’identifiant #a est déjà celui d’un bloc de 02.md, ligne 10 — donnez à ce bloc un identifiant à lui"],
  ],
  [
    "a chapter that nobody writes",
    [[{ blocks: [] }], { scope: [3, 5] }],
    [
      "rapport.yaml:1:1 le périmètre nomme le chapitre 5, qu’aucun runbook n’écrit — retirez 5 de « chapitres », ou ajoutez un runbook avec « chapitre: 5 »",
    ],
  ],
  [
    "a second block that is never chosen",
    [
      [
        {
          captions: ["x"],
          blocks: [
            { id: "a", on: "pve1", capture: "x" },
            { id: "b", on: "pve1 pve2", capture: "x" },
          ],
        },
      ],
    ],
    [
      "03.md:22:4 le bloc #b ne remplira jamais la capture « x » : #a, avant lui, s’exécute partout où il le pourrait — retirez sa capture, ou placez-le avant s’il est préférable",
    ],
  ],
  [
    "a block after one that always runs",
    [
      [
        {
          captions: ["x"],
          blocks: [
            { id: "a", on: "local", capture: "x" },
            { id: "b", kind: "browser", on: "pve2", capture: "x" },
          ],
        },
      ],
    ],
    [
      "03.md:22:4 le bloc #b ne remplira jamais la capture « x » : #a, avant lui, s’exécute partout où il le pourrait — retirez sa capture, ou placez-le avant s’il est préférable",
    ],
  ],
  [
    "no block that is never chosen",
    [
      [
        {
          captions: ["x"],
          blocks: [
            { id: "a", on: "pve1", capture: "x" },
            { id: "b", kind: "http", on: "pve1", capture: "x" },
            { id: "c", kind: "browser", on: "pve2", capture: "x" },
          ],
        },
      ],
    ],
    [],
  ],
  [
    "two defaults for a variable",
    [
      [
        { chapter: 2, variables: { v: "1" }, blocks: [] },
        { variables: { v: "2" }, blocks: [] },
      ],
    ],
    [
      "03.md:2:3 la variable « v » a deux valeurs par défaut : « 1 » (02.md) et « 2 » — gardez la même valeur par défaut, ou donnez-lui un autre nom",
    ],
  ],
  [
    "variables in a loop",
    [[{ variables: { a: "{{b}}", b: "x{{c}}", c: "{{b}}" }, blocks: [] }]],
    ["03.md:4:3 la variable « c » dépend d’elle-même : b → c → b — donnez une valeur fixe à l’une d’elles"],
  ],
  [
    "an unknown value in a variable",
    [[{ variables: { lien: "{{nodes.pve1.adress}}" }, blocks: [] }]],
    ["03.md:2:3 valeur inconnue : {{nodes.pve1.adress}} — vouliez-vous dire {{nodes.pve1.address}} ?"],
  ],
  [
    "an unknown value of the inventory",
    [[{ blocks: [] }], { inventory: inventory({ vars: { v: "{{zzz}}" } }) }],
    [
      "inventory/site.yaml:1:1 valeur inconnue : {{zzz}} — déclarez-la sous « variables », dans l’inventaire, ou par « save »",
    ],
  ],
  [
    "an unknown value in a setting",
    [[{ variables: { nom: "x" }, blocks: [{ id: "a", on: "pve1", expect: "{{non}}" }] }]],
    ["03.md:12:4 valeur inconnue : {{non}} — vouliez-vous dire {{nom}} ?"],
  ],
  [
    "an unknown value in a body",
    [[{ blocks: [{ id: "a", kind: "browser", on: "pve1", body: 'view: x\nfill: { n: "{{cluster_nom}}" }' }] }]],
    [
      "03.md:16:13 valeur inconnue : {{cluster_nom}} — déclarez-la sous « variables », dans l’inventaire, ou par « save »",
    ],
  ],
  [
    "templates of other programs in a script",
    [[{ blocks: [{ id: "a", on: "pve1", body: "docker ps --format '{{Names}}'" }] }]],
    [],
  ],
  [
    "values that are saved, of the target, of a node",
    [
      [
        {
          blocks: [
            {
              id: "a",
              on: "pve1",
              save: { fp: "x" },
              expect: ["{{fp}}", "{{node.address}}", "{{nodes.pve2.role}}", "{{node.role}}"],
            },
          ],
        },
      ],
      { inventory: inventory({ nodes: [node("pve1"), node("pve2", { vars: { role: "x" } })] }) },
    ],
    [],
  ],
];

test.each(mistakes)("planRun() says of %s what to do", (_, input, problems) => {
  expect(problemsOf(plan(...input))).toEqual(problems);
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
