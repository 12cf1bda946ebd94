import type { PveDialog } from "../../model/pve-dialogs.ts";
import type { PageButton, PageWindow, Want } from "./page/page-types.ts";
import type { PveSession } from "./pve-session.ts";
import { type SettleLimits, settle } from "./settle.ts";

declare const window: PageWindow;

/** A value that the page still refuses after this long is wrong, not late: what it depends on was loaded before. */
const VALID_MS = 2_000;
/** Some fields are made from an answer of the API that no mask and no store tells of. */
const PRESENT_MS = 5_000;

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
      return { want: view, unmet: [`la ligne de la fenêtre « ${dialog.name} » n’est pas affichée`] };
    await session.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { count: 2 });
    return { want, unmet: await settle(session.page, want, limits) };
  }
  const unmet = dialog.by === "menu" ? await chooseEntry(session, dialog) : await press(session, dialog);
  if (unmet.length > 0) return { want: view, unmet };
  return { want, unmet: await settle(session.page, want, limits) };
}

async function press(session: PveSession, { name, opener, index }: PveDialog): Promise<readonly string[]> {
  const button = await session.page.evaluate((q, n) => window.__constat.button(q, n), opener, index);
  return await clickOn(session, button, `le bouton de la fenêtre « ${name} »`);
}

/** Opens the menu by its button, then takes the entry, as a person does. */
async function chooseEntry(session: PveSession, { name, opener }: PveDialog): Promise<readonly string[]> {
  const find = () => session.page.evaluate((q) => window.__constat.menuEntry(q), opener);
  const held = await find();
  const what = `le choix de menu de la fenêtre « ${name} »`;
  if (held === undefined) return [`${what} n’est pas affiché`];
  const closed = await clickOn(session, held.button, `le bouton du menu de la fenêtre « ${name} »`);
  if (closed.length > 0) return closed;
  return await clickOn(session, (await find())?.entry, what);
}

/** Clicks a button as a person does; why not, else nothing. */
export async function clickOn(
  { page }: PveSession,
  found: PageButton | undefined,
  what: string,
): Promise<readonly string[]> {
  if (found === undefined) return [`${what} n’est pas affiché`];
  if (found.submits) return [`le bouton « ${found.text} » enverrait un formulaire : refusé`];
  if (found.disabled) return [`le bouton « ${found.text} » est désactivé`];
  const element = await page.$(`[id="${found.id}"]`);
  if (element === null || !(await element.isVisible())) return [`${what} n’est pas affiché`];
  await element.click();
  return [];
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

/** Those of the names that fields of the open window have now. */
export async function presentFields(
  { page }: PveSession,
  want: Want,
  names: readonly string[],
): Promise<readonly string[]> {
  return await page.evaluate((w, n) => window.__constat.present(w, n), want, names);
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
