import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startMgr } from "../../../lab/state/ceph/daemons.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { shapeDifferences } from "../api/shape.ts";
import { tableHead } from "./normalise.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";
import { readCommands } from "./recorded-commands.ts";

const PASSWORDS = { right: PASSWORD, wrong: "wrong" };

/** A recorded command whose whole text the lab must give, dates and ids left aside; `index` counts in its file from 1. */
const TEXTS: Readonly<Record<Dialect, readonly (readonly [file: string, index: number])[]>> = {
  "9": [
    ["01-init", 1],
    ["01-init", 2],
    ["01-init", 4],
    ["01-init", 6],
    ["01-init", 7],
    ["01-init", 8],
    ["01-init", 9],
    ["02-osd-pool", 1],
  ],
  "8.4": [
    ["01-init", 1],
    ["01-init", 2],
    ["01-init", 3],
    ["01-init", 5],
    ["01-init", 6],
    ["01-init", 7],
    ["01-init", 8],
    ["01-init", 9],
  ],
};

// The tests of one dialect follow the recording: each command is typed where the one before left the machines.
describe.each(Object.keys(TEXTS) as Dialect[])("Ceph's commands on Proxmox VE %s", (dialect) => {
  let lab: OpenLab;
  beforeAll(async () => {
    lab = await openLab(dialect);
    await formCluster(lab.world, "lab");
    const release = dialect === "9" ? "reef" : "quincy";
    for (const node of lab.world.nodes.values()) node.ceph.release = release;
  }, 30_000);
  afterAll(() => lab[Symbol.asyncDispose]());

  const recorded = (file: string, index: number) => {
    const command = readCommands(`${dialect}/ceph/${file}.txt`, PASSWORDS)[index - 1];
    if (!command) throw new Error(`${file} has no command ${index}`);
    return command;
  };

  test.each(TEXTS[dialect])("answer as recorded in %s, command %i", async (file, index) => {
    const { node, command, output, code } = recorded(file, index);
    const ran = await lab.run(node, command.replace(/^time /, ""));
    expect([command, ran.code, plain(ran.output)]).toEqual([command, code, plain(output)]);
  });

  test("write the recorded configuration", async () => {
    const file = dialect === "9" ? readCommands("9/ceph/02-osd-pool.txt", PASSWORDS).at(-1) : undefined;
    const text = (await lab.run("pve2", "cat /etc/pve/ceph.conf")).output;
    if (file !== undefined) expect(plain(text)).toBe(plain(file.output));
    expect(text).toMatch(/^\[mon\.pve3\]\n\tpublic_addr = 10\.10\.20\.13$/m);
  });

  test("make OSDs whose tree, statistics and space have the recorded form", async () => {
    for (const name of lab.world.nodes.keys()) {
      const made = await lab.run(name, "pveceph osd create /dev/sdb");
      expect(made.output).toMatch(/--> ceph-volume lvm create successful for: \/dev\/sdb\n$/);
      expect(made.code).toBe(0);
    }
    expect((await lab.run("pve1", "pveceph osd create /dev/sdb")).output).toBe("device '/dev/sdb' is already in use\n");
    const both = (await lab.run("pve1", "ceph osd tree")).output.split("\n");
    const theirs = recorded("02-osd-pool", dialect === "9" ? 2 : 1).output.split("\n");
    expect(both.slice(0, 8).map(shapeOfRow)).toEqual(theirs.slice(0, 8).map(shapeOfRow));
    const [stat, tree] = jsonLines(recorded("02-osd-pool", dialect === "9" ? 7 : 5).output);
    expect(shapeDifferences(stat, jsonLines((await lab.run("pve1", "ceph osd stat -f json")).output)[0])).toEqual([]);
    expect(shapeDifferences(tree, jsonLines((await lab.run("pve1", "ceph osd tree -f json")).output)[0])).toEqual([]);
  });

  test("make a pool and its storage as recorded", async () => {
    const creation = recorded("02-osd-pool", dialect === "9" ? 3 : 2);
    const ran = await lab.run("pve1", creation.command.replace(/^time /, ""));
    expect([ran.code, plain(ran.output)]).toEqual([0, plain(creation.output)]);
    const config = (await lab.run("pve3", "cat /etc/pve/storage.cfg")).output;
    const stanza = (text: string) => (/^rbd: vmpool\n(?:\t.*\n)+/m.exec(text)?.[0] ?? "").split("\n").sort();
    const words = (text: string) => stanza(text).map((line) => line.split(/[ ,]/).sort().join(" "));
    expect(words(config)).toEqual(words(recorded("02-osd-pool", dialect === "9" ? 4 : 3).output));
    const settings = await lab.run("pve1", "pveceph pool get vmpool");
    if (dialect === "9") {
      const table = recorded("02-osd-pool", 5).output;
      const own = table.slice(table.indexOf("┌"));
      expect(settings.output.replace("│ id                     │ 2 ", "│ id                     │ 1 ")).toBe(own);
      expect(tableHead(settings.output)).toEqual(tableHead(own));
    }
    expect((await lab.run("pve1", "pveceph pool create vmpool")).output).toBe("pool 'vmpool' already exists\n");
  });

  test("keep HEALTH_OK apart from groups that are not clean yet", async () => {
    const { ceph } = nodeOf(lab.world, "pve1").database;
    for (const { name } of [...ceph.mgrs]) startMgr(lab.world, ceph, name);
    const pool = ceph.pools.find(({ name }) => name === "vmpool");
    if (!pool) throw new Error("no pool");
    ceph.pools[ceph.pools.indexOf(pool)] = { ...pool, createdAt: lab.world.clock.now() + 60_000 };
    const young = (await lab.run("pve1", "ceph -s")).output;
    expect(young).toMatch(/health: HEALTH_OK\n/);
    expect(young).toMatch(/pgs: {5}\d+\.\d{3}% pgs unknown\n {13}32 unknown\n/);
  });
});

test("ceph waits without a majority of monitors, and says so in the end", async () => {
  await using lab = await openLab("9");
  await formCluster(lab.world, "lab");
  for (const node of lab.world.nodes.values()) node.ceph.release = "squid";
  await lab.run("pve1", "pveceph init --network 10.10.20.0/24 && pveceph mon create");
  const [mon] = nodeOf(lab.world, "pve1").database.ceph.mons;
  if (mon) mon.inQuorum = false;
  const ran = await lab.run("pve1", "ceph -s");
  expect(ran).toMatchObject({ code: 1, stdout: "" });
  expect(ran.stderr).toContain("RADOS timed out");
});

test.each([
  ["a node without packages", "pveceph init", "binary not installed: /usr/bin/ceph-mon", 2],
  ["a release that this version has not", "pveceph install --version reef", "value 'reef' does not have a value", 255],
  ["the enterprise repository without a subscription", "echo y | pveceph install", "401  Unauthorized", 255],
  ["nobody who answers apt", "pveceph install --repository no-subscription", "Abort.", 255],
  ["no configuration", "ceph -s", "error calling conf_read_file", 1],
])("pveceph refuses %s", async (_what, command, says, code) => {
  await using lab = await openLab("9");
  const ran = await lab.run("pve1", command);
  expect(ran.output).toContain(says);
  expect(ran.code).toBe(code);
});

test("a pipe still feeds a command after exec </dev/null", async () => {
  await using lab = await openLab("9");
  expect((await lab.run("pve1", "exec </dev/null; echo y | cat; cat")).output).toBe("y\n");
});

/** Ids, dates and the recorder's timing made equal. */
function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+\+0000/g, "DATE")
    .replace(/min_mon_release \d+ \((?!unknown)\w+\)/g, "min_mon_release N")
    .replace(/\nreal\t[\s\S]*$/, "")
    .trimEnd();
}

/** A row's words with numbers as N: columns and their order, not the sizes. */
function shapeOfRow(row: string): string {
  return row
    .trim()
    .replace(/\s+/g, " ")
    .replace(/-?\d+(?:\.\d+)?/g, "N")
    .replace(/\b(?:hdd|ssd)\b/g, "CLASS")
    .replace(/\bpveN\b/g, "HOST");
}

function jsonLines(text: string): readonly unknown[] {
  return text.split("\n").flatMap((line): unknown[] => (line.startsWith("{") ? [JSON.parse(line)] : []));
}
