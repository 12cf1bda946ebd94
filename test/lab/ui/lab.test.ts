import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../../lab/index.ts";
import { clickComponent, freshPage, launchBrowser, logIn } from "./browser.ts";
import { ensureExtjs } from "./extjs.ts";
import { settled } from "./settled.ts";

let browser: Browser;
let folder: string;
let lab: Lab;
beforeAll(async () => {
  await ensureExtjs();
  browser = await launchBrowser();
}, 700_000);
afterAll(() => browser.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lab-ui-"));
});
afterEach(async () => {
  await lab.stop();
  await rm(folder, { recursive: true, force: true });
});

const CLUSTER = "#v1:0:=root:4:::::::=cluster";
const submit = "button[reference=submitbutton]";

async function openNode(name: string, hash: string) {
  const password = (await readFile(join(folder, "secrets", "root-password"), "utf8")).trim();
  const origin = `https://127.0.0.1:${lab.endpoints.get(name)?.pve.port}`;
  const fresh = await freshPage(browser, origin, hash, { language: "fr" });
  await logIn(fresh.page, password);
  return { ...fresh, password };
}

function members(page: Page): Promise<unknown> {
  return page.evaluate(
    `fetch("/api2/json/cluster/config/nodes").then((r) => r.json()).then(({ data }) => data.map((node) => node.name).sort())`,
  );
}

describe("the pages in front of the lab", () => {
  it("create a cluster with one window, and join it with the block of another", async () => {
    lab = await startLab({ folder, timeScale: 10 });
    const first = await openNode("pve1", CLUSTER);
    await settled(first.page, "root", "cluster");
    await clickComponent(first.page, "button[reference=createButton]");
    await first.page.waitForFunction(`Ext.ComponentQuery.query("pveCorosyncLinkSelector").length === 1`);
    await first.page.evaluate(`Ext.ComponentQuery.query("field[name=clustername]")[0].setValue("pve-cluster")`);
    await clickComponent(first.page, `pveClusterCreateWindow ${submit}`);
    await first.page.waitForFunction(
      `/TASK OK/.test(Ext.ComponentQuery.query("proxmoxTaskViewer")[0]?.el.dom.textContent ?? "")`,
    );
    await first.page.evaluate(`Ext.ComponentQuery.query("proxmoxTaskViewer")[0].close()`);
    expect(await members(first.page)).toEqual(["pve1"]);
    await first.page.waitForFunction(`!Ext.ComponentQuery.query("button[reference=addButton]")[0].disabled`);
    await clickComponent(first.page, "button[reference=addButton]");
    const block = await first.page.$eval("#pveSerializedClusterInfo", (input) => String(Reflect.get(input, "value")));

    const second = await openNode("pve2", CLUSTER);
    await settled(second.page, "root", "cluster");
    await clickComponent(second.page, "button[reference=joinButton]");
    await second.page.waitForFunction(
      `Ext.ComponentQuery.query("pveClusterJoinNodeWindow{isVisible(true)}").length === 1`,
    );
    await second.page.evaluate(`Ext.ComponentQuery.query("field[name=serializedinfo]")[0].setValue("${block}")`);
    await second.page.evaluate(
      `Ext.ComponentQuery.query("pveClusterJoinNodeWindow field[name=password]")[0].setValue("${second.password}")`,
    );
    await clickComponent(second.page, `pveClusterJoinNodeWindow ${submit}`);
    await first.page.waitForFunction(`Ext.ComponentQuery.query("pveLabClusterNodes")[0].getStore().getCount() === 2`, {
      timeout: 60_000,
    });
    expect(await members(first.page)).toEqual(["pve1", "pve2"]);
    expect([...first.errors, ...second.errors]).toEqual([]);
    await first.close();
    await second.close();
  }, 180_000);

  it.each([
    ["root", "summary", "#v1:0:=root:4:::::::=summary"],
    ["root", "cluster", CLUSTER],
    ["root", "storage", "#v1:0:=root:4:::::::=storage"],
    ["node/pve2", "summary", "#v1:0:=node%2Fpve2:4:=summary::::::"],
    ["node/pve3", "network", "#v1:0:=node%2Fpve3:4:=network::::::"],
  ])(
    "settle on %s, %s of a cluster of three, in dialect 8.4 as well",
    async (rid, tab, hash) => {
      for (const dialect of ["9", "8.4"] as const) {
        lab = await startLab({ folder, scenario: "cluster", dialect });
        const fresh = await openNode("pve1", hash);
        await settled(fresh.page, rid, tab);
        expect(fresh.errors).toEqual([]);
        expect(
          await fresh.page.evaluate(
            `Ext.ComponentQuery.query("pveResourceTree")[0].getRootNode().childNodes.map((node) => node.getId())`,
          ),
        ).toEqual(["node/pve1", "node/pve2", "node/pve3"]);
        await fresh.close();
        if (dialect === "9") await lab.stop();
      }
    },
    120_000,
  );

  it("show the summary's three nodes online, with their addresses", async () => {
    lab = await startLab({ folder, scenario: "cluster" });
    const fresh = await openNode("pve1", "#v1:0:=root:4:::::::=summary");
    await settled(fresh.page, "root", "summary");
    const rows = await fresh.page.evaluate(
      `Ext.ComponentQuery.query("pveDcNodeView")[0].getStore().getRange().map(({ data }) => [data.type, data.name, data.online, data.ip])`,
    );
    expect(rows).toEqual([
      ["node", "pve1", 1, "10.202.4.31"],
      ["node", "pve2", 1, "10.202.4.32"],
      ["node", "pve3", 1, "10.202.4.33"],
    ]);
    const text = await fresh.page.$eval("#content", (element) => element.textContent);
    expect(text).toContain("Grappe de serveurs : pve-cluster, quorum atteint : Oui");
    await fresh.close();
  });
});
