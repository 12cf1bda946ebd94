import { describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { shapeDifferences } from "../api/shape.ts";
import { openLedger } from "../recorded/ledger.ts";
import { HA_FILES, HA_ROWS } from "./ha-plan.ts";
import { journalForms, jsonValues, plain, statusForms } from "./ha-shapes.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";
import { readCommands } from "./recorded-commands.ts";

const ledger = openLedger(import.meta.filename);
const hows = new Map(HA_ROWS.map(({ id, how }) => [id, how]));

type Compare = (theirs: string, ours: string) => void;

const json: Compare = (theirs, ours) => {
  const [recorded, answered] = [jsonValues(theirs), jsonValues(ours)];
  expect(answered).toHaveLength(recorded.length);
  for (const [index, value] of recorded.entries()) expect(shapeDifferences(value, answered[index])).toEqual([]);
};
const status: Compare = (theirs, ours) => expect(statusForms(ours)).toEqual(statusForms(theirs));

const COMPARISONS: Readonly<Record<string, Compare>> = {
  text: (theirs, ours) => expect(plain(ours)).toBe(plain(theirs)),
  status,
  json,
  verbose(theirs, ours) {
    status(theirs, ours);
    json(theirs, ours);
  },
  both(theirs, ours) {
    status(theirs, ours);
    journal(theirs, ours);
  },
  journal,
};

/** Messages of what was tried there besides. */
const OF_THAT_DAY = /crm command error|Rig Software Watchdog/;

function journal(theirs: string, ours: string): void {
  const known = journalForms(ours);
  expect(known.size).toBeGreaterThan(2);
  const recorded = [...journalForms(theirs)].filter((form) => !OF_THAT_DAY.test(form));
  expect([...known]).toEqual(expect.arrayContaining(recorded));
}

// Each command is typed where the one before left the machines.
describe.each(["9", "8.4"] satisfies Dialect[])("the HA stack's commands on Proxmox VE %s", (dialect) => {
  test("answer as recorded, from the first resource to maintenance", async () => {
    await using lab = await openLab(dialect);
    await formCluster(lab.world, "lab");
    await makeGuests(lab, dialect);
    for (const name of HA_FILES[dialect]) {
      for (const command of readCommands(`${dialect}/ha/${name}.txt`, { right: PASSWORD, wrong: "wrong" })) {
        await BEFORE[command.id]?.(lab);
        const how = hows.get(command.id);
        if (typeof how !== "string") continue;
        const ran = await lab.run(ELSEWHERE[command.id] ?? command.node, command.command);
        const where = `${command.id}: ${command.command}`;
        expect(`${where} → ${ran.code}\n${ran.output}`).toContain(`${where} → ${command.code}\n`);
        COMPARISONS[how]?.(command.output, ran.output);
        ledger.played(command.id);
      }
    }
  }, 180_000);
});

test("every command that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

/** Where a command is typed in the lab, when the manager is not where it was there. */
const ELSEWHERE: Readonly<Record<string, string>> = { "8.4/ha/08-after-partition.txt #1": "pve2" };

/** What happened between two recorded commands. */
const BEFORE: Readonly<Record<string, (lab: OpenLab) => Promise<void>>> = {
  "9/ha/01-enable.txt #8": (lab) => seen(lab, "pve1", /^lrm pve3/m),
  "9/ha/06-during-outage.txt #3": async (lab) => {
    await seen(lab, "pve1", /service vm:200 \(pve1, started\)\nservice vm:300 \(pve3, stopped\)/);
    cutPower(lab.world, nodeOf(lab.world, "pve2"));
    await lab.world.clock.sleep(12_000);
  },
  "9/ha/06-during-outage.txt #5": (lab) => lab.world.clock.sleep(20_000),
  "9/ha/06-during-outage.txt #10": (lab) => seen(lab, "pve1", /vm:100 \(pve2, fence\)/),
  "9/ha/07-after-failover.txt #1": (lab) => seen(lab, "pve1", /vm:100 \(pve3, started\)/),
  "9/ha/09-rules-both.txt #1": async (lab) => {
    powerOn(lab.world, nodeOf(lab.world, "pve2"));
    const script = [
      "ha-manager rules add resource-affinity apart --resources vm:200,vm:300 --affinity negative --comment apart",
      "ha-manager set vm:200 --failback 0",
    ];
    expect(await lab.run("pve1", script.join(" && "))).toMatchObject({ code: 0 });
  },
  "9/ha/09-rules-both.txt #6": (lab) => seen(lab, "pve1", /vm:200 \(pve1, (?:request_stop|stopped)\)/),
  "9/ha/10-maintenance.txt #1": (lab) => seen(lab, "pve1", /vm:100 \(pve2, started\)/),
  "9/ha/11-raw-state.txt #1": async (lab) => {
    await lab.run("pve1", "ha-manager crm-command node-maintenance enable pve2");
  },
  "9/ha/17-stop-before-shutdown.txt #1": async (lab) => {
    const create = "qm create 400 --name ceph-vm --memory 64 --scsi0 shared:1 && qm start 400";
    expect(await lab.run("pve3", create)).toMatchObject({ code: 0 });
  },
  "8.4/ha/01-enable.txt #4": (lab) => seen(lab, "pve1", /^master pve\d/m),
  "8.4/ha/01-enable.txt #5": (lab) => seen(lab, "pve1", /vm:100 \(pve2, started\)/),
  "8.4/ha/04-during-outage.txt #1": async (lab) => {
    cutPower(lab.world, nodeOf(lab.world, "pve2"));
    await lab.world.clock.sleep(12_000);
  },
  "8.4/ha/05-after-failover.txt #1": (lab) => seen(lab, "pve1", /vm:100 \(pve1, started\)/),
  // The recording's node was cut off, and its own watchdog took its power.
  "8.4/ha/08-after-partition.txt #1": async (lab) => {
    powerOn(lab.world, nodeOf(lab.world, "pve2"));
    await seen(lab, "pve3", /lrm pve2 \(idle/);
    cutPower(lab.world, nodeOf(lab.world, "pve1"));
    await seen(lab, "pve3", /vm:100 \(pve2, started\)/);
    powerOn(lab.world, nodeOf(lab.world, "pve1"));
    const journal = async () => (await lab.run("pve2", "journalctl -u pve-ha-crm -n 3")).output;
    await expect.poll(journal, { timeout: 60_000 }).toContain("node 'pve1': state changed from 'unknown' => 'online'");
  },
  "8.4/ha/11-commands.txt #1": async (lab) => {
    await lab.run(
      "pve1",
      "qm create 300 --name db --memory 64 --scsi0 shared:1 && ha-manager add vm:300 --state started",
    );
    await seen(lab, "pve1", /vm:300 \(pve1, started\)/);
  },
};

async function makeGuests(lab: OpenLab, dialect: Dialect): Promise<void> {
  const create = (vmid: number, name: string) => `qm create ${vmid} --name ${name} --memory 64 --scsi0 shared:1`;
  await lab.run("pve1", "pvesm add dir shared --path /mnt/shared --shared 1 --content images");
  expect(await lab.run("pve2", `${create(100, "web")} && qm start 100`)).toMatchObject({ code: 0 });
  expect(await lab.run("pve1", `${create(200, "api-made")} && qm start 200`)).toMatchObject({ code: 0 });
  if (dialect === "8.4") return;
  expect(await lab.run("pve3", create(300, "db"))).toMatchObject({ code: 0 });
}

/** Waits until a node's `ha-manager status` shows it. */
async function seen(lab: OpenLab, node: string, pattern: RegExp): Promise<void> {
  await expect
    .poll(async () => (await lab.run(node, "ha-manager status")).output, { timeout: 60_000 })
    .toMatch(pattern);
}
