import type { Disk } from "./hardware.ts";

/** A drive in a bay of the server. */
export interface Drive {
  /** "1I:1:1": port, box, bay. */
  readonly location: string;
  /** The same disk as the operating system would see it. */
  readonly disk: Disk;
}

/** A logical drive that the controller makes of several drives. */
export interface RaidVolume {
  readonly id: string;
  readonly name: string;
  readonly raid: "RAID0" | "RAID1" | "RAID5";
  /** Bytes. */
  readonly size: number;
  /** Locations of its drives. */
  readonly drives: readonly string[];
  /** An offline volume keeps its drives and shows the operating system nothing. */
  state: "online" | "offline";
}

/** The storage controller of a physical server. Drives in no volume are given to the operating system one by one. */
export interface RaidController {
  readonly id: string;
  readonly model: string;
  readonly firmware: string;
  readonly drives: readonly Drive[];
  readonly volumes: Map<string, RaidVolume>;
  /** Guard of the older generation: `Strict` refuses destructive settings, `Permissive` ignores them in silence. */
  dataGuard: "Strict" | "Permissive" | "Disabled";
  /** Settings that wait for a restart of the server (older generation): the volumes to delete. */
  pendingDeletion: readonly string[] | undefined;
  /** Message ids of the last settings that were applied. */
  applied: readonly string[];
}

/** The disks that an operating system finds, in the order of their names. */
export function visibleDisks(controller: RaidController): readonly Disk[] {
  const taken = new Set([...controller.volumes.values()].flatMap(({ drives }) => drives));
  const single = controller.drives.filter(({ location }) => !taken.has(location)).map(({ disk }) => disk);
  const volumes = [...controller.volumes.values()].filter(({ state }) => state === "online").map(volumeDisk);
  return [...volumes, ...single];
}

function volumeDisk(volume: RaidVolume): Disk {
  return {
    path: "/dev/sda",
    size: volume.size,
    model: "LOGICAL VOLUME",
    serial: `PEYHC0ARH9Z0${volume.id}`,
    vendor: "HPE",
    type: "ssd",
    used: undefined,
  };
}
