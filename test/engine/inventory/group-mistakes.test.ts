import { expect, test } from "vitest";
import { mistakesOf } from "./support.ts";

const NODES = "nodes: { pve1: { address: 192.0.2.1 }, pve2: { address: 192.0.2.2 } }\n";

const cases: readonly (readonly [name: string, text: string])[] = [
  ["a group where a node is expected", `${NODES}groups:\n  a: [pve1]\n  b: ["@a", pve2]\n`],
  ["an unknown subgroup", `${NODES}groups:\n  ceph: [pve1]\n  tous: { groups: [cpeh] }\n`],
  ["groups in a circle", `${NODES}groups:\n  a: { groups: [b] }\n  b: { nodes: [pve1], groups: [a] }\n`],
  ["a group of empty groups", `${NODES}groups:\n  a: { groups: [b] }\n  b: []\n`],
  ["an unknown key of a group", `${NODES}groups:\n  a: { noeuds: [pve1] }\n`],
  ["a group's nodes that are a word", `${NODES}groups:\n  a: { nodes: pve1 }\n`],
  ["a group's variable that is a list", `${NODES}groups:\n  a: { nodes: [pve1], vars: { x: [1] } }\n`],
  ["a version that is a name", "nodes:\n  pve1: { address: a, version: squid }\n"],
  ["a release that is a name", `${NODES}versions: { trixie: { vars: { a: b } } }\n`],
  ["variables of a release without `vars`", `${NODES}versions: { 9: { ceph_version: squid } }\n`],
];

test("parseInventory() explains each mistake of groups and releases at its place", () => {
  const explained = cases.map(([name, text]) => [name, ...mistakesOf(text)].join("\n  "));
  expect(explained.join("\n")).toMatchInlineSnapshot(`
    "a group where a node is expected
      4:7 inventory-group — le groupe « b » nomme un nœud inconnu : « @a » — c’est un groupe : écrivez { nodes: […], groups: [a] }
    an unknown subgroup
      4:20 inventory-group — le groupe « tous » nomme un groupe inconnu : « cpeh » — vouliez-vous dire « ceph » ?
    groups in a circle
      3:17 inventory-group — le groupe « a » se contient lui-même, par « b » — retirez l’un des deux de l’autre
      4:32 inventory-group — le groupe « b » se contient lui-même, par « a » — retirez l’un des deux de l’autre
    a group of empty groups
      3:17 inventory-group — le groupe « b » n’a aucun nœud — donnez-lui des nœuds, ou retirez-le
      4:3 inventory-group — le groupe « b » est vide — écrivez par exemple b: [pve1, pve2]
    an unknown key of a group
      3:8 inventory-unknown-key — clé inconnue : « noeuds » — clés possibles ici : nodes, groups, vars
    a group's nodes that are a word
      3:15 inventory-value — « groups.a.nodes » doit être une liste de noms de nœuds — par exemple nodes: [pve1, pve2]
    a group's variable that is a list
      3:34 inventory-value — « groups.a.vars.x » doit être un texte, un nombre ou un booléen — par exemple cluster_nom: pve-cluster
    a version that is a name
      2:32 inventory-value — « nodes.pve1.version » doit être la version de Proxmox VE du nœud, ou son début — par exemple version: "9.2"
    a release that is a name
      2:13 inventory-name — nom inutilisable : « trixie » — écrivez le numéro d’une version de Proxmox VE, ou son début : « 8.4 », « 9 »
    variables of a release without \`vars\`
      2:18 inventory-unknown-key — clé inconnue : « ceph_version » — clés possibles ici : vars"
  `);
});
