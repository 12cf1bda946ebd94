import fc from "fast-check";
import { expect, test } from "vitest";
import { membersOf } from "../../../engine/inventory/groups.ts";
import { parseInventory } from "../../../engine/inventory/index.ts";
import { chain } from "./support.ts";

const SITE = `
nodes:
  pve1: { address: a, version: 9.2.11 }
  pve2: { address: b, version: 9.10, vars: { disque: /dev/sdc } }
  pve3: { address: c, version: 8.4 }
versions:
  9: { vars: { ceph: tentacle, depot: sources } }
  9.2: { vars: { ceph: squid } }
  8.4: { vars: { ceph: reef } }
groups:
  tous: { groups: [ceph, autres], vars: { disque: /dev/sda, role: aucun } }
  ceph: { nodes: [pve1, pve2], vars: { disque: /dev/sdb } }
  autres: [pve3]
  vus: { nodes: [pve3], groups: [ceph] }
defaults: { vars: { role: noeud, domaine: example.org } }
vars: { ceph: choisi }
`;

test("parseInventory() lays variables one over the other: everybody's, the release's, the groups', the node's own", () => {
  const inventory = parseInventory(chain(["site.yaml", SITE]));
  expect(Object.fromEntries(inventory?.nodes.map(({ name, vars }) => [name, vars]) ?? [])).toEqual({
    pve1: { role: "aucun", domaine: "example.org", ceph: "squid", depot: "sources", disque: "/dev/sdb" },
    pve2: { role: "aucun", domaine: "example.org", ceph: "tentacle", depot: "sources", disque: "/dev/sdc" },
    pve3: { role: "aucun", domaine: "example.org", ceph: "reef", disque: "/dev/sda" },
  });
  expect(inventory?.nodes.map(({ version }) => version)).toEqual(["9.2.11", "9.10", "8.4"]);
  expect(inventory?.groups).toEqual({
    tous: ["pve1", "pve2", "pve3"],
    ceph: ["pve1", "pve2"],
    autres: ["pve3"],
    vus: ["pve3", "pve1", "pve2"],
  });
  expect(inventory?.vars).toEqual({ ceph: "choisi" });
});

test("parseInventory() takes a release's variables for the site when all nodes have it, under the site's own", () => {
  const text = (versions: readonly [string, string]) => `
nodes: { a: { address: a, version: ${versions[0]} }, b: { address: b, version: ${versions[1]} } }
versions: { 9: { vars: { ceph: tentacle, depot: sources } } }
vars: { depot: choisi }
`;
  expect(parseInventory(chain(["a.yaml", text(["9.2", "9.2"])]))?.vars).toEqual({ ceph: "tentacle", depot: "choisi" });
  expect(parseInventory(chain(["a.yaml", text(["9.2", "9.1"])]))?.vars).toEqual({ depot: "choisi" });
});

test("parseInventory() lets a file over another replace a group and add to a release", () => {
  const over = "extends: base.yaml\ngroups: { autres: [pve1] }\nversions: { 8.4: { vars: { depot: list } } }\n";
  const inventory = parseInventory(chain(["base.yaml", SITE], ["site.yaml", over]));
  expect(inventory?.groups["autres"]).toEqual(["pve1"]);
  expect(inventory?.nodes[2]?.vars).toMatchObject({ ceph: "reef", depot: "list" });
});

test("membersOf() ends whatever circles the groups make, and names each node once", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const group = fc.record({ nodes: fc.array(fc.constantFrom("n1", "n2")), groups: fc.array(name) });
  fc.assert(
    fc.property(fc.dictionary(name, group), (groups) => {
      for (const each of Object.keys(groups)) {
        const members = membersOf(each, groups);
        expect(new Set(members).size).toBe(members.length);
      }
    }),
  );
});
