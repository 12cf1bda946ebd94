import { expect, test } from "vitest";
import { inventory, node, plan, problemsOf } from "./support.ts";

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
];

test.each(mistakes)("planRun() says of %s what to do", (_, input, problems) => {
  expect(problemsOf(plan(...input))).toEqual(problems);
});
