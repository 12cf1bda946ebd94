import type { BrowserSpec } from "../../model/browser-spec.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import { type PveDialog, parsePveDialog } from "../../model/pve-dialogs.ts";
import { isViewMistake, PVE_MAJORS, parsePveView, type ViewMistake } from "../../model/pve-views.ts";
import type { ShotResult } from "../port.ts";
import { prepareSheet } from "./annotate.ts";
import { compareView } from "./compare-view.ts";
import type { PageWindow } from "./page/page-types.ts";
import { fillFields, openDialog } from "./pve-dialog.ts";
import { hostnameOf, openView } from "./pve-page.ts";
import type { PveSession } from "./pve-session.ts";
import { fillWizard } from "./pve-wizard.ts";
import type { SettleLimits } from "./settle.ts";
import { shootAsIs, shootPage } from "./shoot-page.ts";
import type { Subject } from "./subject.ts";
import { DEFAULT_VIEWPORT } from "./take-picture.ts";
import { RESTLESS, throughNavigations } from "./through-navigations.ts";

declare const window: PageWindow;

type Asking = Pick<Subject, "ask" | "secrets">;

export type PveShot = ShotResult | { readonly status: "logged-out" };

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
  const shot = await throughNavigations(page, limits, async (again, within) => {
    // Where the page went by itself is no place to go on from.
    if (again) await page.goto("about:blank");
    return await shootOnce(session, spec, nodes, asking, within);
  });
  return shot ?? { status: "unsettled", unmet: [RESTLESS], shot: undefined };
}

async function shootOnce(
  session: PveSession,
  spec: BrowserSpec & { readonly view: string },
  nodes: readonly InventoryNode[],
  { ask, secrets }: Asking,
  limits: SettleLimits,
): Promise<PveShot> {
  const { page } = session;
  const start = limits.clock.monotonic();
  const opened = await openView(session, spec, nodes, limits);
  if (opened.loggedOut) return { status: "logged-out" };
  const subjectOf = (want: Subject["want"]): Subject => ({
    page,
    want,
    name: `Interface web de Proxmox VE${session.version === undefined ? "" : ` ${session.version}`} sur ${session.node.name} (${session.node.address})`,
    facts: {
      view: spec.view,
      dialog: spec.dialog ?? null,
      version: session.version ?? null,
      language: spec.language,
      scale: spec.scale,
    },
    secrets,
    ask,
    compare: async (reading, asking) => {
      const view = parsePveView(spec.view);
      if (isViewMistake(view) || view.type !== "tab" || want.type === "page" || want.type === "login") return [];
      // Behind a window stand the tree and rows that this reading has not.
      const shows = { tree: spec.crop === "page", grids: want.type === "view" };
      return await compareView(view, hostnameOf(view.path[0], nodes), reading, shows, asking);
    },
  });
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
    if (unmet.length > 0) return { status: "unsettled", unmet, shot: await shootAsIs(subjectOf(want), spec, limits) };
    const settledMs = limits.clock.monotonic() - start;
    const { shot: taken, missing } = await shootPage(subjectOf(want), spec, limits);
    const shot = { ...taken, timing: { settledMs, wholeMs: limits.clock.monotonic() - start } };
    return missing.length > 0 ? { status: "unsettled", unmet: missing, shot } : { status: "shot", shot };
  } finally {
    if (spec.dialog !== undefined && !page.isClosed()) await page.evaluate(() => window.__constat.closeWindows());
  }
}

/** The window that is meant, or why there is none in this version. */
function dialogOf(view: string, name: string, version: string | undefined): PveDialog | ViewMistake {
  const parsed = parsePveView(view);
  if (isViewMistake(parsed)) return parsed;
  const major = version === undefined ? undefined : PVE_MAJORS.find((each) => each === Number.parseInt(version, 10));
  return parsePveDialog(name, parsed, major);
}
