import { ProblemError } from "../../base/problem.ts";
import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import {
  isViewMistake,
  PVE_MAJORS,
  type PveMajor,
  type PveView,
  parsePveView,
  type ViewMistake,
} from "../../model/pve-views.ts";
import { loadPage } from "./load-page.ts";
import type { PageWindow, Want } from "./page/page-types.ts";
import { pveHash } from "./pve-hash.ts";
import { askApi, type PveSession } from "./pve-session.ts";
import { type SettleLimits, settle } from "./settle.ts";

declare const window: PageWindow;

export const LOGIN_WINDOW = "window[$className=PVE.window.LoginWindow]";
/** The nodes of this view show 0 % until the resources were loaded once more after it was drawn. */
const SECOND_LOAD = "datacenter/summary";
const VERSION_ATTEMPTS = 4;

/** A view by its name, with the log at the bottom or without. */
export type AskedView = Pick<BrowserSpec, "log"> & { readonly view: string };

/** A view that is being looked at: what must be there, and what is missing (empty: it is there). */
export interface OpenedView {
  readonly want: Want;
  readonly unmet: readonly string[];
  /** The API refuses the page's session, or the login window showed where it was not asked for. */
  readonly loggedOut: boolean;
}

/**
 * Brings the page to a view and waits until it is settled there; a name that is no view of this version brings it to what is shown instead.
 * Throws PVE_VERSION_UNKNOWN and what a load throws.
 */
export async function openView(
  session: PveSession,
  asked: AskedView,
  nodes: readonly InventoryNode[],
  limits: SettleLimits,
): Promise<OpenedView> {
  const { view: name, log } = asked;
  const view = parsePveView(name);
  if (isViewMistake(view)) return await openInstead(session, view, { view: "datacenter/search", log }, nodes, limits);
  if (view.type === "login") return await openLogin(session, limits);
  const target = await resourceOf(session, view, nodes);
  if (typeof target === "object") {
    if ("loggedOut" in target) return { want: NOTHING, unmet: [], loggedOut: true };
    return await openInstead(session, target, { view: "datacenter/search", log }, nodes, limits);
  }
  const more = name === SECOND_LOAD ? 1 : 0;
  const url = `${session.origin}/${pveHash(view.scope, target, view.tab)}`;
  for (let attempt = 1; ; attempt += 1) {
    const loads = attempt === 1 ? await moveWithin(session, url, target) : undefined;
    if (loads === undefined) {
      session.errors.length = 0;
      await loadPage(session.page, url);
    }
    const major = await majorOf(session, limits);
    const want: Want = {
      type: "view",
      rid: target,
      tab: view.tab,
      loginWindow: LOGIN_WINDOW,
      loads: (loads ?? 0) + more,
      log,
    };
    if (major === undefined) return { want, unmet: [], loggedOut: true };
    const lacking = parsePveView(name, major);
    if (isViewMistake(lacking))
      return await openInstead(session, lacking, { view: firstTab(view), log }, nodes, limits);
    const unmet = await settle(session.page, want, limits);
    const loggedOut = await session.page.evaluate((q) => window.__constat.query(q).length > 0, LOGIN_WINDOW);
    if (loggedOut) return { want, unmet, loggedOut };
    // An error of the page's scripts leaves panes empty that look settled: that load counts for nothing.
    if (session.errors.length === 0) return { want, unmet, loggedOut };
    const failed = session.errors.map((error) => `erreur de script dans la page : ${error}`);
    if (attempt === 2) return { want, unmet: [...failed, ...unmet], loggedOut };
  }
}

/** Major version of the node, asked of its API; undefined when the page's session is over. */
async function majorOf(session: PveSession, { clock, signal }: SettleLimits): Promise<PveMajor | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askApi(session, "/version");
    if (answer.status === 401) return undefined;
    const data = answer.data;
    if (answer.status === 200 && typeof data === "object" && data !== null && "version" in data) {
      session.version = String(data["version"]);
      break;
    }
    if (attempt === VERSION_ATTEMPTS) {
      throw new ProblemError("PVE_VERSION_UNKNOWN", `${session.node.name} ne dit pas sa version : ${answer.text}.`, {
        scope: "environment",
        hint: "Vérifier que pvedaemon fonctionne sur ce nœud.",
      });
    }
    await clock.sleep(500, signal);
  }
  const major = Number.parseInt(session.version, 10);
  const supported = PVE_MAJORS.find((each) => each === major);
  if (supported !== undefined) return supported;
  throw new ProblemError(
    "PVE_VERSION_UNKNOWN",
    `L’interface de Proxmox VE ${session.version} (${session.node.name}) n’est pas connue ; versions connues : ${PVE_MAJORS.join(", ")}.`,
    { scope: "environment", hint: "Mettre Constat à jour, ou remplir cette capture par un bloc d’un autre genre." },
  );
}

const NOTHING: Want = { type: "page" };

/** The login window, behind the text to be agreed to where the site has one. */
async function openLogin({ page, origin }: PveSession, limits: SettleLimits): Promise<OpenedView> {
  await loadPage(page, `${origin}/`);
  const want: Want = { type: "login", window: LOGIN_WINDOW };
  const unmet = await settle(page, want, limits);
  const consent = await page.evaluate(() => window.__constat?.consent());
  if (consent === undefined) return { want, unmet, loggedOut: false };
  await page.click(`[id="${consent}"]`);
  return { want, unmet: await settle(page, want, limits), loggedOut: false };
}

/** What the page shows in the place of a view that does not exist, for a picture of it. */
async function openInstead(
  session: PveSession,
  { reason, remedy }: ViewMistake,
  shown: AskedView,
  nodes: readonly InventoryNode[],
  limits: SettleLimits,
): Promise<OpenedView> {
  const opened = await openView(session, shown, nodes, limits);
  return { ...opened, unmet: [`${reason} : la page montre « ${shown.view} » à la place. ${remedy}`, ...opened.unmet] };
}

/** The tab that the page shows for one that it does not know. */
function firstTab({ scope, path }: Extract<PveView, { type: "tab" }>): string {
  const tab = { datacenter: "search", node: "search", vm: "summary", storage: "summary", zone: "content" }[scope];
  return [scope, ...path, tab].join("/");
}

/** A machine's own name, for the name that the inventory gives it. */
export function hostnameOf(name: string | undefined, nodes: readonly InventoryNode[]): string | undefined {
  return nodes.find((node) => node.name === name)?.hostname ?? name;
}

/** The tree's id of a view's resource; runbooks use the inventory's names, Proxmox the machines' own. */
async function resourceOf(
  session: PveSession,
  view: Extract<PveView, { type: "tab" }>,
  nodes: readonly InventoryNode[],
): Promise<string | ViewMistake | { readonly loggedOut: true }> {
  const [first = "", second = ""] = view.path;
  const hostname = hostnameOf(first, nodes) ?? first;
  switch (view.scope) {
    case "datacenter":
      return "root";
    case "node":
      return `node/${hostname}`;
    case "vm":
      return `qemu/${first}`;
    case "storage":
      return `storage/${hostname}/${second}`;
    case "zone":
      return await zoneOf(session, hostname, second);
  }
}

/** The id of a zone, which 9.1 changed: asked of the API. */
async function zoneOf(session: PveSession, node: string, zone: string): ReturnType<typeof resourceOf> {
  if (!session.page.url().startsWith(`${session.origin}/`)) await loadPage(session.page, `${session.origin}/`);
  const { status, text, data } = await askApi(session, "/cluster/resources");
  if (status === 401) return { loggedOut: true };
  const rows = Array.isArray(data)
    ? data.filter((row) => typeof row === "object" && row !== null && !Array.isArray(row))
    : [];
  const zones = rows.flatMap((row) => {
    const name = row["type"] === "sdn" ? row["sdn"] : row["network-type"] === "zone" ? row["network"] : undefined;
    return row["node"] === node && typeof name === "string" ? [{ name, id: String(row["id"]) }] : [];
  });
  const found = zones.find(({ name }) => name === zone);
  if (found !== undefined) return found.id;
  const seen = zones.map(({ name }) => name).join(", ") || "aucune";
  const told = status === 200 ? `Zones de ce nœud : ${seen}.` : `L’API répond ${text}.`;
  return { reason: `la zone « ${zone} » n’est pas sur ${node}`, remedy: told };
}

/** Moves by the fragment alone where that is safe; gives how often the resources were loaded until then. Undefined: load it anew. */
async function moveWithin(session: PveSession, url: string, target: string): Promise<number | undefined> {
  const { page, errors } = session;
  const here = page.url();
  // The same fragment would change nothing: a new load brings new data.
  if (!here.startsWith(`${session.origin}/`) || here === url || errors.length > 0) return undefined;
  return await page.evaluate(
    (hash, rid) => {
      const library = window.__constat;
      const store = window.PVE?.data?.ResourceStore;
      if (library === undefined || store?.load === undefined || library.query("window").length > 0) return undefined;
      if (library.query("pveResourceTree").length === 0) return undefined;
      // The page ignores a resource that it has not heard of yet, such as a storage that was made a moment ago.
      if (rid !== "root" && !store.getRange().some((record) => record.data["id"] === rid)) return undefined;
      // As after a load: only the way to what is selected is unfolded, whatever was looked at before.
      for (const tree of library.query("pveResourceTree")) {
        for (const node of tree.getRootNode?.().childNodes ?? []) if (node.isExpanded()) node.collapse(true);
      }
      const loads = store.loadCount ?? 0;
      store.load();
      window.location.hash = hash;
      return loads;
    },
    new URL(url).hash,
    target,
  );
}
