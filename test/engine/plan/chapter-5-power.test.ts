import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import { KINDS } from "../../../engine/kinds/index.ts";
import type { Inventory, NodePower } from "../../../engine/model/inventory.ts";
import { accompaniedBy, planRun } from "../../../engine/plan/index.ts";
import { parseRunbook } from "../../../engine/runbook/index.ts";
import { inventory, node } from "./support.ts";

const FILE = join(import.meta.dirname, "../../../runbooks/05-haute-disponibilite.md");
const WAYS = ["couper-victime", "couper-victime-bmc", "couper-victime-main"];

const bmc = { accounts: {}, endpoint: { host: "192.0.2.132", port: 443 } };
const endpoint = { host: "192.0.2.1", port: 22 };
const access = { ssh: { user: "root", endpoint, hostKeys: [] }, pve: { user: "root@pam", endpoint } };

function site(power: NodePower): Inventory {
  const nodes = ["pve1", "pve2", "pve3"].map((name) => ({
    ...node(name),
    ...access,
    ...(name === "pve2" && { power }),
    ...(power.by === "bmc" && { bmc }),
  }));
  return inventory({ nodes, groups: { noeuds: ["pve1", "pve2", "pve3"] } });
}

describe("planRun() of chapter 5 on a site where the victim's power is", () => {
  it.each<[string, NodePower, string]>([
    ["a command", { by: "command", host: "pve1", off: "qm stop 102", on: "qm start 102" }, "couper-victime"],
    ["its controller's", { by: "bmc" }, "couper-victime-bmc"],
    ["a person's", { by: "manual" }, "couper-victime-main"],
  ])("%s", async (_who, power, chosen) => {
    const runbook = parseRunbook(new VFile({ path: "05-haute-disponibilite.md", value: await readFile(FILE, "utf8") }));
    const { plan, problems } = planRun({
      runbooks: [runbook],
      inventory: site(power),
      needsOf: (block) => KINDS[block.kind].needs(block),
    });
    expect(problems).toEqual([]);
    const run = plan.steps.filter(({ id, leftOut }) => WAYS.includes(id) && leftOut === undefined);
    expect(run.map(({ id }) => id)).toEqual([chosen]);
    const watch = plan.steps.find(({ id }) => id === "suivi-panne");
    expect(watch && accompaniedBy(watch, plan)?.id).toBe(chosen);
    const on = plan.steps.filter(({ id, leftOut }) => id.startsWith("rallumer-") && leftOut === undefined);
    expect(on.map(({ id }) => id)).toEqual([chosen.replace("couper", "rallumer")]);
  });
});
