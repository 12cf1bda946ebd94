import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSite, type Photographer, type Site } from "../../../../bench/open-site.ts";
import { WEB_CAPTURES } from "../../../../bench/web-captures.ts";
import { ensureExtjs } from "../../../lab/ui/extjs.ts";

/** One of each sort: login window, dashboard with gauges, tables, pictures with notes, windows opened by a button, by a menu, by a double click. */
const SOME = [8, 13, 22, 29, 35, 38, 43, 46];
const full = process.env["CONSTAT_TESTS"] === "full";

describe.each(full ? (["9", "8.4"] as const) : (["9"] as const))(
  "createBrowserTransport() on a lab of dialect %s whose time stands still",
  (dialect) => {
    let site: Site;
    const photographers: Photographer[] = [];
    beforeAll(async () => {
      await ensureExtjs();
      site = await openSite({ dialect, frozen: true });
      photographers.push(site.photographer(), site.photographer());
    }, 700_000);
    afterAll(async () => {
      for (const each of photographers) await each.close();
      await site.close();
    });

    it.each(WEB_CAPTURES.filter(({ figure }) => full || SOME.includes(figure)))(
      "gives figure $figure byte for byte from two browsers",
      { timeout: 240_000 },
      async (capture) => {
        const [first, second] = [await photographers[0]?.shoot(capture), await photographers[1]?.shoot(capture)];
        expect(first?.png.length).toBeGreaterThan(5_000);
        expect(second?.png.equals(first?.png ?? Buffer.alloc(0))).toBe(true);
      },
    );
  },
);
