import { describe, expect, it } from "vitest";
import { parsePveDialog } from "../../../engine/model/pve-dialogs.ts";
import { parsePveView } from "../../../engine/model/pve-views.ts";

describe("parsePveView()", () => {
  it.each([
    ["login", { type: "login" }],
    ["datacenter/cluster", { type: "tab", scope: "datacenter", path: [], tab: "cluster" }],
    ["node/pve1/ceph-osdtree", { type: "tab", scope: "node", path: ["pve1"], tab: "ceph-osdtree" }],
    ["vm/100/hardware", { type: "tab", scope: "vm", path: ["100"], tab: "hardware" }],
    ["storage/pve1/local-lvm/summary", { type: "tab", scope: "storage", path: ["pve1", "local-lvm"], tab: "summary" }],
  ])("reads %s", (name, view) => {
    expect(parsePveView(name)).toEqual(view);
  });

  it.each([
    ["datacenter", "incomplète"],
    ["datacenter/pve1/summary", "trop longue"],
    ["node//summary", "incomplète"],
    ["vm/pve1/summary", "numéro"],
    ["cluster/summary", "n’existe pas"],
    ["node/pve1/cluster", "onglet"],
  ])("refuses %s", (name, reason) => {
    expect(parsePveView(name)).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it.each([
    ["datacenter/ha-groups", 8, true],
    ["datacenter/ha-groups", 9, false],
    ["datacenter/ha-rules", 8, false],
    ["datacenter/ha-rules", 9, true],
    ["datacenter/notification-targets", 7, false],
  ] as const)("knows whether %s exists in version %i", (name, major, exists) => {
    expect("type" in parsePveView(name, major)).toBe(exists);
  });
});

describe("parsePveDialog()", () => {
  const view = (name: string) => {
    const parsed = parsePveView(name);
    if ("reason" in parsed) throw new Error(parsed.reason);
    return parsed;
  };

  it.each([
    ["create-cluster", "datacenter/cluster", "pveClusterCreateWindow"],
    ["migrate", "vm/100/summary", "window[$className=PVE.window.Migrate]"],
    ["vm-network", "vm/100/hardware", "window[$className=PVE.qemu.NetworkEdit]"],
  ])("finds %s on %s", (name, on, window) => {
    expect(parsePveDialog(name, view(on))).toMatchObject({ window });
  });

  it.each([
    ["create-clusters", "datacenter/cluster", undefined, "create-cluster"],
    ["create-cluster", "datacenter/ha", undefined, "datacenter/cluster"],
    ["add-ha-rule", "datacenter/ha-rules", 8, "9"],
  ] as const)("refuses %s on %s with what to write", (name, on, major, remedy) => {
    expect(parsePveDialog(name, view(on), major)).toMatchObject({ remedy: expect.stringContaining(remedy) });
  });
});
