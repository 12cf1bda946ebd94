import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { PveDialog } from "../../model/pve-dialogs.ts";
import { isViewMistake, PVE_MAJORS, type PveMajor, type PveView, parsePveView } from "../../model/pve-views.ts";
import { loadPage } from "./load-page.ts";
import type { PageWindow, Want } from "./page/page-types.ts";
import { pveHash } from "./pve-hash.ts";
import { askApi, type PveSession } from "./pve-session.ts";
import { type SettleLimits, settle } from "./settle.ts";

declare const window: PageWindow;

const LOGIN_WINDOW = "window[$className=PVE.window.LoginWindow]";
/** The nodes of this view show 0 % until the resources were loaded once more after it was drawn. */
const SECOND_LOAD = "datacenter/summary";
const VERSION_ATTEMPTS = 4;
/** A value that the page still refuses after this long is wrong, not late: what it depends on was loaded before. */
const VALID_MS = 2_000;
/** Some fields are made from an answer of the API that no mask and no store tells of. */
const PRESENT_MS = 5_000;

/** A view that is being looked at: what must be there, and what is missing (empty: it is there). */
export interface OpenedView {
  readonly want: Want;
  readonly unmet: readonly string[];
  /** The API refuses the page's session, or the login window showed where it was not asked for. */
  readonly loggedOut: boolean;
}

/** Brings the page to a view and waits until it is settled there. Throws PVE_VIEW_UNKNOWN, PVE_VERSION_UNKNOWN and what a load throws. */
export async function openView(
  session: PveSession,
  name: string,
  nodes: readonly InventoryNode[],
  limits: SettleLimits,
): Promise<OpenedView> {
  const view = known(name);
  if (view.type === "login") {
    await loadPage(session.page, `${session.origin}/`);
    const want: Want = { type: "login", window: LOGIN_WINDOW };
    return { want, unmet: await settle(session.page, want, limits), loggedOut: false };
  }
  const target = resourceOf(view, nodes);
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
    };
    if (major === undefined) return { want, unmet: [], loggedOut: true };
    known(name, major);
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

function known(name: string, major?: PveMajor): PveView {
  const view = parsePveView(name, major);
  if (!isViewMistake(view)) return view;
  throw new ProblemError("PVE_VIEW_UNKNOWN", `Vue inconnue : ${view.reason}.`, { scope: "author", hint: view.remedy });
}

/** A machine's own name, for the name that the inventory gives it. */
export function hostnameOf(name: string | undefined, nodes: readonly InventoryNode[]): string | undefined {
  return nodes.find((node) => node.name === name)?.hostname ?? name;
}

/** The tree's id of a view's resource; runbooks use the inventory's names, Proxmox the machines' own. */
function resourceOf(view: Extract<PveView, { type: "tab" }>, nodes: readonly InventoryNode[]): string {
  const [first = "", second = ""] = view.path;
  const hostname = (name: string) => hostnameOf(name, nodes) ?? name;
  switch (view.scope) {
    case "datacenter":
      return "root";
    case "node":
      return `node/${hostname(first)}`;
    case "vm":
      return `qemu/${first}`;
    case "storage":
      return `storage/${hostname(first)}/${second}`;
  }
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
      const loads = store.loadCount ?? 0;
      store.load();
      window.location.hash = hash;
      return loads;
    },
    new URL(url).hash,
    target,
  );
}

/** Opens a dialog by a real click on its button, or a double click on its row, and waits for it; what is missing, else the window to look at. */
export async function openDialog(
  session: PveSession,
  dialog: PveDialog,
  view: Want,
  limits: SettleLimits,
): Promise<{ readonly want: Want; readonly unmet: readonly string[] }> {
  if (view.type !== "view") return { want: view, unmet: [`aucune vue ne porte la fenêtre « ${dialog.name} »`] };
  const want: Want = { ...view, type: "dialog", window: dialog.window };
  if (dialog.row !== undefined) {
    const [box] = await session.page.evaluate((w, row) => window.__constat.boxes(w, { row }), view, dialog.row);
    if (box === undefined)
      return { want: view, unmet: [`la ligne de la fenêtre « ${dialog.name} » n’est pas affichée`] };
    await session.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { count: 2 });
    return { want, unmet: await settle(session.page, want, limits) };
  }
  const button = await session.page.evaluate((q, n) => window.__constat.button(q, n), dialog.opener, dialog.index);
  if (button === undefined)
    return { want: view, unmet: [`le bouton de la fenêtre « ${dialog.name} » n’est pas affiché`] };
  if (button.submits) return { want: view, unmet: [`le bouton « ${button.text} » enverrait un formulaire : refusé`] };
  if (button.disabled) return { want: view, unmet: [`le bouton « ${button.text} » est désactivé`] };
  const element = await session.page.$(`[id="${button.id}"]`);
  if (element === null) return { want: view, unmet: [`le bouton « ${button.text} » a disparu`] };
  await element.click();
  return { want, unmet: await settle(session.page, want, limits) };
}

/** Fills fields of the open window, by name or by `component:` and a query, and waits until they are valid; what is wrong, else nothing. */
export async function fillFields(
  session: PveSession,
  want: Want,
  values: Readonly<Record<string, string | number | boolean>>,
  limits: SettleLimits,
): Promise<readonly string[]> {
  const names = Object.keys(values);
  if (names.length === 0) return [];
  const absent = await fillWhenPresent(session, want, values, limits);
  if (absent.length > 0) return absent.map((name) => `le champ « ${name} » n’est pas dans la fenêtre`);
  const unmet = await settle(session.page, want, limits);
  if (unmet.length > 0) return unmet;
  const start = limits.clock.monotonic();
  for (;;) {
    const invalid = await session.page.evaluate((w, n) => window.__constat.invalid(w, n), want, names);
    if (invalid.length === 0) return [];
    if (limits.clock.monotonic() - start >= VALID_MS)
      return invalid.map((each) => `champ refusé par la page : ${each}`);
    await limits.clock.sleep(50, limits.signal);
  }
}

/** Sets the values, again until every field is there; the names of those that never came. */
async function fillWhenPresent(
  { page }: PveSession,
  want: Want,
  values: Readonly<Record<string, string | number | boolean>>,
  { clock, withinMs, signal }: SettleLimits,
): Promise<readonly string[]> {
  const start = clock.monotonic();
  for (;;) {
    const absent = await page.evaluate((w, v) => window.__constat.fill(w, v), want, values);
    if (absent.length === 0 || clock.monotonic() - start >= Math.min(PRESENT_MS, withinMs)) return absent;
    await clock.sleep(50, signal);
  }
}
