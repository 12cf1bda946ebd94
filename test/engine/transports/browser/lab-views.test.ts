import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../../engine/base/clock.ts";
import { loadInventory } from "../../../../engine/cli/sources.ts";
import { browserSpecSchema } from "../../../../engine/model/browser-spec.ts";
import { createBrowserTransport, findBrowser } from "../../../../engine/transports/browser/index.ts";
import { openTransports, type Transports } from "../../../../engine/transports/open-transports.ts";
import type { BrowserTransport, Shot } from "../../../../engine/transports/port.ts";
import { type Lab, startLab } from "../../../../lab/index.ts";
import { ensureExtjs } from "../../../lab/ui/extjs.ts";

/** The windows and views that only a finished site has: guests, zones, HA. */
describe.each(["9", "8.4"] as const)("createBrowserTransport() on a finished lab of dialect %s", (dialect) => {
  let folder: string;
  let lab: Lab;
  let within = 20_000;
  let transports: Transports;
  let browser: BrowserTransport;
  let shoot: (spec: object) => Promise<Shot>;
  beforeAll(async () => {
    await ensureExtjs();
    folder = await mkdtemp(join(tmpdir(), "lab-views-"));
    lab = await startLab({ folder, scenario: "termine", dialect, secondFactor: true });
    const { inventory } = await loadInventory(lab.inventoryFile);
    if (inventory === undefined) throw new Error("no inventory");
    const clock = systemClock;
    transports = openTransports(inventory, clock, { env: {}, home: folder }, () => {});
    browser = createBrowserTransport({
      ...transports,
      inventory,
      clock,
      findBrowser: () => findBrowser(),
      get withinMs() {
        return within;
      },
    });
    const pve1 = inventory.nodes.find(({ name }) => name === "pve1");
    shoot = async (spec) => {
      const request = { spec: browserSpecSchema.parse(spec), signal: AbortSignal.timeout(55_000) };
      const result = await browser.shoot(pve1, request);
      if (result.status === "shot") return result.shot;
      throw new Error(result.unmet.join(" ; "));
    };
  }, 700_000);
  afterAll(async () => {
    await browser.close();
    await transports.close();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ["a zone, by an id that the API gives", { view: "zone/pve1/projet/content", expect: [{ row: { vnet: "vnet1" } }] }],
    [
      "a bridge",
      {
        view: "node/pve1/network",
        dialog: "edit-interface/vmbr0",
        crop: "window",
        expect: [{ field: "cidr", is: "10.202.4.31/16" }],
      },
    ],
    [
      "a new zone",
      { view: "datacenter/sdnzone", dialog: "add-zone/vxlan", fill: { zone: "essai", mtu: 1450 }, crop: "window" },
    ],
    ["HA from the machine", { view: "vm/101/summary", dialog: "manage-ha", crop: "window" }],
    [
      "a network card",
      { view: "vm/100/hardware", dialog: "vm-network/net1", expect: [{ field: "bridge", is: "vnet1" }] },
    ],
  ])("shows %s", async (_what, spec) => {
    const shot = await shoot(spec);
    expect(shot.judgements.filter(({ ok }) => !ok)).toEqual([]);
    // The session needed a second factor; nothing of it is in the evidence.
    const kept = JSON.stringify([shot.evidence, shot.alternative, shot.url]);
    expect(kept).not.toMatch(/PVE:root@pam|!tfa!|otpauth|CSRF/);
    await keepFor(dialect, spec, shot);
  });

  it.each([
    "datacenter/search",
    "datacenter/cluster",
    "datacenter/ha",
    "datacenter/storage",
    "node/pve1/ceph-osdtree",
    "node/pve1/ceph-pools",
    "node/pve1/network",
    "node/pve1/storage",
  ])("agrees with the API about %s", async (view) => {
    const shot = await shoot({ view, scale: 1 });
    expect(shot.judgements).toEqual([]);
    expect(Object.keys(shot.evidence.api).length).toBeGreaterThan(0);
  });

  it("says which zones there are instead of one that is not", async () => {
    await expect(shoot({ view: "zone/pve1/autre/content" })).rejects.toThrow(/«\sautre\s» n’est pas sur pve1.*projet/);
  });

  it("says so where a window is not simulated, with what is shown instead", async () => {
    within = 3_000;
    await expect(shoot({ view: "datacenter/search", dialog: "create-vm" })).rejects.toThrow(
      /message|pveQemuCreateWizard/,
    );
  });
});

/** Set to a folder, keeps the pictures for a person to look at. */
async function keepFor(dialect: string, spec: object, { png }: Shot): Promise<void> {
  const target = process.env["CONSTAT_KEEP_SHOTS"];
  if (target === undefined) return;
  const { writeFile } = await import("node:fs/promises");
  await writeFile(
    join(target, `${dialect} ${Object.values(spec).slice(0, 2).join(" ").replaceAll("/", "-")}.png`),
    png,
  );
}
