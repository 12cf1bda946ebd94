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

/** One browser for console pages, kept between blocks; started again when a controller has a new key. */
export interface ControllerBrowser {
  for(node: BmcNode, signal: AbortSignal): Promise<WarmBrowser["browser"]>;
  close(): Promise<void>;
}

/** Starts nothing before the first console. */
export function createControllerBrowser(options: ControllerBrowserOptions): ControllerBrowser {
  const keys = new Map<string, string>();
  let warm: WarmBrowser | undefined;
  const stop = async () => {
    const ending = warm;
    warm = undefined;
    await ending?.close();
  };
  return {
    for: async (node, signal) => {
      const key = await controllerKey(node, options.bmc.pins, options.guard, signal);
      keys.set(node.name, key);
      if (warm?.browser.connected === true && warm.keys.has(key)) return warm.browser;
      await stop();
      const executable = await options.findBrowser();
      warm = await launchBrowser({
        executable,
        inventory: options.inventory,
        keys: [...keys.values()],
        language: "fr",
      });
      return warm.browser;
    },
    close: stop,
  };
}
