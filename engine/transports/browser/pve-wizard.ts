import type { PveDialog } from "../../model/pve-dialogs.ts";
import type { PageWindow, Want } from "./page/page-types.ts";
import { clickOn, fillFields, presentFields } from "./pve-dialog.ts";
import type { PveSession } from "./pve-session.ts";
import { type SettleLimits, settle } from "./settle.ts";

declare const window: PageWindow;

type Values = Readonly<Record<string, string | number | boolean>>;

/** How long the page may take to open its next part after a click. */
const TURN_MS = 3_000;

/** Fills a window page by page, each by its own fields, until the page that is meant; never presses what would send it. What is wrong, else nothing. */
export async function fillWizard(
  session: PveSession,
  { page: wanted = 0 }: Pick<PveDialog, "page">,
  want: Want,
  values: Values,
  limits: SettleLimits,
): Promise<readonly string[]> {
  let left = values;
  for (let page = 0; ; page += 1) {
    const names = await presentFields(session, want, Object.keys(left));
    const here = Object.fromEntries(Object.entries(left).filter(([name]) => names.includes(name)));
    const unmet = await fillFields(session, want, here, limits);
    if (unmet.length > 0) return unmet;
    left = Object.fromEntries(Object.entries(left).filter(([name]) => !names.includes(name)));
    if (page === wanted) break;
    const stuck = await turn(session, want, page, limits);
    if (stuck.length > 0) return stuck;
  }
  const absent = Object.keys(left);
  return absent.map(
    (name) => `le champ « ${name} » n’est dans aucun onglet de la fenêtre jusqu’à celui qui est demandé`,
  );
}

/** One page further, by a real click; why not, else nothing. */
async function turn(session: PveSession, want: Want, from: number, limits: SettleLimits): Promise<readonly string[]> {
  const { page } = session;
  const look = () => page.evaluate((w) => window.__constat.wizard(w), want);
  const before = await look();
  if (before?.page !== from) return [`la fenêtre ne montre pas son onglet n° ${from + 1}`];
  const refused = await clickOn(session, before.next, "le bouton qui mène à l’onglet suivant");
  if (refused.length > 0) {
    const missing = await page.evaluate((w) => window.__constat.errors(w), want);
    return [`${refused.join()} : l’onglet « ${before.title} » n’est pas complet`, ...missing];
  }
  const start = limits.clock.monotonic();
  while ((await look())?.page !== from + 1) {
    if (limits.clock.monotonic() - start >= TURN_MS) return [`l’onglet qui suit « ${before.title} » ne s’ouvre pas`];
    await limits.clock.sleep(50, limits.signal);
  }
  return await settle(page, want, limits);
}
