import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** A page of one's own with fresh storage, and the script errors that it had. */
export interface FreshPage {
  readonly page: Page;
  readonly errors: string[];
  close(): Promise<void>;
}

/** How a page starts: with the session's cookie, and perhaps the capability map that a login would have left. */
export interface Start {
  readonly cookie?: string | undefined;
  readonly language?: string | undefined;
  readonly guiCap?: string | undefined;
}

export const SESSION = "PVE%3Aroot%40pam%3ATICKET";

/** `GuiCap` as ExtJS writes it into local storage, for the fixture's capabilities. */
export const GUI_CAP = [
  "o%3Avms%3Do%253AVM.Allocate%253Dn%25253A1",
  "storage%3Do%253A",
  "access%3Do%253A",
  "nodes%3Do%253ASys.Audit%253Dn%25253A1",
  "dc%3Do%253ASys.Audit%253Dn%25253A1",
  "sdn%3Do%253A",
  "mapping%3Do%253AMapping.Audit%253Dn%25253A1",
].join("%5E");

export function launchBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    acceptInsecureCerts: true,
    args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=fr-FR"],
    defaultViewport: { width: 1440, height: 1000 },
  });
}

/** Opens a page in a context of its own, so that cookies and local storage are empty but for what `start` says. */
export async function freshPage(browser: Browser, origin: string, hash: string, start: Start): Promise<FreshPage> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error instanceof Error ? error.message : String(error)));
  const cookies = { PVEAuthCookie: start.cookie, PVELangCookie: start.language };
  for (const [name, value] of Object.entries(cookies)) {
    if (value !== undefined) await context.setCookie({ name, value, domain: "127.0.0.1", path: "/", secure: true });
  }
  if (start.guiCap !== undefined) {
    await page.evaluateOnNewDocument((value) => localStorage.setItem("ext-GuiCap", value), start.guiCap);
  }
  await page.goto(`${origin}/${hash}`, { waitUntil: "load" });
  return { page, errors, close: () => context.close() };
}

/** Logs in through the form and dismisses the subscription dialog that follows. */
export async function logIn(page: Page, password: string): Promise<void> {
  await page.waitForFunction(`Ext.ComponentQuery.query("window[$className=PVE.window.LoginWindow]").length === 1`);
  await page.waitForFunction(`Ext.ComponentQuery.query("pveRealmComboBox")[0].getValue() === "pam"`);
  await page.type("input[name=username]", "root");
  await page.type("input[name=password]", password);
  await page.keyboard.press("Enter");
  await page.waitForFunction(`Ext.ComponentQuery.query("messagebox{isVisible(true)} button[itemId=ok]").length === 1`);
  await clickComponent(page, "messagebox button[itemId=ok]");
  await page.waitForFunction(`Ext.ComponentQuery.query("messagebox{isVisible(true)}").length === 0`);
}

/** Clicks the visible component that a query finds, with the mouse, once it can be clicked. */
export async function clickComponent(page: Page, query: string): Promise<void> {
  const found = await page.waitForFunction(
    `(() => { const found = Ext.ComponentQuery.query(${JSON.stringify(query)}).filter((c) => c.isVisible(true) && !c.disabled); return found.length > 0 && found[0].getEl().id; })()`,
  );
  await page.click(`#${String(await found.jsonValue())}`);
}
