import { describe, expect, it } from "vitest";
import { KINDS } from "../../../engine/kinds/index.ts";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import type { Block } from "../../../engine/model/runbook.ts";
import { neededSecrets } from "../../../engine/plan/index.ts";
import { inventory, node, plan, type Sketch } from "./support.ts";

const credentialsOf = (block: Block) => KINDS[block.kind].credentials?.(block) ?? [];
const needsOf = (block: Block) => KINDS[block.kind].needs(block);

const ENDPOINT = { host: "192.0.2.131", port: 443 };
const BMC = { endpoint: ENDPOINT, accounts: {}, login: { user: "constat", password: "bmc_password" } };
const PVE = { user: "root@pam", endpoint: ENDPOINT, password: "pve_password" };
const TOKEN = { id: "audit@pve!constat", secret: "pve_token" };
const sshAs = (user: string) => ({ user, endpoint: ENDPOINT, hostKeys: [], password: "ssh_password" });
const secrets = { connu: { from: "env", name: "CONNU" } } as const;

describe("neededSecrets()", () => {
  it("gives the secrets of blocks, of controllers' accounts and of the doors, each with its steps, never a value", () => {
    const access = { ssh: sshAs("root"), bmc: BMC };
    const site = inventory({ nodes: [node("pve1", access)], groups: {}, secrets });
    const blocks: readonly Sketch[] = [
      { id: "a", on: "pve1", answers: [{ prompt: "x", secret: "connu" }] },
      { id: "b", kind: "http", on: "pve1", body: "GET bmc:/redfish/v1/Systems\nX: {{secrets.connu}}" },
      { id: "c", on: "pve1" },
    ];
    const { plan: planned } = plan([{ blocks }], { inventory: site, needsOf });
    expect(
      neededSecrets(planned, site, { credentialsOf, needsOf }).map(({ name, reference, steps }) => [
        name,
        reference?.from,
        steps,
      ]),
    ).toEqual([
      ["bmc_password", undefined, ["b"]],
      ["connu", "env", ["a", "b"]],
      ["ssh_password", undefined, ["a", "c"]],
    ]);
  });

  const onVm: Sketch = { id: "a", kind: "console", on: "pve1", body: "screen: vm/102" };
  const onNode: Sketch = { id: "a", kind: "console", on: "pve2", body: "screen: node" };
  const behind = { console: { host: "pve1", vmid: 102 } };

  it.each<[string, Sketch, Partial<InventoryNode>, Partial<InventoryNode>, readonly string[]]>([
    ["a machine's screen seen by root", onVm, { ssh: sshAs("root"), pve: PVE }, {}, ["ssh_password"]],
    ["a machine's screen seen through the API", onVm, { ssh: sshAs("ops"), pve: PVE }, {}, ["pve_password"]],
    ["a node's screen that its host shows to root", onNode, { ssh: sshAs("root"), pve: PVE }, behind, ["ssh_password"]],
    ["a node's screen that its host's API shows", onNode, { ssh: undefined, pve: PVE }, behind, ["pve_password"]],
    [
      "a node's screen, not its controller's",
      onNode,
      { ssh: undefined, pve: PVE },
      { ...behind, bmc: BMC },
      ["pve_password"],
    ],
    ["a server's screen", onNode, { pve: PVE }, { bmc: BMC }, ["bmc_password"]],
    [
      "an API with a token",
      { id: "a", kind: "http", on: "pve1", body: "GET /version" },
      { pve: { ...PVE, token: TOKEN } },
      {},
      ["pve_token"],
    ],
    [
      "an API whose account has a second factor",
      { id: "a", kind: "http", on: "pve1", body: "GET /version" },
      { pve: { ...PVE, totp: "root_totp" } },
      {},
      ["pve_password", "root_totp"],
    ],
    [
      "a web page, which takes none",
      { id: "a", kind: "browser", on: "pve1", body: "view: datacenter/ha" },
      { pve: { ...PVE, token: TOKEN } },
      {},
      ["pve_password"],
    ],
  ])("names what opens %s, and nothing else", (_, sketch, first, second, names) => {
    const site = inventory({ nodes: [node("pve1", first), node("pve2", second)], groups: {}, secrets });
    const { plan: planned } = plan([{ blocks: [sketch] }], { inventory: site, needsOf });
    expect(neededSecrets(planned, site, { credentialsOf, needsOf }).map(({ name }) => name)).toEqual(names);
  });
});
