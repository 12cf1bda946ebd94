import { describe, expect, it } from "vitest";
import { readRaster } from "../../../../engine/transports/console/raster.ts";
import { ScreenReader } from "../../../../engine/transports/console/reading/read-screen.ts";
import { screenText } from "../../../../engine/transports/console/reading/screen-text.ts";
import { tolerantPattern } from "../../../../engine/transports/console/reading/tolerant-pattern.ts";
import { drawScreen, toPng, toPpm } from "../../../../lab/console/draw/draw-screen.ts";
import { Installer } from "../../../../lab/console/installer/installer.ts";
import type { ScreenContent } from "../../../../lab/console/screen.ts";
import type { Disk } from "../../../../lab/state/hardware.ts";

const DISK: Disk = {
  ...{ path: "/dev/sda", size: 480_103_981_056, model: "SAMSUNG_MZ7LH480HAHQ-00005", serial: "S1", vendor: "ATA" },
  ...{ type: "ssd", used: undefined },
};

/** What the installer shows after some keys, when everything goes at once. */
function installerAfter(dialect: "9" | "8.4", disks: readonly Disk[], keys: readonly string[]): ScreenContent {
  const program = new Installer({
    ...{ dialect, disks: () => disks, nic: { name: "nic0", mac: "94:40:c9:00:00:01", driver: "tg3" } },
    after: (_labMs, action) => action(),
    install: () => {},
    reboot: () => {},
  });
  for (const key of keys) program.key(key);
  return program.screen();
}

async function read(content: ScreenContent): Promise<string> {
  return screenText(await new ScreenReader().read(readRaster(toPng(drawScreen(content)))));
}

const LICENCE = ["ret", "alt-g"];
const LOCATION = [...LICENCE, "alt-n", ..."france", "tab"];
const PASSWORD = [
  ...LOCATION,
  "alt-n",
  ..."secretsecret",
  "tab",
  ..."secretsecret",
  "tab",
  ..."root",
  "alt_r-0",
  ..."lo",
  "shift-comma",
  ..."it",
];

describe("the reader on the lab's screens", () => {
  it.each([
    ["boot menu, its selected entry too", [], ["Install Proxmox VE \\(Graphical\\)", "Terminal UI, Serial Console"]],
    [
      "target",
      LICENCE,
      ["Target Harddisk +/dev/sda \\(447.13GiB, SAMSUNG_MZ7LH480HAHQ-00005\\)", "The Proxmox Installer"],
    ],
    ["location", LOCATION, ["Country +france", "Time zone +Europe/Paris"]],
    ["password", PASSWORD, ["Password +●{12}", "Email +root@lo.it"]],
    ["network", [...PASSWORD, "alt-n"], ["Gateway +192.168.100.1", "IP Address \\(CIDR\\) +192.168.100.2 +/ *24"]],
  ])("reads the %s", async (_page, keys, patterns) => {
    const text = await read(installerAfter("9", [DISK], keys));
    for (const pattern of patterns) expect(text).toMatch(tolerantPattern(pattern));
  });

  it("tells the page without disks from the licence", async () => {
    expect(await read(installerAfter("9", [], ["ret"]))).toMatch(tolerantPattern("No Hard Disk found!"));
    expect(await read(installerAfter("9", [DISK], ["ret"]))).not.toMatch(tolerantPattern("No Hard Disk found!"));
  });

  it("reads a text console, and the same from a PPM file", async () => {
    const lines = ["configure this server - connect to:", "  https://10.202.4.31:8006/", "", "pve1 login: "];
    const content: ScreenContent = { type: "text", lines, cursor: true };
    const text = await read(content);
    for (const line of ["server - connect to:", "https://10.202.4.31:8006/", "pve1 login:"])
      expect(text).toContain(line);
    const ppm = readRaster(toPpm(drawScreen(content)));
    expect(screenText(await new ScreenReader().read(ppm))).toBe(text);
  });

  it("refuses a file that is no picture", () => {
    expect(() => readRaster(Buffer.from("not a picture"))).toThrow(/ni un PNG ni un PPM/);
  });
});
