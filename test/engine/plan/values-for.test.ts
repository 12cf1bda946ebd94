import fc from "fast-check";
import { expect, test } from "vitest";
import { KINDS } from "../../../engine/kinds/index.ts";
import { resolveDefinitions } from "../../../engine/plan/definitions.ts";
import { environmentFor, missingCredentials, valuesFor } from "../../../engine/plan/index.ts";
import { inventory, node, plan } from "./support.ts";

const SITE = inventory({
  nodes: [
    node("pve1", { vars: { lien: "{{node.address}}/24", role: "premier" } }),
    node("pve2", { vars: { lien: "{{node.address}}/24" } }),
  ],
  vars: { cluster_nom: "lyon", libre: "{{cluster_nom}}-{{nodes.pve1.hostname}}", empreinte: "avant" },
});

const { plan: PLAN } = plan(
  [
    {
      variables: {
        cluster_nom: "pve-cluster",
        lien0_pve1: "{{nodes.pve1.address}}",
        phrase: "{{cluster_nom}} sur {{ lien0_pve1 }} puis {{tard}}",
        tour_a: "{{tour_b}}",
        tour_b: "{{tour_a}}",
      },
      blocks: [],
    },
  ],
  { inventory: SITE },
);

const NODES = {
  "nodes.pve1.name": "pve1",
  "nodes.pve1.hostname": "srv-pve1",
  "nodes.pve1.address": "192.0.2.1",
  "nodes.pve1.lien": "192.0.2.1/24",
  "nodes.pve1.role": "premier",
  "nodes.pve1.bmc": "",
  "nodes.pve2.name": "pve2",
  "nodes.pve2.hostname": "srv-pve2",
  "nodes.pve2.address": "192.0.2.2",
  "nodes.pve2.lien": "192.0.2.2/24",
  "nodes.pve2.bmc": "",
  "ha.victim.name": "pve2",
  "ha.victim.hostname": "srv-pve2",
  "ha.victim.address": "192.0.2.2",
  "ha.witness.name": "pve1",
  "ha.witness.hostname": "srv-pve1",
  "ha.witness.address": "192.0.2.1",
};

const VARIABLES = { cluster_nom: "lyon", lien0_pve1: "192.0.2.1", libre: "lyon-srv-pve1", empreinte: "avant" };

test("valuesFor() a node knows all nodes, itself and the variables that can be known", () => {
  expect(valuesFor(PLAN, SITE, "pve2", {})).toEqual({
    ...NODES,
    ...VARIABLES,
    "node.name": "pve2",
    "node.hostname": "srv-pve2",
    "node.address": "192.0.2.2",
    "node.lien": "192.0.2.2/24",
    "node.bmc": "",
  });
});

test("valuesFor() the local machine has no node of its own", () => {
  expect(valuesFor(PLAN, SITE, "local", {})).toEqual({ ...NODES, ...VARIABLES });
});

test("valuesFor() lets what was saved win, and never reads references in it", () => {
  const values = valuesFor(PLAN, SITE, "local", { tard: "{{cluster_nom}}", empreinte: "AB:CD", tour_b: "posé" });
  expect(values).toEqual({
    ...NODES,
    ...VARIABLES,
    tard: "{{cluster_nom}}",
    empreinte: "AB:CD",
    phrase: "lyon sur 192.0.2.1 puis {{cluster_nom}}",
    tour_a: "posé",
    tour_b: "posé",
  });
});

test("resolveDefinitions() ends, and gives each definition a value or a reason", () => {
  const names = ["a", "b", "c", "d"];
  const text = fc
    .array(fc.constantFrom("x", "{{a}}", "{{b}}", "{{c}}", "{{d}}", "{{donné}}", "{{inconnu}}"))
    .map((parts) => parts.join(" "));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...names), text)), (pairs) => {
      const definitions = new Map(pairs);
      const { values, unresolved } = resolveDefinitions(definitions, { donné: "{{a}}" });
      expect([...Object.keys(values), ...unresolved.keys()].sort()).toEqual([...definitions.keys()].sort());
      // What refers to nothing else than given values always has a value.
      for (const [name, each] of definitions)
        if (/^(?:x| |\{\{donné\}\})*$/.test(each)) expect(values[name]).toBe(each.replaceAll("{{donné}}", "{{a}}"));
    }),
  );
});

const ENVIRONMENT = {
  nom: "a b",
  "nodes.pve1.address": "192.0.2.1",
  a_b: "exact",
  "a.b": "point",
  "a-b": "tiret",
  secret: "non",
};

test.each([
  ['pvecm create "$nom"', { nom: "a b" }],
  [`echo \${nom:-x} \${nodes_pve1_address}`, { nom: "a b", nodes_pve1_address: "192.0.2.1" }],
  [`echo \${#nom} \${nom%%x}`, { nom: "a b" }],
  ["echo $nomade nom nodes.pve1.address", {}],
  ["echo $a_b", { a_b: "exact" }],
  ["", {}],
])("environmentFor(%j) is %j", (script, environment) => {
  expect(environmentFor(script, ENVIRONMENT)).toEqual(environment);
});

test("missingCredentials() names the secrets that steps ask for and nobody declares", () => {
  const answers = [
    { prompt: "mot de passe", secret: "root_password" },
    { prompt: "oui", answer: "yes" },
    { prompt: "autre", secret: "connu" },
  ];
  const site = inventory({ secrets: { connu: { from: "env", name: "X" } } });
  const sketch = [
    {
      blocks: [
        { id: "a", on: "pve1", answers },
        { id: "b", on: "pve2", answers },
      ],
    },
  ];
  const { plan: planned } = plan(sketch, { inventory: site, only: { steps: ["a"] } });
  expect(missingCredentials(planned, site, (each) => KINDS[each.kind].credentials?.(each) ?? [])).toEqual([
    {
      place: { file: "03.md", line: 12, column: 4 },
      reason: "le bloc #a demande le secret « root_password », que l’inventaire ne déclare pas",
      remedy:
        'ajoutez à inventory/site.yaml : secrets: { root_password: { env: NOM } }, { file: chemin } ou { command: "…" }',
    },
  ]);
});
