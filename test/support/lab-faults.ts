import { setTimeout } from "node:timers/promises";
import type { Lab } from "../../lab/index.ts";
import { startOsd, stopOsd } from "../../lab/state/ceph/daemons.ts";
import { cutLink, expireCertificate, restoreLink } from "../../lab/state/inject-faults.ts";
import { cutPower, powerOn } from "../../lab/state/power.ts";
import { nodeOf } from "../../lab/state/world.ts";

/** A trouble of a running lab that can be made and mended; both end when the lab shows it. */
export interface LabFault {
  breakLab(lab: Lab): void | Promise<void>;
  mend(lab: Lab): void | Promise<void>;
}

/** Makes a trouble and gives what mends it. */
export async function breakUntilMended(fault: LabFault, lab: Lab): Promise<() => void | Promise<void>> {
  await fault.breakLab(lab);
  return () => fault.mend(lab);
}

/** Waits for a state of the lab, half a minute at most. */
export async function untilLab(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 600) throw new Error("the lab did not become what was waited for");
    await setTimeout(50);
  }
}

const members = (lab: Lab, count: number) => () => nodeOf(lab.world, "pve1").corosync.members.length === count;
const clustered = (lab: Lab) => nodeOf(lab.world, "pve1").database.corosync !== undefined;

/** A node has no power. */
export const nodeDown = (name: string): LabFault => ({
  async breakLab(lab) {
    cutPower(lab.world, nodeOf(lab.world, name));
    if (clustered(lab)) await untilLab(members(lab, 2));
  },
  async mend(lab) {
    powerOn(lab.world, nodeOf(lab.world, name));
    await untilLab(clustered(lab) ? members(lab, 3) : () => nodeOf(lab.world, name).power === "on");
  },
});

/** The node that is asked has lost the others. */
export const noQuorum: LabFault = {
  async breakLab(lab) {
    cutLink(lab.world, "pve1", 0);
    await untilLab(members(lab, 1));
  },
  async mend(lab) {
    restoreLink(lab.world, "pve1", 0);
    await untilLab(members(lab, 3));
  },
};

/** One OSD of three is stopped. */
export const cephDegraded: LabFault = {
  breakLab: (lab) => turnOsd(lab, false),
  mend: (lab) => turnOsd(lab, true),
};

/** The root file system of pve1 is full. */
export const storageFull: LabFault = {
  breakLab: (lab) => void lab.world.faults.diskFull.add("pve1"),
  mend: (lab) => void lab.world.faults.diskFull.delete("pve1"),
};

/** Each answer of pve1's API takes longer than a step has. */
export const slowApi: LabFault = {
  breakLab: (lab) => void lab.world.faults.slowApi.set("pve1", 30_000),
  mend: (lab) => void lab.world.faults.slowApi.delete("pve1"),
};

/** The certificate of pve1 ran out yesterday. It stays: this is a lab's last trouble. */
export const expiredCertificate: LabFault = {
  breakLab: (lab) => expireCertificate(lab.world, "pve1"),
  mend: () => {},
};

async function turnOsd(lab: Lab, up: boolean): Promise<void> {
  const { ceph } = nodeOf(lab.world, "pve1").database;
  const osd = ceph.osds[1];
  if (osd === undefined) throw new Error("no OSD");
  if (up) startOsd(lab.world, ceph, osd);
  else stopOsd(lab.world, ceph, osd, "told");
  await untilLab(() => osd.up === up);
}
