import { expect, it } from "vitest";
import { pveHash } from "../../../../engine/transports/browser/pve-hash.ts";

it.each([
  ["datacenter", "root", "cluster", "#v1:=server:=root::::::::=cluster"],
  ["node", "node/pve1", "ceph-osdtree", "#v1:=server:=node%2Fpve1::=ceph-osdtree::::::"],
  ["vm", "qemu/100", "hardware", "#v1:=server:=qemu%2F100::::::=hardware::"],
  ["storage", "storage/pve1/local-lvm", "summary", "#v1:=server:=storage%2Fpve1%2Flocal-lvm:::=summary:::::"],
] as const)("pveHash() puts the tab of a %s into its own of ten positions", (scope, rid, tab, hash) => {
  expect(pveHash(scope, rid, tab)).toBe(hash);
  expect(hash.split(":")).toHaveLength(11);
});
