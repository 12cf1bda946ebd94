import type { BrowserContext, HTTPRequest, Page } from "puppeteer-core";

/** Hears of a request that was not let through, in words. */
type Told = (what: string) => void;

const guarded = new WeakMap<BrowserContext, Told>();
const READING = new Set(["GET", "HEAD", "OPTIONS"]);
/** The web interface renews its own session so; nothing else of the node changes. */
const SESSION = /^\/api2\/(?:json|extjs)\/access\/ticket$/;

/** From now on the pages of this context can only read: what they want to send is dropped, and told. */
export function onlyReads(context: BrowserContext, told: Told): BrowserContext {
  guarded.set(context, told);
  return context;
}

/** Closes what a page could send by, where its context only reads; to be called before it goes anywhere. */
export async function guardPage(page: Page): Promise<void> {
  const told = guarded.get(page.browserContext());
  if (told === undefined) return;
  await page.setBypassServiceWorker(true);
  await page.setRequestInterception(true);
  page.on("request", (request) => void judge(request, told).catch(() => {}));
  // A window of its own would not be looked at.
  page.on("popup", (popup) => void popup?.close().catch(() => {}));
  await page.evaluateOnNewDocument(closeDoors);
}

async function judge(request: HTTPRequest, told: Told): Promise<void> {
  const method = request.method().toUpperCase();
  const url = URL.parse(request.url());
  if (READING.has(method) || (method === "POST" && SESSION.test(url?.pathname ?? ""))) {
    await request.continue();
    return;
  }
  told(`${method} ${url?.pathname ?? request.url()}`);
  await request.abort("blockedbyclient");
}

interface Doors {
  WebSocket?: unknown;
  WebTransport?: unknown;
  RTCPeerConnection?: unknown;
  Worker?: unknown;
  SharedWorker?: unknown;
  readonly navigator: { sendBeacon?: unknown };
}
declare const window: Doors;

/** Travels as its own text. Ways out that are not seen as requests of the page. */
function closeDoors(): void {
  const closed = function closed(): never {
    throw new Error("fermé : cette page ne fait que lire");
  };
  window.WebSocket = closed;
  window.WebTransport = closed;
  window.RTCPeerConnection = closed;
  window.Worker = closed;
  window.SharedWorker = closed;
  window.navigator.sendBeacon = () => false;
}
