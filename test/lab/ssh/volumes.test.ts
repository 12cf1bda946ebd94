import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab } from "./open-lab.ts";

const RECORDED = readFileSync(join(import.meta.dirname, "../../fixtures/lvm/grow.txt"), "utf8");

/** What the recording printed for a command, and how that ended. */
function recorded(command: string): { readonly output: string; readonly code: number } {
  const start = RECORDED.indexOf(`$ ${command}\n`);
  const [, output = "", code = ""] = /^\$ [^\n]*\n(.*?)\[exit (\d+)\]/s.exec(RECORDED.slice(start)) ?? [];
  expect(code, command).not.toBe("");
  return { output: output.replaceAll("/target", "/"), code: Number(code) };
}

/** Spaces at line ends and empty lines are no difference; nor is what depends on the size of the second disk. */
const plain = (text: string) => text.replace(/[ \t]+$/gm, "").replace(/\n+/g, "\n");
const numberless = (text: string) => plain(text).replace(/<?\d+(?:\.\d+)? GiB|\b\d{2,}\b/g, "N");

// As the installer lays out 32 GiB, with the swap of the recording. 8.4 has the recording's file system tools.
describe("volumes of a node", () => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab("8.4");
    const node = nodeOf(lab.world, "pve1");
    const volume = { type: "linear", metadata: 0, spare: 0, past: [] } as const;
    node.lvm.groups.splice(0, 1, {
      name: "pve",
      physical: [{ path: "/dev/sda3", extents: 8063 }],
      logical: [
        { name: "data", type: "thin-pool", extents: 3007, metadata: 256, spare: 256, past: [], open: false },
        { ...volume, name: "root", extents: 3519, open: true, past: [] },
        { ...volume, name: "swap", extents: 1024, open: false, past: [] },
      ],
    });
    node.hardware.rootDevice = 3519 * 4 * 2 ** 20;
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test.each([
    "pvs; vgs; lvs -a",
    "lvextend -r -L +4G pve/root",
    "lvextend -l +100%FREE -r pve/root",
    "vgs pve",
    "pvcreate /dev/sdb",
    "vgextend pve /dev/sdb",
    "lvextend -L +4G pve/data",
    "lvextend --poolmetadatasize +256M pve/data",
  ])("%s says what was recorded", async (command) => {
    const { output, code } = recorded(command);
    const ran = await lab.run("pve1", command);
    expect(ran.code, ran.output).toBe(code);
    // What resize2fs tells after LVM is about another file system's length only when its blocks differ.
    expect(plain(ran.output)).toBe(plain(output));
  });

  test("a file system that is as large as its volume has nothing to do, and a pool cannot have more than there is", async () => {
    const same = await lab.run("pve1", "resize2fs /dev/mapper/pve-root");
    expect(numberless(same.output)).toBe(numberless(recorded("resize2fs /dev/mapper/pve-root").output));
    const more = await lab.run("pve1", "lvextend -L +5000G pve/data");
    expect(more.code).toBe(5);
    expect(numberless(more.output)).toBe(numberless(recorded("lvextend -L +500G pve/data").output));
  });

  test("a volume that grew without its file system leaves df as it was, until resize2fs", async () => {
    const size = async () => Number((await lab.run("pve1", "df -B1 --output=size / | tail -n 1")).stdout);
    const before = await size();
    await lab.run("pve1", "lvextend -L +10G pve/root");
    expect(await size()).toBe(before);
    await lab.run("pve1", "resize2fs /dev/pve/root");
    expect((await size()) / 2 ** 30).toBeCloseTo(before / 2 ** 30 + 9.8, 0);
  });

  test("a thin pool takes disks beyond its size and warns, and the tables, the API and the storage agree on it", async () => {
    const made = await lab.run("pve1", "pvesm alloc local-lvm 201 vm-201-disk-0 40G");
    const warned = recorded("lvcreate -V 40G -T pve/data -n vm-201-disk-0").output;
    for (const line of numberless(warned).split("\n").filter(Boolean)) expect(numberless(made.output)).toContain(line);
    const [pool] = (await lab.run("pve1", "lvs --noheadings --units b --nosuffix -o lv_size pve/data")).stdout
      .trim()
      .split("\n");
    const api = JSON.parse(
      (await lab.run("pve1", "pvesh get /nodes/pve1/disks/lvmthin --output-format json")).stdout,
    ) as { lv_size: number }[];
    const status = JSON.parse(
      (await lab.run("pve1", "pvesh get /nodes/pve1/storage/local-lvm/status --output-format json")).stdout,
    ) as { total: number };
    expect([api[0]?.lv_size, status.total]).toEqual([Number(pool), Number(pool)]);
    expect((await lab.run("pve1", "lvs pve")).stdout).toMatch(
      /^ {2}vm-201-disk-0 pve Vwi-aotz-- +40\.00g data +0\.00/m,
    );
    expect((await lab.run("pve1", "lsblk -l -n -o NAME,SIZE,TYPE")).stdout).toMatch(/^pve-vm--201--disk--0 +40G lvm/m);
  });

  test.each([
    ["pvcreate /dev/sda", 5, /device is partitioned/],
    ["pvcreate /dev/sdb", 5, /Can't initialize physical volume "\/dev\/sdb" of volume group "pve"/],
    ["vgextend nosuch /dev/sdc", 5, /Volume group "nosuch" not found/],
    ["lvextend -L +1G pve/nosuch", 5, /Failed to find logical volume "pve\/nosuch"/],
    ["lvextend -L 1G pve/root", 5, /not larger than existing size/],
    ["resize2fs /dev/sda1", 1, /Bad magic number in super-block/],
    ["lvs nosuch", 5, /Volume group "nosuch" not found/],
    ["lvs -o nosuch", 3, /Unrecognised field: nosuch/],
  ] as const)("%s is refused", async (command, code, text) => {
    const ran = await lab.run("pve1", command);
    expect(ran.output).toMatch(text);
    expect(ran.code).toBe(code);
  });
});
