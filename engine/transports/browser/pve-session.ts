import type { BrowserContext, Page } from "puppeteer-core";
import type { Json } from "../../base/json.ts";
import type { InventoryNode, PveAccess } from "../../model/inventory.ts";
import type { PveTicket } from "../pve-ticket.ts";
import { encodeState } from "./encode-state.ts";
import { type OpenPage, openPage } from "./open-page.ts";

/** Where the web page keeps the capability map, from which it decides which tabs exist. */
const CAPABILITIES_KEY = "ext-GuiCap";

export interface PveSession extends OpenPage {
  readonly node: InventoryNode & { readonly pve: PveAccess };
  readonly origin: string;
  /** Version of Proxmox VE, once it was asked. */
  version: string | undefined;
}

/** The address of a node's web page, without its final slash. */
export function pveOrigin({ endpoint }: PveAccess): string {
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return new URL(`https://${host}:${endpoint.port}`).origin;
}

/** A page of a node's web interface, logged in by the ticket (or not, for the login window): nothing is typed. */
export async function openPveSession(
  context: BrowserContext,
  node: InventoryNode & { readonly pve: PveAccess },
  ticket: PveTicket | undefined,
  language: string,
): Promise<PveSession> {
  const opened = await openPage(context);
  const origin = pveOrigin(node.pve);
  await setCookie(opened.page, origin, "PVELangCookie", language);
  await setCookie(opened.page, origin, "PVEThemeCookie", "crisp");
  if (ticket !== undefined) {
    await setCookie(opened.page, origin, "PVEAuthCookie", encodeURIComponent(ticket.ticket));
    const state = encodeState(ticket.capabilities);
    await opened.page.evaluateOnNewDocument(seedState, origin, CAPABILITIES_KEY, state);
  }
  return { ...opened, node, origin, version: undefined };
}

interface StateWindow {
  readonly location: { readonly origin: string };
  readonly localStorage: { setItem(key: string, value: string): void };
}
declare const window: StateWindow;

function seedState(origin: string, key: string, state: string): void {
  if (window.location.origin === origin) window.localStorage.setItem(key, state);
}

/** Host-only, as the server itself would set it: the protocol derives the host from the address. */
async function setCookie(page: Page, url: string, name: string, value: string): Promise<void> {
  const protocol = await page.createCDPSession();
  try {
    await protocol.send("Network.setCookie", { name, value, url, path: "/", secure: true, sameSite: "Lax" });
  } finally {
    await protocol.detach();
  }
}

/** What the node's API answers to a GET made by the page itself, with its own session. */
export interface ApiAnswer {
  readonly status: number;
  readonly text: string;
  /** `data` of the answer; null when there is none. */
  readonly data: Json;
}

declare const fetch: (
  url: string,
  options: object,
) => Promise<{ status: number; statusText: string; text(): Promise<string> }>;

/** Asks the node's API (`/cluster/status`) with the page's own session. */
export async function askApi(session: PveSession, path: string): Promise<ApiAnswer> {
  const answer = await session.page.evaluate(
    async (url) => {
      const response = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/json" } });
      return { status: response.status, reason: response.statusText, body: await response.text() };
    },
    `/api2/json${path.startsWith("/") ? path : `/${path}`}`,
  );
  return { status: answer.status, text: `HTTP ${answer.status} ${answer.reason}`.trim(), data: dataOf(answer.body) };
}

function dataOf(body: string): Json {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || !("data" in parsed)) return null;
    return (parsed.data ?? null) as Json;
  } catch {
    return null;
  }
}
