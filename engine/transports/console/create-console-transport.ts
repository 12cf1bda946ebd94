import { createHash } from "node:crypto";
import { exhaustive } from "../../base/exhaustive.ts";
import type { Inventory } from "../../model/inventory.ts";
import type { ScreenView } from "../../model/screen-view.ts";
import { vmScreenBy } from "../../model/vm-screen-access.ts";
import { withBmc } from "../bmc/bmc.ts";
import type { Bmc } from "../bmc/open-bmc.ts";
import type { Guard } from "../guard.ts";
import type { ConsoleTransport, ScreenOwner, ShellTransport } from "../port.ts";
import { withPve } from "../pve-tickets.ts";
import { createControllerBrowsers } from "./controller-browser.ts";
import { openControllerScreen } from "./controller-screen.ts";
import { cropped } from "./crop.ts";
import { type Raster, writePng } from "./raster.ts";
import { ScreenReader } from "./reading/read-screen.ts";
import { screenText } from "./reading/screen-text.ts";
import { tolerantPattern } from "./reading/tolerant-pattern.ts";
import type { Screen } from "./screen.ts";
import { openVmScreen } from "./vm-screen.ts";
import { openVncScreen, type VncAccess } from "./vnc-screen.ts";

export interface ConsoleTransportOptions extends VncAccess {
  readonly inventory: Inventory;
  readonly shell: ShellTransport;
  readonly bmc: Bmc;
  readonly guard: Guard;
  findBrowser(): Promise<string>;
}

/**
 * Screens of virtual machines through QEMU's monitor where the node gives root, else through its API (VNC); screens of servers through the
 * console page of their controller.
 */
export function createConsoleTransport(options: ConsoleTransportOptions): ConsoleTransport {
  const browsers = createControllerBrowsers(options);
  // One for all blocks: what a screen keeps from one to the next is read once.
  const reader = new ScreenReader();
  const screenOf = async (owner: ScreenOwner, signal: AbortSignal): Promise<Screen> => {
    switch (owner.type) {
      case "vm":
        return vmScreenBy(owner.host) === "monitor"
          ? openVmScreen(options.shell, owner.host, owner.vmid)
          : await openVncScreen(options, withPve(owner.host), owner.vmid, signal);
      case "bmc":
        return await openControllerScreen(withBmc(owner.node), options.bmc, browsers, options.clock, signal);
      default:
        return exhaustive(owner);
    }
  };
  return {
    open: async (owner, signal) => {
      const screen = await screenOf(owner, signal);
      return {
        look: async (within, how) => await viewOf(await screen.grab(within), how?.read === false ? undefined : reader),
        press: async (keys, within) => await screen.press(keys, within),
        close: async () => await screen.close(),
      };
    },
    matches: (pattern, text) => tolerantPattern(pattern).exec(text)?.[0],
    close: async () => await browsers.close(),
  };
}

async function viewOf(raster: Raster, reader: ScreenReader | undefined): Promise<ScreenView> {
  const lines = reader === undefined ? [] : await reader.read(raster);
  return {
    width: raster.width,
    height: raster.height,
    texts: lines.map(({ text, score, box }) => ({ text, score: Math.round(score * 100) / 100, box })),
    text: screenText(lines),
    digest: createHash("sha256").update(raster.rgb).digest("hex"),
    png: (crop, covered) => writePng(cropped(raster, crop, covered)),
  };
}
