import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Raster } from "../../../../engine/transports/console/raster.ts";
import { readRaster } from "../../../../engine/transports/console/raster.ts";
import { decodeGrid } from "../../../../engine/transports/console/reading/decode-grid.ts";
import { ScreenReader } from "../../../../engine/transports/console/reading/read-screen.ts";
import { drawScreen, toPng } from "../../../../lab/console/draw/draw-screen.ts";
import { Installer } from "../../../../lab/console/installer/installer.ts";
import type { ScreenContent } from "../../../../lab/console/screen.ts";

// The real one, and counted.
vi.mock(import("../../../../engine/transports/console/reading/decode-grid.ts"), async (original) => {
  const real = await original();
  return { ...real, decodeGrid: vi.fn(real.decodeGrid) };
});

const tried = () => vi.mocked(decodeGrid).mock.calls.length;
const pictureOf = (content: ScreenContent): Raster => readRaster(toPng(drawScreen(content)));

function installer(...keys: readonly string[]): Raster {
  const program = new Installer({
    ...{ dialect: "9", disks: () => [], nic: { name: "nic0", mac: "94:40:c9:00:00:01", driver: "tg3" } },
    after: (_labMs, action) => action(),
    install: () => {},
    reboot: () => {},
  });
  for (const key of keys) program.key(key);
  return pictureOf(program.screen());
}

const consoleOf = (...lines: readonly string[]) => pictureOf({ type: "text", lines, cursor: false });

describe("a second look at a screen", () => {
  beforeEach(() => {
    vi.mocked(decodeGrid).mockClear();
  });

  it.each([
    ["an installer's page", installer("ret")],
    ["a text console", consoleOf("pve1 login: root", "", "Linux pve1 6.17.2-1-pve")],
  ])("tries no grid again on %s that has not changed", async (_, picture) => {
    const reader = new ScreenReader();
    const first = await reader.read(picture);
    const once = tried();
    expect(once).toBeGreaterThan(0);
    expect(await reader.read(picture)).toEqual(first);
    expect(tried()).toBe(once);
  });

  it("reads a screen that has changed as one that was never seen", async () => {
    const reader = new ScreenReader();
    const pictures = [["pve1 login:"], ["pve1 login: root"], ["", "pve1 login:"], ["#", "pve1 login:"]].map((lines) =>
      consoleOf(...lines),
    );
    for (const picture of pictures) expect(await reader.read(picture)).toEqual(await new ScreenReader().read(picture));
  });
});
