import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../engine/base/clock.ts";
import { loadInventory } from "../engine/cli/sources.ts";
import { browserSpecSchema } from "../engine/model/browser-spec.ts";
import { createBrowserTransport, findBrowser } from "../engine/transports/browser/index.ts";
import { openTransports } from "../engine/transports/open-transports.ts";
import type { Shot } from "../engine/transports/port.ts";
import { type LabOptions, startLab } from "../lab/index.ts";
import type { WebCapture } from "./web-captures.ts";

/** A browser driver with a browser of its own. */
export interface Photographer {
  /** Throws when the page does not become what was asked, or contradicts what is expected of it. */
  shoot(capture: WebCapture): Promise<Shot>;
  close(): Promise<void>;
}

/** A finished lab, and browsers in front of it. */
export interface Site {
  photographer(): Photographer;
  close(): Promise<void>;
}

/** Starts the finished site of the report, its time stopped when asked, in a folder that is removed at the end. */
export async function openSite({
  dialect,
  frozen,
}: {
  readonly dialect: LabOptions["dialect"];
  readonly frozen: boolean;
}): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), "constat-site-"));
  const lab = await startLab({ folder, scenario: "termine", dialect });
  if (frozen) lab.world.clock.freeze();
  const { inventory } = await loadInventory(lab.inventoryFile);
  if (inventory === undefined) throw new Error("the lab wrote no inventory");
  const transports = openTransports(inventory, systemClock, { env: {}, home: folder }, () => {});
  return {
    photographer: () => {
      const browser = createBrowserTransport({
        ...transports,
        inventory,
        clock: systemClock,
        findBrowser: () => findBrowser(),
      });
      return {
        shoot: async ({ node, figure, spec }) => {
          const target = inventory.nodes.find(({ name }) => name === node);
          const request = { spec: browserSpecSchema.parse(spec), signal: AbortSignal.timeout(120_000) };
          const result = await browser.shoot(target, request);
          if (result.status !== "shot") throw new Error(`figure ${figure}: ${result.unmet.join(" ; ")}`);
          const wrong = result.shot.judgements.filter(({ ok }) => !ok);
          if (wrong.length > 0) throw new Error(`figure ${figure}: ${JSON.stringify(wrong)}`);
          return result.shot;
        },
        close: () => browser.close(),
      };
    },
    close: async () => {
      await transports.close();
      await lab.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
