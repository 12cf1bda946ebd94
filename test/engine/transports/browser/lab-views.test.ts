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

/** Every name is tried in 8.4 by every-name.test.ts: the shorter suite looks closer in one dialect. */
const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

/** The windows and views that only a finished site has: guests, zones, HA. */
describe.each(DIALECTS)("createBrowserTransport() on a finished lab of dialect %s", (dialect) => {
  let folder: string;
  let lab: Lab;
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

  const general = { vmid: 150, name: "essai" };
  const filled = { ...general, mediaType: "none", ostype: "l26", agent: true, disksize: 8, cores: 2, memory: 4096 };
  it.each([
    [
      "general",
      general,
      [
        { field: "vmid", is: 150 },
        { field: "nodename", is: "pve1" },
      ],
    ],
    ["memory", filled, [{ field: "memory", is: 4096 }]],
    [
      "network",
      { ...filled, bridge: "vmbr0", tag: 12 },
      [
        { field: "bridge", is: "vmbr0" },
        { field: "tag", is: 12 },
      ],
    ],
    [
      "confirm",
      { ...filled, tag: 12 },
      [{ row: { key: "net0", value: "virtio,bridge=vmbr0,tag=12,firewall=1" } }, { row: { key: "cores", value: "2" } }],
    ],
  ])("fills a new machine page by page as far as « %s », and makes none", async (page, fill, expected) => {
    const none = { api: "/cluster/resources", path: "$[?@.vmid==150]", count: 0 };
    const spec = { view: "datacenter/search", dialog: `create-vm/${page}`, crop: "window", padding: 16, fill };
    const shot = await shoot({
      ...spec,
      highlight: [{ button: "next" }].slice(page === "confirm" ? 1 : 0),
      expect: [...expected, none],
    });
    expect(shot.judgements.filter(({ ok }) => !ok)).toEqual([]);
    await keepFor(dialect, { name: `create-vm ${page}` }, shot);
  });

  it.each([
    [
      "a page that is not complete",
      "os",
      { mediaType: "iso" },
      "system",
      /désactivé : l’onglet « .* » n’est pas complet.*cdimage/,
    ],
    [
      "a field of no page so far",
      "memory",
      { mediaType: "none", bridge: "vmbr0" },
      "memory",
      /« bridge » n’est dans aucun onglet/,
    ],
    ["a page that there is not", "memoire", {}, "memoire", /create-vm\/memory/],
  ])("does not go past %s", async (_what, _page, fill, page, message) => {
    await expect(shoot({ view: "datacenter/search", dialog: `create-vm/${page}`, fill })).rejects.toThrow(message);
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
