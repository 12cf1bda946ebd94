import type { Browser, BrowserContext } from "puppeteer-core";
import type { Clock } from "../../base/clock.ts";
import { ProblemError } from "../../base/problem.ts";
import type { Inventory, InventoryNode, PveAccess } from "../../model/inventory.ts";
import { bmcOrigin, controllerKey } from "../bmc/controller-key.ts";
import type { Bmc } from "../bmc/open-bmc.ts";
import type { Guard } from "../guard.ts";
import type { BrowserTransport, ShotRequest, ShotResult, TlsPins } from "../port.ts";
import type { PveTickets } from "../pve-ticket.ts";
import type { Secrets } from "../secrets.ts";
import { crashed, isCrash } from "./crash.ts";
import { launchBrowser, type WarmBrowser } from "./launch-browser.ts";
import { openPage } from "./open-page.ts";
import { askApi, openPveSession, type PveSession, pveOrigin } from "./pve-session.ts";
import { onlyReads } from "./read-only-page.ts";
import { shootPve } from "./shoot-pve.ts";
import { shootSite } from "./shoot-site.ts";
import { stopped } from "./stopped.ts";
import { trustedKey } from "./trusted-key.ts";
import { withSignal } from "./with-signal.ts";

export interface BrowserTransportOptions {
  readonly inventory: Inventory;
  readonly pins: TlsPins;
  /** Whose certificates the pages of management controllers must show. */
  readonly bmc?: Pick<Bmc, "pins"> | undefined;
  readonly tickets: PveTickets;
  readonly guard: Guard;
  readonly clock: Clock;
  /** Whose values must show on no picture. */
  readonly secrets?: Pick<Secrets, "known" | "knowStored"> | undefined;
  /** Language of dates and numbers, `fr` unless said otherwise. */
  readonly language?: string | undefined;
  /** Path of the browser; asked once, at the first picture. */
  findBrowser(): Promise<string>;
  /** Pages can send nothing: what they want to send is dropped and told to the request's `refused`. */
  readonly readOnly?: boolean | undefined;
  /** How long a page may take to become what was asked; 20 s unless said otherwise. */
  readonly withinMs?: number | undefined;
}

type PveNode = InventoryNode & { readonly pve: PveAccess };

/** Longest a whole picture may take before the browser counts as hanging, beyond the page's own limits. */
const HANG_MS = 60_000;
const REFUSED_AGAIN = "la fenêtre de connexion est affichée malgré une session neuve";

/**
 * Photographs pages with one warm browser, one page a node, one picture at a time. The browser is started again when a key has to be
 * added to those it trusts, and once when it crashes or hangs.
 */
export function createBrowserTransport(options: BrowserTransportOptions): BrowserTransport {
  const { inventory, pins, tickets, guard, clock } = options;
  const language = options.language ?? "fr";
  const secrets = () => options.secrets?.known() ?? [];
  const within = () => options.withinMs ?? 20_000;
  const sessions = new Map<string, PveSession>();
  const keys = new Map<string, string>();
  let warm: WarmBrowser | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let told: ShotRequest["refused"];
  const contextIn = async (browser: Browser): Promise<BrowserContext> => {
    const context = await browser.createBrowserContext();
    return options.readOnly === true ? onlyReads(context, (what) => told?.(what)) : context;
  };

  const stop = async (): Promise<void> => {
    const ending = warm;
    warm = undefined;
    sessions.clear();
    await ending?.close();
  };

  const browserFor = async (node: PveNode | undefined, signal: AbortSignal): Promise<WarmBrowser> => {
    if (node !== undefined && !keys.has(node.name)) keys.set(node.name, await trustedKey(node, pins, guard, signal));
    return await browserWith(node === undefined ? undefined : keys.get(node.name));
  };

  const browserWith = async (wanted: string | undefined): Promise<WarmBrowser> => {
    if (warm?.browser.connected === true && (wanted === undefined || warm.keys.has(wanted))) return warm;
    await stop();
    const executable = await options.findBrowser();
    warm = await launchBrowser({ executable, inventory, keys: [...keys.values()], language });
    return warm;
  };

  /** A controller's own page, with the certificate that its Redfish service is known by. */
  const browserOfController = async (node: InventoryNode, signal: AbortSignal): Promise<WarmBrowser> => {
    if (options.bmc === undefined || node.bmc === undefined) return await browserFor(undefined, signal);
    const name = `bmc of ${node.name}`;
    const key = await controllerKey({ ...node, bmc: node.bmc }, options.bmc.pins, guard, signal);
    keys.set(name, key);
    return await browserWith(key);
  };

  const drop = async (key: string): Promise<void> => {
    const session = sessions.get(key);
    sessions.delete(key);
    await session?.context.close().catch(() => {});
  };

  const sessionOf = async (node: PveNode, lang: string, signal: AbortSignal): Promise<PveSession> => {
    const { browser } = await browserFor(node, signal);
    const key = sessionKey(node, lang);
    const open = sessions.get(key);
    if (open !== undefined && !open.crashed() && !open.page.isClosed()) return open;
    await drop(key);
    const ticket = await tickets.get(node, signal);
    const session = await openPveSession(await contextIn(browser), node, ticket, lang);
    sessions.set(key, session);
    return session;
  };

  const limits = (signal: AbortSignal) => ({ clock, withinMs: within(), signal, givenUp: new Set<string>() });

  const shootView = async (node: PveNode, { spec, signal }: ShotRequest): Promise<ShotResult> => {
    const view = spec.view ?? "";
    if (view === "login") return await shootLogin(node, { spec, signal });
    for (let attempt = 1; ; attempt += 1) {
      const session = await sessionOf(node, spec.language, signal);
      const ask = (path: string) => askApi(session, path);
      const result = await shootPve(session, { ...spec, view }, inventory.nodes, { ask, secrets }, limits(signal));
      if (result.status !== "logged-out") return result;
      // The session ended in the middle: a new login, once.
      const shot = attempt === 2 ? await result.picture() : undefined;
      tickets.drop(node);
      await drop(sessionKey(node, spec.language));
      if (shot !== undefined) return { status: "unsettled", unmet: [REFUSED_AGAIN], shot };
    }
  };

  /** The login window needs a page that has no session; the API is asked by the one that has. */
  const shootLogin = async (node: PveNode, { spec, signal }: ShotRequest): Promise<ShotResult> => {
    const { browser } = await browserFor(node, signal);
    const context = await contextIn(browser);
    try {
      const page = await openPveSession(context, node, undefined, spec.language);
      const ask = async (path: string) => {
        const session = await sessionOf(node, spec.language, signal);
        if (!session.page.url().startsWith(pveOrigin(node.pve))) await session.page.goto(`${session.origin}/`);
        return await askApi(session, path);
      };
      const result = await shootPve(
        page,
        { ...spec, view: "login" },
        inventory.nodes,
        { ask, secrets },
        limits(signal),
      );
      if (result.status !== "logged-out") return result;
      return { status: "unsettled", unmet: ["la page de connexion ne s’affiche pas"], shot: await result.picture() };
    } finally {
      await context.close().catch(() => {});
    }
  };

  const shootOpen = async (node: PveNode | undefined, { spec, signal }: ShotRequest): Promise<ShotResult> => {
    const managed = inventory.nodes.find(({ bmc }) => bmc !== undefined && originOf(spec.open) === bmcOrigin(bmc));
    const { browser } =
      managed === undefined ? await browserFor(node, signal) : await browserOfController(managed, signal);
    const context = await contextIn(browser);
    try {
      return await shootSite(await openPage(context), { ...spec, open: spec.open ?? "" }, secrets, limits(signal));
    } finally {
      await context.close().catch(() => {});
    }
  };

  const once = async (node: InventoryNode | undefined, request: ShotRequest): Promise<ShotResult> => {
    if (request.spec.view === undefined) {
      // The node's key is for the node's own pages; any other site has to be trusted by itself.
      const own = hasPve(node) && originOf(request.spec.open) === pveOrigin(node.pve) ? node : undefined;
      return await shootOpen(own, request);
    }
    if (hasPve(node)) return await shootView(node, request);
    throw new ProblemError(
      "PVE_NO_ACCESS",
      `Le nœud ${node?.name ?? "local"} n’a pas d’accès « pve » dans l’inventaire.`,
      {
        scope: "author",
        hint: "Lui ajouter un accès « pve », ou viser un autre nœud avec « on= ».",
      },
    );
  };

  const shoot = async (node: InventoryNode | undefined, request: ShotRequest): Promise<ShotResult> => {
    for (let attempt = 1; ; attempt += 1) {
      const hang = AbortSignal.timeout(HANG_MS + 3 * within());
      const signal = AbortSignal.any([request.signal, hang]);
      try {
        return await withSignal(once(node, { ...request, signal }), signal);
      } catch (error) {
        if (request.signal.aborted) {
          // What the page was doing goes on without us: it is not used again.
          await stop();
          throw stopped(node, request);
        }
        if (!hang.aborted && !isCrash(error, warm)) throw error;
        await stop();
        if (attempt === 2) throw crashed(error);
      }
    }
  };

  const queued = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  };

  return {
    shoot: (node, request) =>
      queued(async () => {
        request.signal.throwIfAborted();
        told = request.refused;
        await options.secrets?.knowStored(request.signal);
        return await shoot(node, request);
      }),
    forget: (node) =>
      queued(async () => {
        keys.delete(node.name);
        tickets.drop(node);
        for (const key of [...sessions.keys()]) if (key.startsWith(`${node.name} `)) await drop(key);
      }),
    close: () => queued(stop),
  };
}

function sessionKey(node: InventoryNode, language: string): string {
  return `${node.name} ${language}`;
}

function originOf(address = ""): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

function hasPve(node: InventoryNode | undefined): node is PveNode {
  return node?.pve !== undefined;
}
