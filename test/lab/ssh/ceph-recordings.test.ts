import { describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { shapeDifferences } from "../api/shape.ts";
import { openLedger } from "../recorded/ledger.ts";
import { CEPH_ROWS } from "./ceph-plan.ts";
import {
  jsonLines,
  keysOf,
  migrationLog,
  namesListed,
  plain,
  reportLines,
  shapeOfRow,
  stanzaOf,
} from "./ceph-shapes.ts";
import { tableHead } from "./normalise.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";
import { readCommands } from "./recorded-commands.ts";

const PASSWORDS = { right: PASSWORD, wrong: "wrong" };
const ledger = openLedger(import.meta.filename);
const hows = new Map(CEPH_ROWS.map(({ id, how }) => [id, how]));

type Compare = (theirs: string, ours: string) => void;

const same =
  (reduce: (text: string) => unknown): Compare =>
  (theirs, ours) =>
    expect(reduce(ours)).toEqual(reduce(theirs));

/** How two outputs are held against each other, by the name that the plan gives it. */
const COMPARISONS: Readonly<Record<string, Compare>> = {
  text: same(plain),
  report: same(reportLines),
  rows(theirs, ours) {
    const rows = (text: string) => (text.split("  cluster:")[0] ?? "").trimEnd().split("\n").map(shapeOfRow);
    expect(rows(plain(ours))).toEqual(rows(plain(theirs)));
    expect(reportLines(ours)).toEqual(reportLines(theirs));
  },
  storage(theirs, ours) {
    expect(stanzaOf("rbd: vmpool", ours)).toEqual(stanzaOf("rbd: vmpool", theirs));
    const columns = (text: string) => /^Name +Type.*$/m.exec(text)?.[0].split(/ {2,}/);
    expect(columns(ours)).toEqual(columns(theirs));
  },
  table(theirs, ours) {
    expect(reportLines(ours)).toEqual(reportLines(theirs));
    const box = (text: string) => text.slice(text.indexOf("┌"));
    if (theirs.includes("┌")) {
      // The pool of the managers, which the recording's lacked, has the first number.
      expect(box(ours).replace("│ id                     │ 2 ", "│ id                     │ 1 ")).toBe(box(theirs));
    } else {
      const head = (text: string) => tableHead(text.slice(text.indexOf("Name ")))[0];
      expect(head(ours)).toBe(head(theirs));
    }
  },
  json(theirs, ours) {
    const [recorded, answered] = [jsonLines(theirs), jsonLines(ours)];
    expect(answered).toHaveLength(recorded.length);
    for (const [index, value] of recorded.entries()) expect(shapeDifferences(value, answered[index])).toEqual([]);
  },
  keys(theirs, ours) {
    // Both were cut after the same number of lines, of which health takes more or less.
    const [recorded, answered] = [keysOf(theirs), keysOf(ours)];
    const shared = Math.min(recorded.length, answered.length);
    expect(shared).toBeGreaterThan(15);
    expect(answered.slice(0, shared)).toEqual(recorded.slice(0, shared));
  },
  listing: same(namesListed),
  log: same(migrationLog),
};

// Each command is typed where the one before left the machines.
describe.each(["9", "8.4"] satisfies Dialect[])("Ceph's commands on Proxmox VE %s", (dialect) => {
  test("answer as recorded, from the first configuration to a machine on the pool", async () => {
    await using lab = await openLab(dialect);
    await formCluster(lab.world, "lab");
    const release = dialect === "9" ? "reef" : "quincy";
    for (const node of lab.world.nodes.values()) node.ceph.release = release;
    const files = new Set(
      CEPH_ROWS.flatMap(({ id }) => (id.startsWith(`${dialect}/`) ? [id.split(" ")[0] ?? ""] : [])),
    );
    for (const command of [...files].flatMap((file) => readCommands(file, PASSWORDS))) {
      await BEFORE[command.id]?.(lab);
      const how = hows.get(command.id);
      if (typeof how !== "string") continue;
      const ran = await lab.run(command.node, command.command.replace(/^time /, ""));
      const where = `${command.id}: ${command.command}`;
      expect(`${where} → ${ran.code}\n${ran.output}`).toContain(`${where} → ${command.code}\n`);
      COMPARISONS[how]?.(command.output, ran.output);
      ledger.played(command.id);
    }
  }, 120_000);
});

test("every command that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

/** What was done between two recorded commands: the disks, which the recording's machines did not have, became OSDs. */
const BEFORE: Readonly<Record<string, (lab: OpenLab) => Promise<void>>> = {
  "9/ceph/02-osd-pool.txt #2": makeOsds,
  "8.4/ceph/02-osd-pool.txt #1": makeOsds,
  "8.4/ceph/03-vm-on-rbd.txt #1": makeVnet,
  "9/ceph/03-vm-on-rbd.txt #2": async (lab) => {
    const set = "pvesh set /cluster/options --migration type=insecure,network=10.10.20.0/24";
    expect(await lab.run("pve1", set)).toMatchObject({ code: 0 });
  },
};

/** The network that the machine's card is on. */
async function makeVnet(lab: OpenLab): Promise<void> {
  const script = [
    "pvesh create /cluster/sdn/zones --zone vxl --type vxlan --peers 10.10.20.11,10.10.20.12,10.10.20.13",
    "pvesh create /cluster/sdn/vnets --vnet vnet1 --zone vxl --tag 10001",
    "pvesh set /cluster/sdn",
  ];
  expect(await lab.run("pve1", script.join(" && "))).toMatchObject({ code: 0 });
}

async function makeOsds(lab: OpenLab): Promise<void> {
  for (const name of lab.world.nodes.keys()) {
    expect(await lab.run(name, "pveceph osd create /dev/sdb")).toMatchObject({ code: 0 });
  }
}
