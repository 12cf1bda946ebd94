import { expect, test } from "vitest";
import { inventory, node, plan, problemsOf } from "./support.ts";

const mistakes: readonly (readonly [string, Parameters<typeof plan>, readonly string[]])[] = [
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
  [
    "time budgets that are no durations, too long, or not known yet",
    [
      [
        {
          variables: { delai: "5 minutes", essais: "2h", siècle: "9000h" },
          blocks: [
            { id: "a", on: "pve1", save: { vu: "/x/" }, until: { every: "{{essais}}", within: "{{delai}}" } },
            { id: "b", on: "pve1", timeout: "{{siècle}}", retry: { times: 2, every: "{{vu}}" } },
            { id: "c", on: "pve1", timeout: "{{delais}}" },
          ],
        },
      ],
    ],
    [
      "03.md:13:4 le réglage « until » n’est pas une durée : {{essais}} vaut « 2h », {{delai}} vaut « 5 minutes » (durée attendue, par exemple 30s, 2m ou 1h30m) — corrigez cette variable dans l’inventaire, par exemple 30s, 2m ou 1h30m",
      "03.md:22:4 le réglage « timeout » n’est pas une durée : {{siècle}} vaut « 9000h » (durée hors bornes : plus de 0, une semaine au plus) — corrigez cette variable dans l’inventaire, par exemple 30s, 2m ou 1h30m",
      "03.md:23:4 le réglage « retry » attend une durée connue avant l’exécution, et {{vu}} ne l’est pas — donnez-lui une durée, ou une variable déclarée",
      "03.md:32:4 valeur inconnue : {{delais}} — vouliez-vous dire {{delai}} ?",
    ],
  ],
];

test("planRun() gives the time budgets of variables, the inventory’s before a default", () => {
  const { plan: planned } = plan(
    [
      {
        variables: { delai: "5m", pause: "3s" },
        blocks: [
          { id: "a", on: "pve1", until: { every: "{{pause}}", within: "{{delai}}" }, timeout: "{{delai}}" },
          { id: "b", on: "pve1", retry: { times: 2, every: "{{delai}}" } },
        ],
      },
    ],
    { inventory: inventory({ vars: { delai: "20m" } }) },
  );
  expect(planned.steps.map(({ block: { settings } }) => [settings.until, settings.timeout, settings.retry])).toEqual([
    [{ every: 3_000, within: 1_200_000 }, 1_200_000, undefined],
    [undefined, 60_000, { times: 2, every: 1_200_000 }],
  ]);
  expect(planned.runbooks[0]?.blocks[0]?.settings.timeout).toBe(1_200_000);
});

test.each(mistakes)("planRun() says of %s what to do", (_, input, problems) => {
  expect(problemsOf(plan(...input))).toEqual(problems);
});
