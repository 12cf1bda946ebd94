import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FreshPage, freshPage, GUI_CAP, launchBrowser, SESSION } from "./browser.ts";
import { ensureExtjs } from "./extjs.ts";
import { threeNodes } from "./fixture-api.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import { settled } from "./settled.ts";

let browser: Browser;
beforeAll(async () => {
  await ensureExtjs();
  browser = await launchBrowser();
}, 700_000);
afterAll(() => browser.close());

const DATACENTER =
  "search summary notes cluster ceph options storage backup replication permissions users apitokens tfa groups pools roles domains ha";
const SDN = "ha-fencing sdn sdnzone sdnvnet sdnoptions sdnmappings sdnfirewall";
const TAIL =
  "acme firewall firewall-options firewall-sg firewall-aliases firewall-ipset metricservers resources directories notification-targets";
const MENUS = {
  "9": `${DATACENTER} ha-rules ${SDN} sdnfabrics sdnroutemaps sdnprefixlists ${TAIL} cputypes support`,
  "8.4": `${DATACENTER} ha-groups ${SDN} ${TAIL} support`,
} as const;
const NODE_MENU =
  "search summary notes jsconsole services network certificates dns hosts options time syslog apt aptrepositories firewall firewall-options firewall-fwlog storage lvm lvmthin directory zfs ceph ceph-config ceph-monlist ceph-osdtree ceph-cephfspanel ceph-pools ceph-log replication tasks support";

const menuOf = `(() => { const ids = []; Ext.ComponentQuery.query("#content #menu")[0].getStore().getRoot().cascade((node) => { if (!node.isRoot()) ids.push(node.getId()); }); return ids.join(" "); })()`;
const placeOf = `(() => { const selected = Ext.ComponentQuery.query("pveResourceTree")[0].getSelection()[0]; const panel = Ext.getCmp("content").items.first(); const card = panel && panel.getLayout().getActiveItem(); return { rid: selected ? selected.getId() : null, tab: card ? card.itemId : null, xtypes: card ? card.getXTypes() : null, hash: location.hash }; })()`;

describe.each(["9", "8.4"] as const)("the pages in dialect %s", (dialect) => {
  let server: FixtureServer;
  let open: FreshPage;
  beforeAll(async () => {
    server = await startFixtureServer(threeNodes(dialect));
    open = await freshPage(browser, server.origin, "#v1:0:=root:4:::::::", {
      cookie: SESSION,
      guiCap: GUI_CAP,
      language: "fr",
    });
    await settled(open.page, "root", "search");
  });
  afterAll(async () => {
    await open.close();
    await server.close();
  });

  it("offer the datacenter's menu of that version, in order", async () => {
    expect(String(await open.page.evaluate(menuOf))).toBe(MENUS[dialect]);
  });

  it.each([
    ["search", "pveResourceGrid"],
    ["summary", "pveDcSummary"],
    ["cluster", "pveClusterAdministration"],
    ["options", "pveDcOptionView"],
    ["storage", "pveStorageView"],
    ["ceph", "pveNodeCephStatus"],
    ["ha", "pveHAStatus"],
    dialect === "9" ? ["ha-rules", "pveHARulesView"] : ["ha-groups", "pveHAGroupsView"],
    ["users", "pveLabNotSimulated"],
  ])("settle on datacenter tab %s after an in-page change, with card %s", async (tab, xtype) => {
    await open.page.evaluate(`location.hash = "#v1:0:=root:4:::::::=${tab}"`);
    await settled(open.page, "root", tab);
    expect(await open.page.evaluate(placeOf)).toMatchObject({
      rid: "root",
      tab,
      xtypes: expect.stringContaining(xtype),
    });
    expect(open.errors).toEqual([]);
  });

  it.each([
    ["summary", "pveNodeSummary"],
    ["network", "proxmoxNodeNetworkView"],
    ["storage", "pmxDiskList"],
    ["ceph-osdtree", "pveNodeCephOsdTree"],
  ])("settle on node tab %s from a link, with card %s", async (tab, xtype) => {
    const start = { cookie: SESSION, guiCap: GUI_CAP, language: "fr" };
    const fresh = await freshPage(browser, server.origin, `#v1:0:=node%2Fpve2:4:=${tab}::::::`, start);
    try {
      await settled(fresh.page, "node/pve2", tab);
      expect(await fresh.page.evaluate(placeOf)).toMatchObject({
        rid: "node/pve2",
        tab,
        xtypes: expect.stringContaining(xtype),
      });
      expect(String(await fresh.page.evaluate(menuOf))).toBe(NODE_MENU);
      expect(fresh.errors).toEqual([]);
    } finally {
      await fresh.close();
    }
  });

  it("open the first tab for an unknown one, while the address keeps what was asked", async () => {
    await open.page.evaluate(`location.hash = "#v1:0:=root:4:::::::=nosuch"`);
    await settled(open.page, "root", "search");
    expect(await open.page.evaluate(placeOf)).toMatchObject({
      tab: "search",
      hash: expect.stringContaining("=nosuch"),
    });
  });

  it("keep the resource but change the tab for an unknown resource in the page", async () => {
    await open.page.evaluate(`location.hash = "#v1:0:=node%2Fpve1:4:=summary::::::"`);
    await settled(open.page, "node/pve1", "summary");
    await open.page.evaluate(`location.hash = "#v1:0:=node%2Fpve9:4:=network::::::"`);
    await settled(open.page, "node/pve1", "network");
  });

  it("select nothing for an unknown resource in a link", async () => {
    const fresh = await freshPage(browser, server.origin, "#v1:0:=node%2Fpve9:4:=summary", {
      cookie: SESSION,
      guiCap: GUI_CAP,
    });
    try {
      await fresh.page.waitForFunction("window.PVE && PVE.data.ResourceStore.isLoaded()");
      expect(await fresh.page.evaluate(placeOf)).toMatchObject({ rid: null, tab: null });
    } finally {
      await fresh.close();
    }
  });

  it.each([
    ["5 as summary", "#v1:0:=root:4:::::::5", "root", "summary"],
    [
      "47 as the rules or groups of the version",
      "#v1:0:18:4:::::::47",
      "root",
      dialect === "9" ? "ha-rules" : "ha-groups",
    ],
  ])("read the number %s", async (_title, hash, rid, tab) => {
    await open.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await settled(open.page, rid, tab);
  });

  it("write the tab that a person opens into the address", async () => {
    await open.page.evaluate(`location.hash = "#v1:0:=root:4:::::::"`);
    await settled(open.page, "root", "search");
    await open.page.evaluate(`Ext.ComponentQuery.query("#content pvePanelConfig")[0].selectById("cluster")`);
    await settled(open.page, "root", "cluster");
    expect(await open.page.evaluate("location.hash")).toBe("#v1:0:18:4:::::::=cluster");
  });

  it("say honestly that a page is not simulated", async () => {
    await open.page.evaluate(`location.hash = "#v1:0:=root:4:::::::=users"`);
    await settled(open.page, "root", "users");
    const text = await open.page.$eval("#content", (element) => element.textContent);
    expect(text).toContain("Cette vue n’est pas simulée par ce laboratoire.");
  });
});

describe("a slow API", () => {
  it("shows loading masks first, and settles in the end", async () => {
    const server = await startFixtureServer({ ...threeNodes(), delay: 700 });
    const fresh = await freshPage(browser, server.origin, "#v1:0:=root:4:::::::=cluster", {
      cookie: SESSION,
      guiCap: GUI_CAP,
    });
    try {
      await fresh.page.waitForSelector("#content .x-mask-msg", { visible: true });
      await settled(fresh.page, "root", "cluster");
      expect(fresh.errors).toEqual([]);
    } finally {
      await fresh.close();
      await server.close();
    }
  });
});
