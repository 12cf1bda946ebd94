import type { InstallerAnswers } from "../console/installer/answers.ts";
import { Installer } from "../console/installer/installer.ts";
import { aptFiles } from "../state/apt/apt-files.ts";
import type { Disk } from "../state/hardware.ts";
import type { NodeState } from "../state/node.ts";
import { powerOn } from "../state/power.ts";
import { visibleDisks } from "../state/raid.ts";
import { after } from "../state/schedule.ts";
import type { PhysicalServer } from "../state/server.ts";
import { nodeOf, type World } from "../state/world.ts";
import { LoginScreen } from "./login-screen.ts";
import { SystemUtilities } from "./system-utilities.ts";

/** Lab milliseconds from the boot loader to the login prompt. */
const BOOT_MS = 15_000;

/** After the self-test: the one-time override, the virtual medium, the installed system, or nothing to boot from. */
export function startSystem(world: World, server: PhysicalServer, restart: () => void): void {
  const target = takeOverride(server);
  if (target === "BiosSetup" || target === "Utilities") {
    server.program = new SystemUtilities(server, restart);
    // As long as its menus are open, the firmware has not ended its self-test.
    server.post = "InPostDiscoveryComplete";
    return;
  }
  const medium = server.media.find((each) => each.inserted && (each.bootNext || target === "Cd" || target === "UsbCd"));
  const node = nodeOf(world, server.node);
  if (medium !== undefined) {
    medium.bootNext = false;
    server.program = new Installer(machineOf(world, server, node, restart));
  } else if (node.installed) bootNode(world, server, node);
  else server.program = nothingToBoot();
}

/** `Once` is used up by the boot that it changes. */
function takeOverride({ boot }: PhysicalServer): string {
  const { enabled, target } = boot;
  if (enabled === "Once") {
    boot.enabled = "Disabled";
    boot.target = "None";
  }
  return enabled === "Disabled" ? "None" : target;
}

function bootNode(world: World, server: PhysicalServer, node: NodeState): void {
  const { era } = server;
  server.program = {
    screen: () => ({ type: "text", lines: ["Loading Linux ...", "Loading initial ramdisk ..."], cursor: true }),
    key: () => {},
  };
  powerOn(world, node);
  after(world, BOOT_MS, () => {
    if (server.era === era) server.program = new LoginScreen(node);
  });
}

function machineOf(world: World, server: PhysicalServer, node: NodeState, restart: () => void) {
  const { era } = server;
  const mac = node.interfaces[0]?.mac ?? "";
  // Interface names are pinned as nic0 … since 9.1; before, the kernel's names are kept.
  const nic = { name: world.dialect === "9" ? "nic0" : "eno1", mac, driver: "tg3" };
  return {
    dialect: world.dialect,
    disks: () => visibleDisks(server.raid),
    nic,
    after: (labMs: number, action: () => void) =>
      after(world, labMs, () => {
        if (server.era === era) action();
      }),
    install: (answers: InstallerAnswers, disk: Disk) => install(node, answers, disk, nic.name),
    reboot: restart,
  };
}

/** Puts the system on the disk: from the next boot on, the node of the scenario lives there with what was typed. */
function install(node: NodeState, answers: InstallerAnswers, disk: Disk, card: string): void {
  const [host = "", ...domain] = answers.fqdn.split(".");
  if (host !== node.name) {
    throw new Error(`LAB: this server is to become ${node.name}; a machine named ${host} is not simulated here.`);
  }
  node.installed = true;
  for (const path of node.files.keys()) if (path.startsWith("/etc/apt/")) node.files.delete(path);
  for (const [path, text] of aptFiles(node.versions.debian, "installed")) node.files.set(path, text);
  node.rootPassword = answers.password;
  node.dns = { search: domain.join("."), dns1: answers.dns };
  for (const own of node.hardware.disks) own.used = own.serial === disk.serial ? "BIOS boot" : own.used;
  const { address, gateway } = answers;
  node.interfaces.forEach((nic, index) => {
    // The system calls its card what the installer called it.
    const changed =
      nic.type === "bridge" ? { address, prefix: Number(answers.prefix), gateway, ports: [card] } : { name: card };
    node.interfaces[index] = { ...nic, ...changed };
  });
}

function nothingToBoot() {
  const lines = [
    "Attempting Boot From Hard Drive (C:)",
    "Non-System disk or disk error",
    "",
    "No bootable device was detected. Press any key to try again, or restart the server.",
  ];
  return { screen: () => ({ type: "text", lines, cursor: true }) as const, key: () => {} };
}
