import { readFile } from "node:fs/promises";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { applicationScripts } from "../../../lab/ui/application-scripts.ts";
import { localeFiles } from "../../../lab/ui/locale-files.ts";

const app = new URL("../../../lab/ui/app/", import.meta.url);
let catalogue: Readonly<Record<string, string>>;
let used: ReadonlySet<string>;

beforeAll(async () => {
  const window: { gettext?: { catalogue: Record<string, string> } } = {};
  for (const name of localeFiles) {
    runInNewContext(await readFile(new URL(`locale/${name}.js`, app), "utf8"), { window, Object });
  }
  catalogue = window.gettext?.catalogue ?? {};
  const sources = await Promise.all(applicationScripts.map((name) => readFile(new URL(name, app), "utf8")));
  const calls = [
    /gettext\(\s*"((?:[^"\\]|\\.)*)",?\s*\)/g,
    // Entries of menus: `page("itemId", "Title"` and `["itemId", "Title", "icon"`.
    /page\(\s*"[\w-]+",\s*"([^"]+)"/g,
    /^\s+\["[\w-]+", "([A-Z][^"]+)", "[\w-]+"/gm,
  ];
  const literals = sources.flatMap((text) => calls.flatMap((call) => [...text.matchAll(call)]));
  used = new Set(literals.map((match) => JSON.parse(`"${match[1]}"`) as string));
});

/** The same word in both languages, or left in English on the real French pages too. */
const SAME =
  `ACME Alias Ceph CephFS Cloud-Init Configuration Console DNS Description Documentation HA IPSet Information LVM LVM-Thin Maximum Message
  Monitor Notes Notifications OSD Options Permissions Pools SDN Service Shell Snippets Support Total Type VNets ZFS Zones Votes Bytes Import ID`
    .split(/\s+/)
    .concat(
      "Installation",
      "Services",
      "Performance",
      "Version",
      "Cache",
      "VLAN aware",
      "Bond Mode",
      "1 Socket",
      "Zone {0}",
      "Ports/Slaves",
      "U2F Settings",
      "WebAuthn Settings",
    );

describe("the French catalogue", () => {
  it("has every text of the pages that is not the same in French", () => {
    const missing = [...used].filter((text) => !Object.hasOwn(catalogue, text) && !SAME.includes(text));
    expect(used.size).toBeGreaterThan(150);
    expect(missing).toEqual([]);
  });

  it("keeps the placeholders of each text", () => {
    const placeholders = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort();
    for (const [english, french] of Object.entries(catalogue)) {
      expect(placeholders(french), english).toEqual(placeholders(english));
    }
  });

  it.each([
    ["Cluster", "Grappe de serveurs"],
    ["Datacenter", "Centre de données"],
    ["Summary", "Résumé"],
    ["Join Information", "Information de jonction"],
  ])("says %s as the real pages do: %s", (english, french) => {
    expect(catalogue[english]).toBe(french);
  });
});
