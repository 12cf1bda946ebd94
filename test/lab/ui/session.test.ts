import type { Browser } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshPage, GUI_CAP, launchBrowser, logIn, SESSION } from "./browser.ts";
import { ensureExtjs } from "./extjs.ts";
import { threeNodes } from "./fixture-api.ts";
import { type FixtureServer, startFixtureServer } from "./fixture-server.ts";
import { settled } from "./settled.ts";

let browser: Browser;
let server: FixtureServer;
beforeAll(async () => {
  await ensureExtjs();
  browser = await launchBrowser();
}, 700_000);
afterAll(() => browser.close());
beforeEach(async () => {
  server = await startFixtureServer(threeNodes());
});
afterEach(() => server.close());

const SUMMARY = "#v1:0:=root:4:::::::=summary";
const loginShows = `Ext.ComponentQuery.query("window[$className=PVE.window.LoginWindow]{isVisible(true)}").length === 1`;

describe("a fresh start", () => {
  it("by cookie and seeded capabilities gives a whole page, ten times of ten", async () => {
    for (let round = 0; round < 10; round += 1) {
      const fresh = await freshPage(browser, server.origin, SUMMARY, {
        cookie: SESSION,
        guiCap: GUI_CAP,
        language: "fr",
      });
      await settled(fresh.page, "root", "summary");
      expect(fresh.errors).toEqual([]);
      await fresh.close();
    }
  }, 120_000);

  it("by the form gives a whole page, ten times of ten, and the address survives it", async () => {
    for (let round = 0; round < 10; round += 1) {
      const fresh = await freshPage(browser, server.origin, SUMMARY, { language: "fr" });
      await logIn(fresh.page, "secret");
      await settled(fresh.page, "root", "summary");
      expect(fresh.errors).toEqual([]);
      await fresh.close();
    }
  }, 120_000);

  it("by cookie alone stumbles over the missing capabilities, as real nodes do, and a reload heals it", async () => {
    const fresh = await freshPage(browser, server.origin, SUMMARY, { cookie: SESSION });
    await fresh.page.waitForFunction(`localStorage.getItem("ext-GuiCap") !== null`);
    expect(fresh.errors.join()).toContain("Mapping.Audit");
    await fresh.page.reload({ waitUntil: "load" });
    await settled(fresh.page, "root", "summary");
    await fresh.close();
  });

  it("renews the ticket first, with the old one as password, and shows no subscription dialog", async () => {
    const fresh = await freshPage(browser, server.origin, SUMMARY, { cookie: SESSION, guiCap: GUI_CAP });
    await settled(fresh.page, "root", "summary");
    expect(server.state.requests.find((request) => request.startsWith("POST"))).toBe("POST /access/ticket");
    expect(await fresh.page.evaluate(`Ext.ComponentQuery.query("messagebox{isVisible(true)}").length`)).toBe(0);
    await fresh.close();
  });
});

describe("the login window", () => {
  it.each([
    ["fr", "Connexion au serveur Proxmox VE", "Nom d’utilisateur:"],
    ["en", "Proxmox VE Login", "User name:"],
  ])("shows without a cookie, in %s, with its five inputs", async (language, title, label) => {
    const fresh = await freshPage(browser, server.origin, "", { language });
    await fresh.page.waitForFunction(loginShows);
    const names = await fresh.page.$$eval("input[name]", (inputs) => inputs.map((input) => input.getAttribute("name")));
    for (const name of ["username", "password", "realm", "lang", "saveusername"]) expect(names).toContain(name);
    expect(await fresh.page.$("#pveloginrealm-inputEl")).not.toBeNull();
    const text = await fresh.page.$eval("body", (element) => element.textContent);
    expect(text).toContain(title);
    expect(text).toContain(label);
    expect(await fresh.page.evaluate(`Ext.ComponentQuery.query("button[reference=loginButton]").length`)).toBe(1);
    expect(fresh.errors).toEqual([]);
    await fresh.close();
  });

  it("shows for a stale cookie, instead of an error page", async () => {
    const fresh = await freshPage(browser, server.origin, SUMMARY, { cookie: "PVE%3Aold" });
    await fresh.page.waitForFunction(loginShows);
    await fresh.close();
  });

  it("says that a login failed, and stays", async () => {
    const fresh = await freshPage(browser, server.origin, "", { language: "fr" });
    await fresh.page.waitForFunction(`Ext.ComponentQuery.query("pveRealmComboBox")[0]?.getValue() === "pam"`);
    await fresh.page.type("input[name=username]", "root");
    await fresh.page.type("input[name=password]", "wrong");
    await fresh.page.keyboard.press("Enter");
    await fresh.page.waitForFunction(`/Échec de connexion/.test(document.body.textContent)`);
    expect(await fresh.page.evaluate(loginShows)).toBe(true);
    await fresh.close();
  });

  it("comes after more than five refusals, not at the first", async () => {
    const fresh = await freshPage(browser, server.origin, SUMMARY, { cookie: SESSION, guiCap: GUI_CAP });
    await settled(fresh.page, "root", "summary");
    await fresh.page.evaluate(
      `window.refused = 0; Ext.Ajax.on("requestexception", (_c, response) => { if (response.status === 401) window.refused += 1; }, null, { priority: 1 })`,
    );
    await fresh.page.evaluate(
      `window.refusedAtLogin = null; Ext.Ajax.on("requestexception", () => { if (window.refusedAtLogin === null && ${loginShows}) window.refusedAtLogin = window.refused; })`,
    );
    server.state.refuse = true;
    await fresh.page.waitForFunction(loginShows);
    await fresh.page.waitForFunction("window.refusedAtLogin !== null");
    expect(await fresh.page.evaluate("window.refusedAtLogin")).toBe(6);
    await fresh.close();
  });
});
