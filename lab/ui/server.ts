// SPDX-License-Identifier: GPL-3.0-or-later
import { applicationScript } from "./application-script.ts";
import { renderIndexPage } from "./index-page.ts";
import { readStaticFile } from "./static-files.ts";

export interface UiRequest {
  /** Path and query, as in the request line. */
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The session that the caller found behind PVEAuthCookie; undefined shows the login window. */
export interface UiSession {
  readonly user: string;
  readonly csrf: string;
}

export interface UiContext {
  readonly node: string;
  readonly dialect: "9" | "8.4";
  readonly version: string;
  /** The datacenter option `language`, when set. */
  readonly language?: string | undefined;
  /** Datacenter option `consent-text` as it is kept: Base64. It stands before the login window. */
  readonly consent?: string | undefined;
}

export interface UiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const SCRIPT = "/pve2/js/lab.js";
const FOR_EVER = "public, max-age=31536000, immutable";

/** Answers what belongs to the web interface (the index page and its files); undefined for any other address. */
export async function serveUi(
  request: UiRequest,
  session: UiSession | undefined,
  context: UiContext,
): Promise<UiAnswer | undefined> {
  const { pathname, searchParams } = new URL(request.url, "https://lab.invalid");
  const isPage = pathname === "/" || pathname === "/index.html";
  if (!isPage && !pathname.startsWith("/pve2/") && pathname !== "/favicon.ico") return undefined;
  if (request.method !== "GET" && request.method !== "HEAD") return plain(405, "Method not allowed");
  if (isPage)
    return searchParams.has("console") ? plain(501, CONSOLE_MISSING) : await indexPage(request, session, context);
  if (pathname === SCRIPT) {
    const { body } = await applicationScript();
    return { status: 200, headers: headersFor("application/javascript; charset=utf-8", FOR_EVER), body };
  }
  const file = await readStaticFile(pathname === "/favicon.ico" ? "/pve2/images/lab.svg" : pathname);
  if (file === undefined) return plain(404, "File not found");
  return { status: 200, headers: headersFor(file.type, FOR_EVER), body: file.body };
}

const CONSOLE_MISSING = "Les pages de console ne sont pas simulées par ce laboratoire.";

async function indexPage(request: UiRequest, session: UiSession | undefined, context: UiContext): Promise<UiAnswer> {
  const { version } = await applicationScript();
  const html = renderIndexPage({
    node: context.node,
    dialect: context.dialect,
    user: session?.user ?? "",
    csrf: session?.csrf ?? "",
    language: languageOf(request, context),
    consent: context.consent ?? "",
    version: `${context.version}-${version}`,
  });
  return { status: 200, headers: headersFor("text/html; charset=utf-8", "no-cache"), body: Buffer.from(html) };
}

/** The cookie wins over the datacenter's option; the lab has two catalogues, anything else is English. */
function languageOf(request: UiRequest, context: UiContext): "fr" | "en" {
  const header = request.headers["cookie"];
  const cookies = typeof header === "string" ? header : (header ?? []).join("; ");
  const cookie = /(?:^|;\s*)PVELangCookie=([a-z]{2,3}(?:_[A-Z]{2,3})?)(?:;|$)/.exec(cookies)?.[1];
  return (cookie ?? context.language) === "fr" ? "fr" : "en";
}

function headersFor(type: string, caching: string): Readonly<Record<string, string>> {
  return { "content-type": type, "cache-control": caching, "x-content-type-options": "nosniff" };
}

function plain(status: number, text: string): UiAnswer {
  return { status, headers: headersFor("text/plain; charset=utf-8", "no-store"), body: Buffer.from(text) };
}
