import { readdir } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { applicationScripts } from "../../../lab/ui/application-scripts.ts";
import { serveUi, type UiContext } from "../../../lab/ui/server.ts";
import { ensureExtjs } from "./extjs.ts";

beforeAll(ensureExtjs, 700_000);

const context: UiContext = { node: "pve1", dialect: "9", version: "9.2.11" };
const get = (url: string, cookie?: string, more: Partial<UiContext> = {}) =>
  serveUi({ url, method: "GET", headers: cookie === undefined ? {} : { cookie } }, undefined, { ...context, ...more });

describe("serveUi() the index page", () => {
  it("carries the user and the token of a session", async () => {
    const request = { url: "/?x=1", method: "GET", headers: {} };
    const answer = await serveUi(request, { user: "root@pam", csrf: "token" }, context);
    expect(answer?.status).toBe(200);
    expect(String(answer?.body)).toContain('"UserName":"root@pam","CSRFPreventionToken":"token"');
  });

  it("carries an empty user without one", async () => {
    expect(String((await get("/"))?.body)).toContain('"UserName":"","CSRFPreventionToken":""');
  });

  it("cannot be broken out of by a name", async () => {
    const session = { user: "</script><script>alert(1)", csrf: "" };
    const answer = await serveUi({ url: "/", method: "GET", headers: {} }, session, { ...context, node: "<b>" });
    expect(String(answer?.body)).not.toContain("<script>alert");
    expect(String(answer?.body)).not.toContain("<b>");
  });

  it.each([
    ["the cookie", "PVELangCookie=fr", undefined, "fr"],
    ["the cookie over the option", "a=1; PVELangCookie=en", "fr", "en"],
    ["the option", undefined, "fr", "fr"],
    ["English for lack of both", undefined, undefined, "en"],
    ["English for a catalogue that the lab lacks", "PVELangCookie=pt_BR", undefined, "en"],
    ["the option for a cookie that is no language", "PVELangCookie=<x>", "fr", "fr"],
  ])("takes its language from %s", async (_title, cookie, language, expected) => {
    const html = String((await get("/", cookie, { language }))?.body);
    expect(html).toContain(`<html lang="${expected}">`);
    expect(html.includes("locale-fr.js")).toBe(expected === "fr");
  });
});

describe("serveUi() files", () => {
  it.each([
    ["/pve2/ext6/ext-all.js", "application/javascript; charset=utf-8"],
    ["/pve2/ext6/theme-crisp/resources/theme-crisp-all_1.css", "text/css; charset=utf-8"],
    ["/pve2/ext6/theme-crisp/resources/images/tree/arrows.png", "image/png"],
    ["/pve2/fa/fonts/fontawesome-webfont.woff2?v=4.7.0", "font/woff2"],
    ["/pve2/js/lab.js?ver=1", "application/javascript; charset=utf-8"],
    ["/pve2/css/lab.css?ver=1", "text/css; charset=utf-8"],
    ["/pve2/css/navigation.css", "text/css; charset=utf-8"],
    ["/pve2/css/pages.css", "text/css; charset=utf-8"],
    ["/pve2/locale/pve-lang-fr.js", "application/javascript; charset=utf-8"],
    ["/favicon.ico", "image/svg+xml"],
  ])("gives %s as %s, to be kept for long", async (url, type) => {
    const answer = await get(url);
    expect(answer?.status).toBe(200);
    expect(answer?.headers).toMatchObject({
      "content-type": type,
      "cache-control": expect.stringContaining("max-age=31536000"),
    });
    expect(answer?.body.length).toBeGreaterThan(100);
  });

  it.each([
    "/pve2/ext6/../../../../package.json",
    "/pve2/ext6/theme-crisp/resources/images/../../../../LICENSE",
    "/pve2/ext6/theme-crisp/resources/images/%2e%2e/theme-crisp-all_1.js",
    "/pve2/ext6/version.properties",
    "/pve2/constructor",
    "/pve2/ext6/theme-crisp/resources/images/nosuch.png",
  ])("refuses %s, which is not on the list", async (url) => {
    expect((await get(url))?.status ?? 404).toBe(404);
  });

  it("leaves other addresses to the API", async () => {
    expect(await get("/api2/json/version")).toBeUndefined();
    expect(await get("/redfish/v1")).toBeUndefined();
  });

  it("refuses to be written to", async () => {
    expect((await serveUi({ url: "/", method: "POST", headers: {} }, undefined, context))?.status).toBe(405);
  });

  it("says that consoles are not simulated", async () => {
    const answer = await get("/?console=kvm&novnc=1&vmid=100");
    expect(answer?.status).toBe(501);
    expect(String(answer?.body)).toContain("pas simulées");
  });
});

describe("applicationScripts", () => {
  it("lists every class of the application once", async () => {
    const folder = new URL("../../../lab/ui/app/", import.meta.url);
    const found = (await readdir(folder, { recursive: true })).filter(
      (name) => name.endsWith(".js") && !name.startsWith("locale/"),
    );
    expect(applicationScripts.toSorted()).toEqual(found.sort());
  });
});
