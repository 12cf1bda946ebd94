import { startLines } from "../console/installer/progress.ts";
import type { AnswerSource } from "../state/disc-image.ts";
import type { Guest } from "../state/guest.ts";
import { disksOf } from "../state/guest-disks.ts";
import { cardsOf } from "../state/guest-network.ts";
import type { NodeState } from "../state/node.ts";
import { stopVm } from "../state/vm-power.ts";
import { findVolume } from "../state/volumes.ts";
import type { World } from "../state/world.ts";
import type { AnswerFile } from "./answer-file.ts";
import type { InstallTarget } from "./automated-install.ts";
import { disksInside, installNode, passwordBehind } from "./install-node.ts";

/** A virtual machine as the unattended installer meets it. */
export function installTarget(
  world: World,
  host: NodeState,
  guest: Guest,
  source: AnswerSource,
  after: InstallTarget["after"],
  reboot: () => void,
): InstallTarget {
  return {
    after,
    startLines: () => linesAtStart(guest),
    answer: () => answerFrom(host, guest, source),
    prepare: (answers) => prepared(world, host, guest, answers),
    reboot: ({ rebootMode }) => {
      if (rebootMode === "reboot") reboot();
      else
        stopVm(world, host, guest, world.signal).catch(() => {
          // The lab is stopping: the machine with it.
        });
    },
  };
}

/** The machine's own devices stand among them: its cards ask for addresses, by their hardware address, in vain. */
function linesAtStart(guest: Guest): readonly string[] {
  const leases = cardsOf(guest).flatMap(({ mac }, index) => {
    const name = `ens${18 + index}`;
    const heard = [`Listening on LPF/${name}/${mac.toLowerCase()}`, `Sending on   LPF/${name}/${mac.toLowerCase()}`];
    return [...heard, `DHCPDISCOVER on ${name} to 255.255.255.255 port 67 interval 6`];
  });
  return startLines().flatMap((line) => {
    if (line.startsWith("loading drivers")) return ["loading drivers: virtio_pci virtio_scsi virtio_net"];
    if (line.startsWith("Attempting to get DHCP")) return [line, ...leases, "No DHCPOFFERS received."];
    return line.startsWith("Starting the installer GUI") ? [] : [line];
  });
}

function answerFrom(host: NodeState, guest: Guest, source: AnswerSource): ReturnType<InstallTarget["answer"]> {
  if (source.from === "iso") return { text: source.answer, found: ["Found answer file on ISO."] };
  const { label } = source;
  for (const { volid } of disksOf(guest.config)) {
    const image = findVolume(host, volid)?.image;
    if (image?.type !== "files" || ![label.toUpperCase(), label.toLowerCase()].includes(image.label)) continue;
    const text = image.files.get("answer.toml");
    if (text === undefined) throw new Error("failed to read answer file - No such file or directory (os error 2)");
    const found = ["Checking for answer file on partition.", `Found partition with label '${image.label}'`];
    return { text, found: [...found, "Mounting partition at /mnt/answer", "Found answer file on partition."] };
  }
  throw new Error(`Could not detect upper or lower case labels for '${label}'`);
}

function prepared(world: World, host: NodeState, guest: Guest, answers: AnswerFile): { install(): void } {
  const { network, disks, password } = answers;
  if (!network) throw new Error("LAB: there is no DHCP server in this network");
  const disk = disksInside(guest).find(({ path, serial }) => {
    if (disks.names.length > 0) return disks.names.some((name) => path === `/dev/${name.replace("/dev/", "")}`);
    return matches(disks.filter, {
      DEVNAME: path,
      ID_SERIAL: `0QEMU_QEMU_HARDDISK_${serial}`,
      ID_MODEL: "QEMU_HARDDISK",
    });
  });
  if (!disk)
    throw new Error(disks.names.length > 0 ? `disk in 'disk-selection' not found` : "filter did not match any device");
  const cards = cardsOf(guest).map(({ mac }) => ({ ID_NET_NAME_MAC: `enx${mac.replaceAll(":", "").toLowerCase()}` }));
  if (!cards.some((card) => matches(network.filter, card))) throw new Error("filter did not match any device");
  const [address = "", prefix = ""] = network.cidr.split("/");
  const { fqdn, sshKeys } = answers;
  const known = password.type === "plain" ? password.value : passwordBehind(world, password.value);
  // A hash that no node here has stays unknown: nobody logs in with a password then.
  const installation = {
    fqdn,
    address,
    prefix: Number(prefix),
    sshKeys,
    password: known ?? crypto.randomUUID(),
    disk: disk.path,
  };
  return {
    install: () => installNode(world, host, guest, { ...installation, gateway: network.gateway, dns: network.dns }),
  };
}

/** Filters are globs over udev's properties; any that matches will do. */
function matches(filter: ReadonlyMap<string, string>, properties: Readonly<Record<string, string>>): boolean {
  return [...filter].some(([key, glob]) => {
    const pattern = glob
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${pattern}$`).test(properties[key] ?? "");
  });
}
