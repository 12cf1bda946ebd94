import type { Page } from "puppeteer-core";
import type { Clock } from "../../base/clock.ts";
import { isProblem, ProblemError } from "../../base/problem.ts";
import type { BmcNode } from "../bmc/bmc-pins.ts";
import { bmcOrigin } from "../bmc/controller-key.ts";
import type { Bmc } from "../bmc/open-bmc.ts";
import { loadPage } from "../browser/load-page.ts";
import { throughNavigations } from "../browser/through-navigations.ts";
import { withSignal } from "../browser/with-signal.ts";
import { canvasPicture, isPainted } from "./canvas-picture.ts";
import type { ControllerBrowsers } from "./controller-browser.ts";
import { pressKey } from "./press-key.ts";
import type { Screen } from "./screen.ts";

/** Where HPE's controllers have their console without a plug-in; another make's stands in the inventory (`bmc.page`). */
const CONSOLE_PAGE = "/irc.html";
const APPEARS_MS = 20_000;
const PAUSE_MS = 200;
/** What a key needs from the page to the machine, and its effect back to the canvas. */
const ON_ITS_WAY_MS = 200;

/**
 * The screen of a physical server: the canvas of its controller's console page, opened with the session of its Redfish service, which is
 * looked after before. Throws ProblemError CONSOLE_LOGGED_OUT when the controller shows its login page all the same, CONSOLE_NO_PAGE and
 * CONSOLE_NO_CANVAS when there is no such page or nothing on it.
 */
export async function openControllerScreen(
  node: BmcNode,
  bmc: Bmc,
  browsers: ControllerBrowsers,
  clock: Clock,
  signal: AbortSignal,
): Promise<Screen> {
  const { token } = await bmc.sessions.alive(node, undefined, signal);
  const browser = await browsers.for(node, signal);
  const context = await browser.createBrowserContext();
  const close = async () => {
    await context.close().catch(() => undefined);
  };
  try {
    const origin = bmcOrigin(node.bmc);
    // The web pages know a session by this cookie; its value is the token of the Redfish service.
    await context.setCookie({ name: "sessionKey", value: token, domain: new URL(origin).hostname, secure: true });
    const page = await context.newPage();
    await page.setViewport({ width: 1600, height: 1200 });
    await withSignal(loadConsole(page, node, origin), signal);
    await untilCanvas(page, node, clock, signal);
    let arrives = 0;
    const arrival = async (within: AbortSignal) => {
      const left = arrives - clock.monotonic();
      if (left > 0) await clock.sleep(left, within);
    };
    return {
      grab: async (within) => {
        await arrival(within);
        const limits = { clock, withinMs: APPEARS_MS, signal: within, givenUp: new Set<string>() };
        const again = async (reloaded: boolean) => {
          if (reloaded) await untilCanvas(page, node, clock, within);
          return await canvasPicture(page);
        };
        const raster = await withSignal(throughNavigations(page, limits, again), within);
        if (raster === undefined) throw noCanvas(node);
        return raster;
      },
      press: async (keys, within) => {
        await page.focus("canvas").catch(() => undefined);
        for (const key of keys) {
          within.throwIfAborted();
          await pressKey(page.keyboard, key);
        }
        // Keys keep their order: only who looks, or leaves, has to wait for the last one.
        arrives = clock.monotonic() + ON_ITS_WAY_MS;
      },
      close: async () => {
        await arrival(new AbortController().signal);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function loadConsole(page: Page, node: BmcNode, origin: string): Promise<void> {
  const path = node.bmc.consolePage ?? CONSOLE_PAGE;
  try {
    await loadPage(page, `${origin}${path}`);
  } catch (error) {
    if (!isProblem(error) || error.code !== "BROWSER_HTTP") throw error;
    throw noScreen(
      "CONSOLE_NO_PAGE",
      `Le contrôleur de ${node.name} n’a pas de page de console à ${path} : ${error.message}`,
      {
        hint: "Donnez le chemin de la page qui porte la console sans greffon à `bmc.page` dans l’inventaire.",
        cause: error,
      },
    );
  }
}

async function untilCanvas(page: Page, node: BmcNode, clock: Clock, signal: AbortSignal): Promise<void> {
  const until = clock.monotonic() + APPEARS_MS;
  for (;;) {
    const painted = await isPainted(page).catch(() => false);
    if (painted) return;
    const asked = await page.$("input[type=password]").catch(() => null);
    if (asked !== null) throw loggedOut(node);
    if (clock.monotonic() >= until) break;
    await clock.sleep(PAUSE_MS, signal);
  }
  // A machine that is off has a blank screen, and that is one, too.
  if ((await page.$("canvas")) !== null) return;
  throw noCanvas(node);
}

function noCanvas(node: BmcNode): ProblemError {
  return noScreen("CONSOLE_NO_CANVAS", `La page de console du contrôleur de ${node.name} ne montre pas d’écran.`, {
    hint: "Vérifiez la licence de la console distante, que personne d’autre ne la tient, et `bmc.page` dans l’inventaire.",
  });
}

/** The session was looked after: that it does not count here is the account's or the firmware's doing. */
function loggedOut({ name, bmc }: BmcNode): ProblemError {
  return noScreen(
    "CONSOLE_LOGGED_OUT",
    `Le contrôleur de ${name} demande un mot de passe au lieu de montrer sa console, bien que la session de ${bmc.login?.user ?? "son compte"} tienne.`,
    {
      hint: "Vérifiez que ce compte a le droit de console distante, et que `bmc.page` dans l’inventaire nomme la page de la console.",
    },
  );
}

function noScreen(code: string, text: string, { hint, cause }: { hint: string; cause?: unknown }): ProblemError {
  return new ProblemError(code, text, { scope: "environment", hint, cause });
}
