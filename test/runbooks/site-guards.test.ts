import { describe, expect, it } from "vitest";
import { expectNamed } from "./expect-named.ts";
import { scriptOnNode } from "./script-on-node.ts";

const json = (value: unknown) => JSON.stringify(value);
const PVESH = `case "$2" in
  */config) printf '%s' "$CONFIG" ;;
  */nodes/pve1/status) printf '%s' "$HERE" ;;
  */nodes/pve3/status) printf '%s' "$THERE" ;;
  */ha/status/current) printf '%s' "$STATUS" ;;
  */ha/groups/*) printf '%s' "$GROUP" ;;
  */ha/rules) printf '%s' "$RULES" ;;
  */ha/groups) printf '%s' "$GROUPS_" ;;
  */ha/resources/*) printf '%s' "$RESOURCE" ;;
esac`;

describe.each([
  ["vm-deverrouillee", "ha_noeud_vm"],
  ["migration-sans-verrou", "noeud_source"],
  ["sdn-vm-deverrouillee", "noeud_vm"],
])("#%s", (id, node) => {
  const guard = (config: object) =>
    scriptOnNode(id, { vm_id: "100", [node]: "pve1", CONFIG: json(config) }, { pvesh: PVESH });

  it("passes without a lock", async () => {
    expect(await guard({ name: "a", memory: 2048 })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(["backup", "snapshot", "migrate"])("names the lock «%s»", async (lock) => {
    expectNamed(await guard({ name: "a", lock }), new RegExp(`verrouillée \\(${lock}\\)`), /qm unlock 100, sur pve1/);
  });
});

describe.each([
  ["migration-ha", "migration_cible"],
  ["sdn-migration-ha", "sdn_migration_cible"],
])("#%s", (id, target) => {
  const service = { id: "service:vm:100", sid: "vm:100", type: "service", state: "started", node: "pve1" };
  const lrm = (status: string) => ({ id: "lrm:pve3", node: "pve3", type: "lrm", status: `pve3 (${status})` });
  const armed = { id: "fencing", type: "fencing", "armed-state": "armed" };
  const guard = (rows: readonly object[]) =>
    scriptOnNode(id, { vm_id: "100", [target]: "pve3", STATUS: json(rows) }, { pvesh: PVESH });

  it.each<[string, readonly object[]]>([
    ["a healthy HA of version 9", [armed, lrm("active, watchdog active, x"), service]],
    ["one of version 8", [lrm("idle, x"), service]],
    [
      "a machine that HA does not know, whatever its state",
      [{ ...armed, "armed-state": "disarmed" }, lrm("maintenance mode")],
    ],
    ["another machine in error", [armed, lrm("active"), service, { ...service, sid: "vm:1000", state: "error" }]],
    ["another node in maintenance", [armed, lrm("active"), { ...lrm("maintenance mode"), node: "pve2" }, service]],
  ])("passes with %s", async (_, rows) => {
    expect(await guard(rows)).toMatchObject({ code: 0, stderr: "" });
  });

  it.each<[string, readonly object[], RegExp, RegExp]>([
    ["a disarmed HA", [{ ...armed, "armed-state": "disarmed" }, lrm("disarm mode"), service], /désarmée/, /arm-ha/],
    ["one that is being disarmed", [{ ...armed, "armed-state": "disarming" }, service], /désarmée/, /arm-ha/],
    [
      "a target in maintenance",
      [armed, lrm("maintenance mode, x"), service],
      /pve3 est en maintenance/,
      /disable pve3/,
    ],
    ["a machine in error", [armed, lrm("active"), { ...service, state: "error" }], /VM 100 pour en erreur/, /--state/],
  ])("names %s", async (_, rows, what, remedy) => {
    expectNamed(await guard(rows), what, remedy);
  });
});

describe("#processeurs", () => {
  const [xeon, epyc] = ["Intel(R) Xeon(R) Silver 4314", "AMD EPYC 7313"].map((model) => json({ cpuinfo: { model } }));
  const guard = (cpu: string | undefined, here = xeon, there = epyc) =>
    scriptOnNode(
      "processeurs",
      {
        ...{ vm_id: "100", noeud_source: "pve1", migration_cible: "pve3" },
        ...{ CONFIG: json({ name: "a", cpu }), HERE: here ?? "", THERE: there ?? "" },
      },
      { pvesh: PVESH },
    );

  it.each<[string, Parameters<typeof guard>]>([
    ["no type", [undefined]],
    ["a generic type", ["x86-64-v2-AES"]],
    ["a type with « host » in a flag", ["cputype=kvm64,hidden=1,hv-vendor-id=hosted"]],
    ["the host's own on equal nodes", ["host,flags=+aes", xeon, xeon]],
  ])("passes with %s", async (_, args) => {
    expect(await guard(...args)).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(["host", "host,flags=+aes", "cputype=host", "max"])("names «%s» between different nodes", async (cpu) => {
    expectNamed(await guard(cpu), /n’a pas : AMD EPYC 7313/, /--cpu x86-64-v2-AES/);
  });
});

describe("#vm-demandee", () => {
  const guard = (resource: object) =>
    scriptOnNode("vm-demandee", { vm_id: "100", RESOURCE: json({ sid: "vm:100", ...resource }) }, { pvesh: PVESH });

  it("passes for a resource that is wanted started, which is the default and not written", async () => {
    for (const state of [undefined, "started", "enabled"])
      expect(await guard({ state })).toMatchObject({ code: 0, stderr: "" });
  });

  it.each(["stopped", "ignored", "disabled"])("names one that is wanted %s", async (state) => {
    expectNamed(await guard({ state }), new RegExp(`« ${state} »`), /--state started/);
  });
});

describe("#restes-ha", () => {
  const guard = (version: string, rows: readonly object[]) =>
    scriptOnNode(
      "restes-ha",
      { vm_id: "100", ha_groupe: "ha-essai", GROUPS_: json(rows), RULES: json(rows) },
      { pvesh: PVESH, pveversion: `echo pve-manager/${version}` },
    );

  it.each([
    ["8.4.1", [{ group: "ha-essai-prod", nodes: "pve1", comment: "comme ha-essai" }]],
    ["9.2.1", [{ rule: "ma-ha-essai", nodes: "pve1" }]],
    ["9.2.1", []],
  ])("passes on Proxmox VE %s with %j", async (version, rows) => {
    expect(await guard(version, rows)).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    ["8.4.1", { nodes: "pve1", group: "ha-essai" }],
    ["9.2.1", { rule: "ha-essai", resources: "vm:200" }],
  ])("names a leftover on Proxmox VE %s", async (version, row) => {
    expect(await guard(version, [row])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ha-essai.*ha_groupe/),
    });
  });
});

describe("#essai-possible", () => {
  const guard = (version: string, own: object, rule: object, more: readonly object[] = []) =>
    scriptOnNode(
      "essai-possible",
      {
        ...{ vm_id: "100", ha_victim_hostname: "pve2", GROUP: json(rule), RULES: json([rule, ...more]) },
        RESOURCE: json({ sid: "vm:100", ...own }),
      },
      { pvesh: PVESH, pveversion: `echo pve-manager/${version}` },
    );
  const nodes = "pve1:1,pve2:2,pve3:1";

  it.each<[string, string, object, object]>([
    ["a group that prefers the victim", "8.4.1", { group: "g" }, { group: "g", nodes }],
    ["a rule that prefers it", "9.2.1", {}, { rule: "r", nodes }],
    ["another preference without failback", "9.2.1", { failback: 0 }, { rule: "r", nodes: "pve1:2,pve2" }],
    ["the same on 8", "8.4.1", { group: "g" }, { group: "g", nodes: "pve1:2,pve2:1", nofailback: 1 }],
    ["a strict rule with a way out", "9.2.1", { failback: 0 }, { rule: "r", nodes: "pve2,pve3", strict: 1 }],
    ["a rule that is off", "9.2.1", {}, { rule: "r", nodes: "pve1:9", disable: 1 }],
  ])("passes with %s", async (_, version, own, rule) => {
    expect(await guard(version, own, rule)).toMatchObject({ code: 0, stderr: "" });
  });

  it.each<[string, string, object, object, RegExp, RegExp]>([
    ["a failback", "9.2.1", {}, { rule: "r", nodes: "pve1:2,pve2:1" }, /ramènerait .* à pve1/, /ha_victime/],
    ["a failback of a group", "8.4.1", { group: "g" }, { group: "g", nodes: "pve1" }, /ramènerait/, /ha_noeuds/],
    ["a strict rule of one node", "9.2.1", {}, { rule: "r", nodes: "pve2", strict: 1 }, /lui seul/, /rules set .* r /],
    [
      "a restricted group elsewhere",
      "8.4.1",
      { group: "g" },
      { group: "g", nodes: "pve1,pve3", restricted: 1, nofailback: 1 },
      /d’autres nœuds que pve2/,
      /groupset g --nodes/,
    ],
  ])("names %s", async (_, version, own, rule, what, remedy) => {
    expectNamed(await guard(version, own, rule), what, remedy);
  });
});
