import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import { type PveDialog, parsePveDialog } from "../../model/pve-dialogs.ts";
import { isViewMistake, PVE_MAJORS, parsePveView, type ViewMistake } from "../../model/pve-views.ts";
import type { Shot, ShotResult } from "../port.ts";
import { prepareSheet } from "./annotate.ts";
import { compareView } from "./compare-view.ts";
import type { PageWindow } from "./page/page-types.ts";
import { fillFields, openDialog } from "./pve-dialog.ts";
import { type AskedView, hostnameOf, LOGIN_WINDOW, openView } from "./pve-page.ts";
import type { PveSession } from "./pve-session.ts";
import { fillWizard } from "./pve-wizard.ts";
import type { SettleLimits } from "./settle.ts";
import { shootAsIs, shootPage } from "./shoot-page.ts";
import { shootRestless } from "./shoot-restless.ts";
import type { Subject } from "./subject.ts";
import { DEFAULT_VIEWPORT } from "./take-picture.ts";
import { RESTLESS, throughNavigations } from "./through-navigations.ts";

declare const window: PageWindow;

type Asking = Pick<Subject, "ask" | "secrets">;

export type PveShot = ShotResult | LoggedOut;

interface LoggedOut {
  readonly status: "logged-out";
  /** What the page shows instead, for who gives up. */
  picture(): Promise<Shot>;
}

/** Photographs a Proxmox view, with a dialog when one is asked: opened, filled, never submitted, and closed again. */
export async function shootPve(
  session: PveSession,
  spec: BrowserSpec & { readonly view: string },
  nodes: readonly InventoryNode[],
  asking: Asking,
  limits: SettleLimits,
): Promise<PveShot> {
  const { page } = session;
  await page.bringToFront();
  await page.setViewport({ ...DEFAULT_VIEWPORT, ...spec.viewport, deviceScaleFactor: spec.scale });
  if (spec.highlight.length > 0) prepareSheet(page.browserContext());
  const shot = await throughNavigations(page, limits, async (again, within, restless) => {
    // Where the page went by itself is no place to go on from.
    if (again) await page.goto("about:blank");
    const once = await shootOnce(session, spec, nodes, asking, within);
    return once.status === "unsettled" && restless() ? { ...once, unmet: [RESTLESS, ...once.unmet] } : once;
  });
  if (shot !== undefined) return shot;
  const subject = subjectOf(session, spec, nodes, asking, wantedBy(spec));
  const here = page.url().startsWith(`${session.origin}/`) ? page.url() : `${session.origin}/`;
  return { status: "unsettled", unmet: [RESTLESS], shot: await shootRestless(subject, here, spec, limits) };
}

/** What a page that never stood still is waited for: the login window, else a workspace with anything in it. */
function wantedBy({ view, log }: AskedView): Subject["want"] {
  if (view === "login") return { type: "login", window: LOGIN_WINDOW };
  return { type: "view", rid: "", tab: "", loginWindow: LOGIN_WINDOW, loads: 0, log };
}

async function shootOnce(
  session: PveSession,
  spec: BrowserSpec & { readonly view: string },
  nodes: readonly InventoryNode[],
  asking: Asking,
  limits: SettleLimits,
): Promise<PveShot> {
  const { page } = session;
  const start = limits.clock.monotonic();
  const opened = await openView(session, spec, nodes, limits);
  const subject = (want: Subject["want"]) => subjectOf(session, spec, nodes, asking, want);
  if (opened.loggedOut)
    return {
      status: "logged-out",
      picture: () => shootAsIs(subject(wantedBy({ view: "login", log: false })), spec, limits),
    };
  try {
    let { want, unmet } = opened;
    let paged: PveDialog | undefined;
    if (unmet.length === 0 && spec.dialog !== undefined) {
      const dialog = dialogOf(spec.view, spec.dialog, session.version);
      if ("reason" in dialog) unmet = [`${dialog.reason}. ${dialog.remedy}`];
      else {
        ({ want, unmet } = await openDialog(session, dialog, want, limits));
        if (dialog.page !== undefined) paged = dialog;
      }
    }
    if (unmet.length === 0)
      unmet =
        paged === undefined
          ? await fillFields(session, want, spec.fill ?? {}, limits)
          : await fillWizard(session, paged, want, spec.fill ?? {}, limits);
    if (unmet.length > 0) return { status: "unsettled", unmet, shot: await shootAsIs(subject(want), spec, limits) };
    const settledMs = limits.clock.monotonic() - start;
    const { shot: taken, missing } = await shootPage(subject(want), spec, limits);
    const shot = { ...taken, timing: { settledMs, wholeMs: limits.clock.monotonic() - start } };
    return missing.length > 0 ? { status: "unsettled", unmet: missing, shot } : { status: "shot", shot };
  } finally {
    if (spec.dialog !== undefined && !page.isClosed()) await page.evaluate(() => window.__constat.closeWindows());
  }
}

function subjectOf(
  session: PveSession,
  spec: BrowserSpec & { readonly view: string },
  nodes: readonly InventoryNode[],
  { ask, secrets }: Asking,
  want: Subject["want"],
): Subject {
  const { page, node, version } = session;
  const { view: name, dialog = null, language, scale, crop } = spec;
  return {
    page,
    want,
    name: `Interface web de Proxmox VE${version === undefined ? "" : ` ${version}`} sur ${node.name} (${node.address})`,
    facts: { view: name, dialog, version: version ?? null, language, scale },
    secrets,
    ask,
    compare: async (reading, asked) => {
      const view = parsePveView(name);
      if (isViewMistake(view) || view.type !== "tab" || want.type === "page" || want.type === "login") return [];
      // Behind a window stand the tree and rows that this reading has not.
      const shows = { tree: crop === "page", grids: want.type === "view" };
      return await compareView(view, hostnameOf(view.path[0], nodes), reading, shows, asked);
    },
  };
}

/** The window that is meant, or why there is none in this version. */
function dialogOf(view: string, name: string, version: string | undefined): PveDialog | ViewMistake {
  const parsed = parsePveView(view);
  if (isViewMistake(parsed)) return parsed;
  const major = version === undefined ? undefined : PVE_MAJORS.find((each) => each === Number.parseInt(version, 10));
  return parsePveDialog(name, parsed, major);
}
