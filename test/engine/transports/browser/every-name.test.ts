import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../../engine/base/clock.ts";
import { loadInventory } from "../../../../engine/cli/sources.ts";
import { browserSpecSchema } from "../../../../engine/model/browser-spec.ts";
import { PVE_DIALOGS } from "../../../../engine/model/pve-dialogs.ts";
import { PVE_TABS, type PveMajor, type PveScope } from "../../../../engine/model/pve-views.ts";
import { createBrowserTransport, findBrowser } from "../../../../engine/transports/browser/index.ts";
import { openTransports } from "../../../../engine/transports/open-transports.ts";
import type { ShotResult } from "../../../../engine/transports/port.ts";
import { startLab } from "../../../../lab/index.ts";
import { ensureExtjs } from "../../../lab/ui/extjs.ts";

/** What stands for each kind of resource on the finished site. */
const PLACES: Readonly<Record<PveScope, string>> = {
  datacenter: "datacenter",
  node: "node/pve1",
  vm: "vm/100",
  storage: "storage/pve1/local",
  zone: "zone/pve1/projet",
};
/** Contents that another storage than `local` declares. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  contentImages: "storage/pve1/ceph-vm",
  contentRootdir: "storage/pve1/ceph-vm",
};
/** Tabs that a node shows under conditions which no lab meets; the driver says what it shows instead. */
const ABSENT: Readonly<Record<string, string>> = {
  "zone/pve1/projet/ip-vrf": "only of an EVPN zone, which needs a controller",
  "zone/pve1/projet/mac-vrfs": "only of an EVPN zone, which needs a controller",
  "storage/pve1/local/contentSnippets": "only of a storage that declares snippets",
  "storage/pve1/local/contentImport": "only of a storage that declares imports",
};
/** Pages that no capture of the report shows: the lab has their place in the menu, and says on the page that it does not simulate it. */
const SAYS_SO: Readonly<Record<PveScope, readonly string[]>> = {
  datacenter: words(`
    notes backup replication permissions users apitokens tfa groups pools roles domains ha-fencing
    sdnfabrics sdnroutemaps sdnprefixlists cputypes sdnoptions acme firewall firewall-options
    firewall-aliases firewall-ipset firewall-sg metricservers support sdnmappings sdnfirewall resources
    directories notification-targets`),
  node: words(`
    notes jsconsole services certificates dns hosts options time syslog apt aptrepositories firewall
    firewall-options firewall-fwlog lvm directory zfs ceph-cephfspanel ceph-log replication support`),
  vm: words(`
    console cloudinit monitor backup replication snapshot firewall firewall-options firewall-aliases
    firewall-ipset firewall-fwlog permissions`),
  storage: words(`permissions`),
  zone: words(`permissions`),
};
/** Windows that stand before a change which the finished site has behind it. */
const BEFORE = ["create-cluster", "join-cluster", "install-ceph"];
const ARGUMENTS: Readonly<Record<string, string>> = { "add-zone": "/vxlan" };

const full = process.env["CONSTAT_TESTS"] === "full";
/** What no other test of the shorter suite opens in dialect 8.4. */
const SOME = [
  "datacenter/ha-groups",
  "datacenter/users",
  "node/pve1/lvmthin",
  "node/pve1/ceph-config",
  "vm/100/options",
];
const SOME_DIALOGS = ["create-mgr", "add-ha-resource", "join-cluster"];

describe.each(full ? (["9", "8.4"] as const) : (["8.4"] as const))("every name of a view, in dialect %s", (dialect) => {
  const major: PveMajor = dialect === "9" ? 9 : 8;
  const site = siteOf("termine", dialect);
  const views = (Object.keys(PLACES) as PveScope[]).flatMap((scope) =>
    [...PVE_TABS[scope]]
      .filter(([, majors]) => majors.includes(major))
      .map(([tab]) => ({ scope, tab, view: `${ELSEWHERE[tab] ?? PLACES[scope]}/${tab}` })),
  );

  it.each(views.filter(({ view }) => full || SOME.includes(view)))("leads to $view", async ({ scope, tab, view }) => {
    const result = await site.shoot({ view, scale: 1 });
    if (ABSENT[view] !== undefined) {
      expect(unmetOf(result)).toMatch(new RegExp(`l’onglet affiché est «\\s.+\\s» au lieu de «\\s${tab}\\s»`));
      return;
    }
    expect(unmetOf(result)).toBe("");
    const says = result.shot?.evidence.text.includes("n’est pas simulée par ce laboratoire");
    expect(says, view).toBe(SAYS_SO[scope].includes(tab));
  });

  const dialogs = PVE_DIALOGS.filter(
    ({ majors, name }) => majors.includes(major) && (full || SOME_DIALOGS.includes(name)),
  );
  it.each(dialogs.filter(({ name }) => !BEFORE.includes(name)))("opens $name", async (dialog) => {
    expect(unmetOf(await site.shoot(specOf(dialog)))).toBe("");
  });

  describe("before the change", () => {
    const bare = siteOf("trois-noeuds", dialect);
    it.each(dialogs.filter(({ name }) => BEFORE.includes(name)))("opens $name", async (dialog) => {
      expect(unmetOf(await bare.shoot(specOf(dialog)))).toBe("");
    });
  });
});

function specOf({ name, scope, tab }: (typeof PVE_DIALOGS)[number]): object {
  const place = scope === "any" ? "datacenter" : PLACES[scope];
  const first = scope === "any" ? "search" : "summary";
  return {
    view: `${place}/${tab === "*" ? first : tab}`,
    dialog: `${name}${ARGUMENTS[name] ?? ""}`,
    crop: "window",
    scale: 1,
  };
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

function unmetOf(result: ShotResult): string {
  return result.status === "unsettled" ? result.unmet.join(" ; ") : "";
}

/** A lab and a browser in front of it, for the tests of the group that this is called in. */
function siteOf(scenario: string, dialect: "9" | "8.4"): { shoot(spec: object): Promise<ShotResult> } {
  let shoot: (spec: object) => Promise<ShotResult>;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    await ensureExtjs();
    const folder = await mkdtemp(join(tmpdir(), "every-name-"));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const lab = await startLab({ folder, scenario, dialect });
    closing.push(() => lab.stop());
    const { inventory } = await loadInventory(lab.inventoryFile);
    if (inventory === undefined) throw new Error("no inventory");
    const transports = openTransports(inventory, systemClock, { env: {}, home: folder }, () => {});
    closing.push(() => transports.close());
    const options = {
      ...transports,
      inventory,
      clock: systemClock,
      findBrowser: () => findBrowser(),
      withinMs: 10_000,
    };
    const browser = createBrowserTransport(options);
    closing.push(() => browser.close());
    const pve1 = inventory.nodes.find(({ name }) => name === "pve1");
    shoot = (spec) => browser.shoot(pve1, { spec: browserSpecSchema.parse(spec), signal: AbortSignal.timeout(55_000) });
  }, 700_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });
  return { shoot: (spec) => shoot(spec) };
}
