import { Installer } from "../console/installer/installer.ts";
import { LoginScreen } from "../server/login-screen.ts";
import type { DiscImage } from "../state/disc-image.ts";
import { type Guest, guestName } from "../state/guest.ts";
import { type Disk, disksOf } from "../state/guest-disks.ts";
import { cardsOf } from "../state/guest-network.ts";
import type { NodeState } from "../state/node.ts";
import { powerOn } from "../state/power.ts";
import { after } from "../state/schedule.ts";
import type { Program } from "../state/server.ts";
import { findVolume } from "../state/volumes.ts";
import type { World } from "../state/world.ts";
import { AutomatedInstall } from "./automated-install.ts";
import { disksInside, installNode } from "./install-node.ts";
import { installTarget } from "./install-target.ts";

/** Lab milliseconds from the firmware to the boot loader, and from there to a login prompt. */
const FIRMWARE_MS = 3000;
const SYSTEM_MS = 9000;

/** What happens on a virtual machine's screen from power on: firmware, then the first device of its boot order that has something to start. */
export function bootMachine(world: World, host: NodeState, guest: Guest): void {
  show(guest, FIRMWARE);
  const now = guest.program;
  after(world, FIRMWARE_MS, () => {
    if (guest.program === now) startFrom(world, host, guest);
  });
}

function startFrom(world: World, host: NodeState, guest: Guest): void {
  for (const drive of bootDrives(guest)) {
    if (!drive.cdrom && (guest.hostedNode !== undefined || guest.system !== undefined)) {
      startSystem(world, guest);
      return;
    }
    const image = drive.cdrom ? findVolume(host, drive.volid)?.image : undefined;
    if (image?.type === "installer") {
      startInstaller(world, host, guest, image);
      return;
    }
  }
  show(guest, [
    ...FIRMWARE,
    "Booting from Hard Disk...",
    "Boot failed: not a bootable disk",
    "",
    "No bootable device.",
  ]);
}

function startSystem(world: World, guest: Guest): void {
  show(guest, ["Loading Linux ...", "Loading initial ramdisk ..."]);
  const now = guest.program;
  const node = world.nodes.get(guest.hostedNode ?? "");
  if (node) powerOn(world, node);
  after(world, SYSTEM_MS, () => {
    if (guest.program !== now) return;
    if (node) guest.program = new LoginScreen(node);
    else show(guest, ["", `${guestName(guest)} login: `]);
  });
}

function startInstaller(
  world: World,
  host: NodeState,
  guest: Guest,
  { answers }: Extract<DiscImage, { type: "installer" }>,
): void {
  const now = guest.program;
  const here = { begun: now };
  const later = (labMs: number, action: () => void) =>
    after(world, labMs, () => {
      if (guest.program === here.begun) action();
    });
  const reboot = () => bootMachine(world, host, guest);
  const program: Program =
    answers === undefined
      ? new Installer({
          dialect: world.dialect,
          disks: () => disksInside(guest),
          nic: {
            name: world.dialect === "9" ? "nic0" : "ens18",
            mac: cardsOf(guest)[0]?.mac ?? "",
            driver: "virtio_net",
          },
          after: later,
          install: (given, disk) =>
            installNode(world, host, guest, { ...given, prefix: Number(given.prefix), sshKeys: [], disk: disk.path }),
          reboot,
        })
      : new AutomatedInstall(installTarget(world, host, guest, answers, later, reboot));
  here.begun = program;
  guest.program = program;
}

/** The drives in the order in which the firmware tries them. */
function bootDrives(guest: Guest): readonly Disk[] {
  const drives = disksOf(guest.config);
  const order = /order=([^,]*)/.exec(guest.config.get("boot") ?? "")?.[1]?.split(";") ?? [];
  return order.flatMap((key) => drives.filter((drive) => drive.key === key));
}

const FIRMWARE = ["SeaBIOS (LAB)", "", "Machine UUID", "iPXE (LAB)", "", "Press ESC for boot menu.", ""];

function show(guest: Guest, lines: readonly string[]): void {
  guest.program = { screen: () => ({ type: "text", lines, cursor: true }), key: () => {} };
}
