import { describe, expect, it } from "vitest";
import { scriptOnNode } from "./script-on-node.ts";

const PVESH = `case "$2" in
  */groups/*) printf '%s' "$GROUP" ;;
  */rules) printf '%s' "$RULES" ;;
  */resources) printf '%s' "$RESOURCES" ;;
esac`;

describe.each([
  ["sans-retour", "migration_cible"],
  ["sdn-sans-retour", "sdn_migration_cible"],
])("#%s", (id, target) => {
  const guard = (version: string, own: object, { group = {}, rules = [] as readonly object[] }) =>
    scriptOnNode(
      id,
      {
        ...{ vm_id: "100", [target]: "pve3", RESOURCES: JSON.stringify([{ sid: "vm:100", ...own }]) },
        ...{ GROUP: JSON.stringify(group), RULES: JSON.stringify(rules) },
      },
      { pvesh: PVESH, pveversion: `echo pve-manager/${version}` },
    );
  const rule = { nodes: "pve2:2,pve3:1", resources: "vm:100" };

  it.each<[string, object, Parameters<typeof guard>[2], string]>([
    ["8.4.1", { group: "g" }, { group: { nodes: "pve2:2,pve3:1" } }, "(ha-manager groupset g --nofailback 1)"],
    ["9.2.1", {}, { rules: [rule] }, "(ha-manager set vm:100 --failback 0)"],
    ["9.2.1", {}, { rules: [{ ...rule, disable: 1 }, rule] }, "(ha-manager set vm:100 --failback 0)"],
  ])("on Proxmox VE %s names the remedy of that version (%j, %j)", async (version, own, site, remedy) => {
    const { code, stderr } = await guard(version, own, site);
    expect([code, stderr.trim().split("\n").at(-1)]).toEqual([1, remedy]);
  });

  it.each<[string, string, object, Parameters<typeof guard>[2]]>([
    ["no failback", "9.2.1", { failback: 0 }, { rules: [rule] }],
    ["a rule that is off", "9.2.1", {}, { rules: [{ ...rule, disable: 1 }] }],
    ["a group without failback", "8.4.1", { group: "g" }, { group: { nodes: "pve2:2,pve3:1", nofailback: 1 } }],
    ["no rule", "9.2.1", {}, {}],
  ])("passes with %s on Proxmox VE %s", async (_, version, own, site) => {
    expect(await guard(version, own, site)).toMatchObject({ code: 0, stderr: "" });
  });
});
