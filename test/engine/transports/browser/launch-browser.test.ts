import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import type { InventoryNode } from "../../../../engine/model/inventory.ts";
import { findBrowser } from "../../../../engine/transports/browser/find-browser.ts";
import {
  browserArguments,
  launchBrowser,
  resolverRules,
} from "../../../../engine/transports/browser/launch-browser.ts";

const node = (name: string, port?: number): InventoryNode => ({
  name,
  hostname: name,
  address: "10.202.4.31",
  vars: {},
  pve: {
    user: "root@pam",
    endpoint: { host: "10.202.4.31", port: 8006 },
    ...(port === undefined ? {} : { connect: { host: "127.0.0.1", port } }),
  },
});

/** The browser's maker is asked nothing, wherever the nodes are. */
const MAKER = "MAP *.google.com ~NOTFOUND, MAP *.googleapis.com ~NOTFOUND, MAP *.gvt1.com ~NOTFOUND";

it.each([
  ["nothing for real nodes", { nodes: [node("pve1")], guard: "none" as const }, MAKER],
  [
    "their sockets",
    { nodes: [node("pve1", 9443)], guard: "none" as const },
    `MAP 10.202.4.31:8006 127.0.0.1:9443, ${MAKER}`,
  ],
  [
    "no way out of this machine under the guard",
    { nodes: [node("pve1", 9443)], guard: "loopback" as const },
    "MAP 10.202.4.31:8006 127.0.0.1:9443, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]",
  ],
])("resolverRules() gives nominal addresses %s", (_what, inventory, rules) => {
  expect(resolverRules(inventory)).toBe(rules);
});

it("browserArguments() never ignores certificate errors as a whole", () => {
  const options = { inventory: { nodes: [], guard: "none" as const }, keys: ["a=", "b="], language: "fr" };
  const given = browserArguments(options, false);
  expect(given).toContain("--ignore-certificate-errors-spki-list=a=,b=");
  expect(given).toContain("--lang=fr-FR");
  expect(given.filter((each) => each === "--ignore-certificate-errors" || each === "--no-sandbox")).toEqual([]);
});

it("launchBrowser() leaves no profile behind, whether it started or not", async () => {
  const profiles = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("constat-browser-"));
  const before = await profiles();
  const options = { inventory: { nodes: [], guard: "loopback" as const }, keys: [], language: "fr" };
  const warm = await launchBrowser({ ...options, executable: await findBrowser() });
  const during = (await profiles()).filter((name) => !before.includes(name));
  expect(during.length).toBeGreaterThan(0);
  await warm.close();
  await expect(launchBrowser({ ...options, executable: process.execPath })).rejects.toMatchObject({
    code: "BROWSER_NOT_STARTED",
  });
  // Other test files have browsers of their own at the same time.
  expect((await profiles()).filter((name) => during.slice(0, 1).includes(name))).toEqual([]);
});

/** The upper part of a page, as it is photographed. */
async function written(page: Page): Promise<Buffer> {
  const clip = { x: 0, y: 0, width: 300, height: 100 };
  return Buffer.from(await page.screenshot({ type: "png", clip, captureBeyondViewport: false }));
}

it("launchBrowser() draws letters the same, whatever scale their font was first met at", {
  timeout: 60_000,
}, async () => {
  const options = { inventory: { nodes: [], guard: "loopback" as const }, keys: [], language: "fr" };
  const warm = await launchBrowser({ ...options, executable: await findBrowser() });
  const word = `<body style="margin:0"><p style="font:300 30px arial">Été 5%</p><canvas width=600 height=100 style="position:absolute;left:0;top:60px;width:300px"></canvas>
    <script>var pen = document.querySelector("canvas").getContext("2d"); pen.scale(2, 2); pen.font = "300 30px arial"; pen.fillText("5%", 20.5, 30.3);</script>`;
  try {
    const open = async (first: number) => {
      const page = await (await warm.browser.createBrowserContext()).newPage();
      for (const deviceScaleFactor of new Set([first, 2])) {
        await page.setViewport({ width: 400, height: 300, deviceScaleFactor });
        await page.setContent(word);
        if (deviceScaleFactor !== 2) await written(page);
      }
      return await written(page);
    };
    const straight = await open(2);
    expect((await open(1)).equals(straight)).toBe(true);
  } finally {
    await warm.close();
  }
});
