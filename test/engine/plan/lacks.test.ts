import { expect, test } from "vitest";
import type { Inventory, InventoryNode } from "../../../engine/model/inventory.ts";
import { lacksOf } from "../../../engine/plan/lacks.ts";

const endpoint = { host: "10.202.4.31", port: 22 };
const ssh = (user: string): Partial<InventoryNode> => ({ ssh: { user, endpoint, hostKeys: [] } });
const pve: Partial<InventoryNode> = { pve: { user: "root@pam", endpoint } };

function inventory(more: Partial<InventoryNode>): Inventory {
  const node = (name: string, own: Partial<InventoryNode>): InventoryNode => ({
    ...{ name, hostname: name, address: "10.202.4.31", vars: {} },
    ...own,
  });
  const nodes = [node("pve1", more), node("pve2", { console: { host: "pve1", vmid: 201 } }), node("pve3", {})];
  return { file: "i.yaml", name: "essai", timeScale: 1, guard: "none", nodes, groups: {}, vars: {}, secrets: {} };
}

test.each([
  ["root over ssh", ssh("root"), true],
  ["the API alone", pve, true],
  ["another account over ssh, and the API", { ...ssh("debian"), ...pve }, true],
  ["another account over ssh, which may be allowed to", ssh("debian"), true],
  ["neither", {}, false],
])("screens of machines can be had with %s", (_name, access, can) => {
  const given = inventory(access);
  expect(lacksOf(["vm-screen"], ["pve1"], given)).toHaveLength(can ? 0 : 1);
  expect(lacksOf(["console"], ["pve2"], given)).toHaveLength(can ? 0 : 1);
});

test("a node without controller or console has no screen, and this machine none of Proxmox's", () => {
  expect(lacksOf(["console"], ["pve3"], inventory({}))).toEqual([
    "l’écran de pve3 ne peut pas être vu : ni bmc ni console dans l’inventaire",
  ]);
  expect(lacksOf(["vm-screen"], ["local"], inventory(pve))).toEqual(["la machine locale n’est pas un nœud Proxmox"]);
});
