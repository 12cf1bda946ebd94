import type { Inventory } from "../../model/inventory.ts";
import type { BmcNode } from "../bmc/bmc-pins.ts";
import { controllerKey } from "../bmc/controller-key.ts";
import type { Bmc } from "../bmc/open-bmc.ts";
import { launchBrowser, type WarmBrowser } from "../browser/launch-browser.ts";
import type { Guard } from "../guard.ts";

export interface ControllerBrowserOptions {
  readonly inventory: Inventory;
  readonly bmc: Pick<Bmc, "pins">;
  readonly guard: Guard;
  findBrowser(): Promise<string>;
}

/** A browser for the console pages of each controller, kept between blocks; started again when its controller has a new key. */
export interface ControllerBrowsers {
  for(node: BmcNode, signal: AbortSignal): Promise<WarmBrowser["browser"]>;
  close(): Promise<void>;
}

/**
 * Starts nothing before the first console. Each controller has a browser of its own: the keys that a browser trusts are given to it when it
 * starts, and one that started again for another controller would take the consoles away that are open.
 */
export function createControllerBrowsers(options: ControllerBrowserOptions): ControllerBrowsers {
  const browsers = new Map<string, Promise<WarmBrowser>>();
  const launch = async (key: string): Promise<WarmBrowser> => {
    const executable = await options.findBrowser();
    return await launchBrowser({ executable, inventory: options.inventory, keys: [key], language: "fr" });
  };
  const renewed = async (known: Promise<WarmBrowser> | undefined, key: string): Promise<WarmBrowser> => {
    // One that did not start is no reason not to try again.
    const warm = await known?.catch(() => undefined);
    if (warm?.browser.connected === true && warm.keys.has(key)) return warm;
    await warm?.close();
    return await launch(key);
  };
  return {
    for: async (node, signal) => {
      const key = await controllerKey(node, options.bmc.pins, options.guard, signal);
      // Set before anything is waited for, so that two consoles at once share one.
      const browser = renewed(browsers.get(node.name), key);
      browsers.set(node.name, browser);
      return (await browser).browser;
    },
    close: async () => {
      const ending = [...browsers.values()];
      browsers.clear();
      await Promise.all(ending.map(async (each) => await (await each.catch(() => undefined))?.close()));
    },
  };
}
