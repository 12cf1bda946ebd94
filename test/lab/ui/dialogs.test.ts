import type { Browser } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clickComponent, type FreshPage, freshPage, GUI_CAP, launchBrowser, SESSION } from "./browser.ts";
import { ensureExtjs } from "./extjs.ts";
import { standalone, threeNodes } from "./fixture-api.ts";
import type { FixtureState } from "./fixture-data.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import { settled } from "./settled.ts";

let browser: Browser;
let server: FixtureServer;
let open: FreshPage;
beforeAll(async () => {
  await ensureExtjs();
  browser = await launchBrowser();
}, 700_000);
afterAll(() => browser.close());
afterEach(async () => {
  expect(open.errors).toEqual([]);
  await open.close();
  await server.close();
});

async function openClusterPage(state: FixtureState): Promise<void> {
  server = await startFixtureServer(state);
  const start = { cookie: SESSION, guiCap: GUI_CAP, language: "fr" };
  open = await freshPage(browser, server.origin, "#v1:0:=root:4:::::::=cluster", start);
  await settled(open.page, "root", "cluster");
}

/** What a query's one visible component says of itself. */
function read(query: string, expression: string): Promise<unknown> {
  return open.page.evaluate(
    `(() => { const found = Ext.ComponentQuery.query(${JSON.stringify(query)}).filter((c) => c.isVisible(true)); if (found.length !== 1) return found.length + " found"; const it = found[0]; return ${expression}; })()`,
  );
}

async function openDialog(reference: string, window: string): Promise<void> {
  await clickComponent(open.page, `pveClusterAdministration button[reference=${reference}]`);
  await open.page.waitForFunction(`Ext.ComponentQuery.query("${window}{isVisible(true)}").length === 1`);
}

/** A window judges its fields after the event that changed them, so what it says is awaited. */
const PATIENCE = { timeout: 20_000 };

const submit = "button[reference=submitbutton]";

describe("the cluster page of a node that stands alone", () => {
  beforeEach(() => openClusterPage(standalone()));

  it("offers to create and to join, and takes a refusal with 424 for what it is", async () => {
    const disabled = ["createButton", "addButton", "joinButton"].map((name) =>
      read(`button[reference=${name}]`, "it.disabled"),
    );
    expect(await Promise.all(disabled)).toEqual([false, true, false]);
    expect(await open.page.$eval("#content", (element) => element.textContent)).toContain("Nœud autonome");
  });

  it("opens the create window with a red name, a disabled button, and the address on link 0", async () => {
    await openDialog("createButton", "pveClusterCreateWindow");
    const network = "pveClusterCreateWindow pveCorosyncLinkEditor proxmoxNetworkSelector";
    await open.page.waitForFunction(`Ext.ComponentQuery.query(${JSON.stringify(network)}).length === 1`);
    await expect.poll(() => read(network, "it.getValue()"), PATIENCE).toBe("10.202.4.31");
    await expect.poll(() => read("pveClusterCreateWindow numberfield", "it.getValue()"), PATIENCE).toBe(0);
    const name = "pveClusterCreateWindow field[name=clustername]";
    await expect.poll(() => read(name, "it.hasActiveError()"), PATIENCE).toBe(true);
    await expect.poll(() => read(`pveClusterCreateWindow ${submit}`, "it.disabled"), PATIENCE).toBe(true);
    await open.page.evaluate(`Ext.ComponentQuery.query("field[name=clustername]")[0].setValue("pve-cluster")`);
    await expect.poll(() => read(name, "it.hasActiveError()"), PATIENCE).toBe(false);
    await expect.poll(() => read(`pveClusterCreateWindow ${submit}`, "it.disabled"), PATIENCE).toBe(false);
    expect(server.state.cluster).toBeUndefined();
  });

  it.each([
    ["sixteen characters", "abcdefghijklmnop"],
    ["a space", "pve cluster"],
    ["an underscore", "pve_cluster"],
  ])("refuses a name with %s", async (_what, name) => {
    await openDialog("createButton", "pveClusterCreateWindow");
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveCorosyncLinkSelector").length === 1`);
    await open.page.evaluate(
      `Ext.ComponentQuery.query("field[name=clustername]")[0].setValue(${JSON.stringify(name)})`,
    );
    await expect.poll(() => read(`pveClusterCreateWindow ${submit}`, "it.disabled"), PATIENCE).toBe(true);
  });

  it("refuses two links with one number, and takes a link away again", async () => {
    await openDialog("createButton", "pveClusterCreateWindow");
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveCorosyncLinkSelector").length === 1`);
    await expect.poll(() => read("button[cls=removeLinkBtn]", "it.disabled"), PATIENCE).toBe(true);
    await clickComponent(open.page, "pveCorosyncLinkEditor button[itemId=addLink]");
    await open.page.evaluate(`(() => {
      Ext.ComponentQuery.query("field[name=clustername]")[0].setValue("lab");
      const [, second] = Ext.ComponentQuery.query("pveCorosyncLinkSelector");
      second.down("proxmoxNetworkSelector").setValue("10.9.9.9");
      second.down("numberfield").setValue(0);
    })()`);
    await expect.poll(() => read(`pveClusterCreateWindow ${submit}`, "it.disabled"), PATIENCE).toBe(true);
    await open.page.evaluate(`Ext.ComponentQuery.query("button[cls=removeLinkBtn]")[1].handler()`);
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveCorosyncLinkSelector").length === 1`);
    await expect.poll(() => read(`pveClusterCreateWindow ${submit}`, "it.disabled"), PATIENCE).toBe(false);
  });

  it("creates the cluster with the button, shows the task, and then the members", async () => {
    await openDialog("createButton", "pveClusterCreateWindow");
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveCorosyncLinkSelector").length === 1`);
    await open.page.type("input[name=clustername]", "pve-cluster");
    await open.page.waitForFunction(`!Ext.ComponentQuery.query("pveClusterCreateWindow ${submit}")[0].disabled`);
    await clickComponent(open.page, `pveClusterCreateWindow ${submit}`);
    await open.page.waitForFunction(
      `/TASK OK/.test(Ext.ComponentQuery.query("proxmoxTaskViewer")[0]?.el.dom.textContent ?? "")`,
    );
    expect(server.state.cluster).toEqual({ name: "pve-cluster", version: 1, links: { link0: "10.202.4.31" } });
    await open.page.evaluate(`Ext.ComponentQuery.query("proxmoxTaskViewer")[0].close()`);
    await open.page.waitForFunction(`Ext.ComponentQuery.query("button[reference=createButton]")[0].disabled`);
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveLabClusterNodes")[0].getStore().getCount() === 1`);
  });

  it("reads a pasted block in the join window, and names the button after the cluster", async () => {
    await openDialog("joinButton", "pveClusterJoinNodeWindow");
    await expect
      .poll(() => read("pveClusterJoinNodeWindow checkbox[name=assistedEntry]", "it.checked"), PATIENCE)
      .toBe(true);
    await expect
      .poll(() => read("pveClusterJoinNodeWindow field[name=serializedinfo]", "it.hasActiveError()"), PATIENCE)
      .toBe(true);
    await expect.poll(() => read("pveClusterJoinNodeWindow field[name=hostname]", "true"), PATIENCE).toBe("0 found");
    const information = {
      ipAddress: "10.202.4.31",
      fingerprint: "AB:CD",
      peerLinks: { 0: "10.202.4.31" },
      totem: { cluster_name: "pve-cluster", interface: { 0: { linknumber: "0" } } },
    };
    const block = Buffer.from(JSON.stringify(information)).toString("base64");
    await open.page.evaluate(`Ext.ComponentQuery.query("field[name=serializedinfo]")[0].setValue("${block}")`);
    await expect
      .poll(() => read("pveClusterJoinNodeWindow field[name=hostname]", "it.getValue()"), PATIENCE)
      .toBe("10.202.4.31");
    await expect
      .poll(() => read("pveClusterJoinNodeWindow field[name=fingerprint]", "it.getValue()"), PATIENCE)
      .toBe("AB:CD");
    await expect
      .poll(() => read("pveClusterJoinNodeWindow proxmoxNetworkSelector", "it.isVisible(true)"), PATIENCE)
      .toBe(true);
    await expect
      .poll(() => read(`pveClusterJoinNodeWindow ${submit}`, "it.getText()"), PATIENCE)
      .toBe("Rejoindre 'pve-cluster'");
    await expect.poll(() => read(`pveClusterJoinNodeWindow ${submit}`, "it.disabled"), PATIENCE).toBe(true);
    await open.page.evaluate(`Ext.ComponentQuery.query("field[name=password]")[0].setValue("secret")`);
    await expect.poll(() => read(`pveClusterJoinNodeWindow ${submit}`, "it.disabled"), PATIENCE).toBe(false);
  });

  it("refuses a block that is no join information", async () => {
    await openDialog("joinButton", "pveClusterJoinNodeWindow");
    await open.page.evaluate(`Ext.ComponentQuery.query("field[name=serializedinfo]")[0].setValue("bm9uc2Vuc2U=")`);
    await expect
      .poll(() => read("field[name=serializedinfo]", "it.getActiveError()"), PATIENCE)
      .toContain("information de jonction");
    await expect.poll(() => read(`pveClusterJoinNodeWindow ${submit}`, "it.disabled"), PATIENCE).toBe(true);
  });

  it("masks the page after a join and loads it again", async () => {
    await openDialog("joinButton", "pveClusterJoinNodeWindow");
    await open.page.evaluate(`Ext.ComponentQuery.query("checkbox[name=assistedEntry]")[0].setValue(false)`);
    await open.page.waitForFunction(
      `Ext.ComponentQuery.query("pveCorosyncLinkSelector{isVisible(true)}").length === 1`,
    );
    await open.page.evaluate(`(() => {
      const set = (name, value) => Ext.ComponentQuery.query("field[name=" + name + "]")[0].setValue(value);
      set("hostname", "10.202.4.31"); set("password", "secret"); set("fingerprint", "AB:CD");
    })()`);
    await clickComponent(open.page, `pveClusterJoinNodeWindow ${submit}`);
    await open.page.waitForFunction(`Ext.getBody().isMasked()`);
    await open.page.waitForNavigation({ waitUntil: "load" });
    expect(server.state.requests).toContain("POST /cluster/config/join");
  });
});

describe("the cluster page of three nodes", () => {
  beforeEach(() => openClusterPage(threeNodes()));

  it("lists the members with their addresses, one column per link that is used", async () => {
    const rows = await read(
      "pveLabClusterNodes",
      "it.getStore().getRange().map((r) => [r.get('name'), r.get('nodeid'), r.get('ring0_addr')])",
    );
    expect(rows).toEqual([
      ["pve1", 1, "10.202.4.31"],
      ["pve2", 2, "10.202.4.32"],
      ["pve3", 3, "10.202.4.33"],
    ]);
    const columns = await read("pveLabClusterNodes", "it.getVisibleColumns().map((column) => column.text)");
    expect(columns).toEqual(["Nom du nœud", "Identifiant", "Votes", "Lien 0"]);
  });

  it("gives the information for joining, in a block that the join window understands", async () => {
    await openDialog("addButton", "pveClusterInfoWindow");
    const block = await open.page.$eval("#pveSerializedClusterInfo", (input) => String(Reflect.get(input, "value")));
    expect(JSON.parse(Buffer.from(block, "base64").toString())).toMatchObject({
      ipAddress: "10.202.4.31",
      fingerprint: expect.stringMatching(/^(?:AB:){31}AB$/),
      ring_addr: ["10.202.4.31"],
      totem: { cluster_name: "pve-cluster" },
    });
  });

  it("shows a member that came meanwhile, without a reload", async () => {
    server.state.members.push("pve4");
    await open.page.waitForFunction(`Ext.ComponentQuery.query("pveLabClusterNodes")[0].getStore().getCount() === 4`);
    await open.page.waitForFunction(
      `Boolean(Ext.ComponentQuery.query("pveResourceTree")[0].getStore().getNodeById("node/pve4"))`,
    );
  });
});
