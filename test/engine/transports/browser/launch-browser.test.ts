import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
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
