import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Installer } from "../../lab/console/installer/installer.ts";
import { LoginScreen } from "../../lab/server/login-screen.ts";
import { addAccount } from "../../lab/state/bmc.ts";
import type { NodeState } from "../../lab/state/node.ts";
import { visibleDisks } from "../../lab/state/raid.ts";
import type { PhysicalServer } from "../../lab/state/server.ts";
import { nodeOf, type World } from "../../lab/state/world.ts";
import { describeFalseCaptionsOn, type FalseOnLab } from "../support/false-captions.ts";
import type { LabProject } from "../support/lab-run.ts";

interface FalseCaption extends Omit<FalseOnLab, "breakLab"> {
  /** On a site without controllers there is no server: what is broken there is on the nodes. */
  breakServer(server: PhysicalServer, node: NodeState, world: World): (() => void) | undefined;
}

/** The installer on this server, at once where its keys lead to. */
function installer(server: PhysicalServer, ...keys: readonly string[]): Installer {
  const program = new Installer({
    dialect: "9",
    disks: () => visibleDisks(server.raid),
    nic: { name: "nic0", mac: "94:40:c9:00:00:01", driver: "tg3" },
    after: (_labMs, action) => action(),
    install: () => {},
    reboot: () => {},
  });
  for (const key of keys) program.key(key);
  return program;
}

const TO_COUNTRY = ["ret", "alt-g", "alt-n"];
const FRANCE = [...TO_COUNTRY, ..."france", "tab", "alt-n"];
const AMERICA = [...TO_COUNTRY, ..."united", "spc", ..."states", "tab", "alt-n"];
/** "root@lo.it" on a French keyboard. */
const EMAIL = [..."root", "alt_r-0", ..."lo", "shift-comma", ..."it"];
const PASSWORD = [..."secretsecret", "tab", ..."secretsecret", "tab", ...EMAIL, "alt-n"];

/** Without its volume the installer gets past its first page. */
function clearDrives({ raid }: PhysicalServer): void {
  raid.volumes.clear();
}

/** Screens of a server on which nothing is installed. */
const ON_THE_SERVER: readonly FalseCaption[] = [
  {
    caption: "interface d’administration distante après reset / page de login",
    step: "page-connexion-bmc",
    because: "the controller still says that it is starting",
    breakServer: ({ bmc }) => {
      bmc.pages = "starting";
      return () => {
        bmc.pages = "ready";
      };
    },
    says: /input\[type=password\]/,
  },
  {
    caption: "écran de sélection du disque système dans l’installateur Proxmox",
    step: "choix-du-disque",
    because: "the disk on offer is the RAID volume",
    breakServer: (server) => {
      for (const volume of server.raid.volumes.values()) volume.state = "online";
      server.program = installer(server, "ret", "alt-g");
      return () => {
        for (const volume of server.raid.volumes.values()) volume.state = "offline";
      };
    },
    says: /LOGICAL VOLUME/,
  },
  {
    caption: "écran d’accueil de l’installateur Proxmox VE",
    step: "ecran-d-accueil",
    because: "the server found nothing to start from",
    breakServer: (server) => {
      const lines = ["No bootable device was detected. Press any key to try again."];
      server.program = { screen: () => ({ type: "text", lines, cursor: true }), key: () => {} };
      return undefined;
    },
    says: /No bootable device/,
  },
  {
    caption: "écran du contrôleur RAID / suppression du volume RAID",
    step: "ecran-raid",
    beside: ["compte-pret", "systemes", "systeme", "stockages-redfish", "controleur-raid", "disques-physiques"],
    because: "the keys end in another menu than the controller's",
    breakServer: (server) => {
      const items = ["System Configuration", "One-Time Boot Menu"];
      const screen = {
        type: "menu",
        title: "System Utilities",
        path: ["Boot Options"],
        items,
        selected: 0,
        details: [],
      } as const;
      server.program = { screen: () => screen, key: () => {} };
      return undefined;
    },
    says: /Delete/,
  },
  {
    caption: "écran de configuration du mot de passe root et de l’e‑mail",
    step: "mot-de-passe",
    because: "the keyboard is not the one that the runbook writes on",
    breakServer: (server) => {
      clearDrives(server);
      server.program = installer(server, ...AMERICA);
      return undefined;
    },
    says: /Email/,
  },
  {
    caption: "écran de configuration réseau de Proxmox dans l’installateur",
    step: "reseau",
    because: "the installer waits with a message that keeps the keys away",
    breakServer: (server) => {
      clearDrives(server);
      server.program = installer(server, ...FRANCE, ...PASSWORD, "ctrl-a", "backspace", "alt-n");
      return undefined;
    },
    says: /Hostname/,
  },
  {
    caption: "écran de login sur la console Proxmox après installation",
    step: "console-connexion",
    because: "the system came up with another address",
    breakServer: (server, node) => {
      const bridge = node.interfaces.find(({ type }) => type === "bridge");
      const right = bridge?.address;
      if (bridge) bridge.address = "10.202.4.99";
      server.program = new LoginScreen(node);
      return () => {
        if (bridge) bridge.address = right;
      };
    },
    says: /10\.202\.4\.99/,
  },
];

/** Web pages of an installed node. */
const ON_THE_NODE: readonly FalseCaption[] = [
  {
    caption: "page de login Web de Proxmox VE",
    step: "connexion-web",
    because: "the realms do not come",
    breakServer: (_server, node, world) => {
      const failure = { status: 595, message: "connection refused", path: "/access/domains" };
      world.faults.apiFailsOnce.set(
        node.name,
        Array.from({ length: 50 }, () => failure),
      );
      return () => {
        world.faults.apiFailsOnce.delete(node.name);
      };
    },
    of: /field\[name=realm\]/,
    says: /^$/,
  },
  {
    caption: "tableau de bord Proxmox après première connexion",
    step: "tableau-de-bord",
    because: "nobody knows how the node does",
    breakServer: (_server, node, world) => {
      world.faults.silentStatus.add(node.name);
      return () => {
        world.faults.silentStatus.delete(node.name);
      };
    },
    says: /status = unknown/,
  },
  {
    caption: "écran “Disks” ou “Storage” montrant le stockage local disponible",
    step: "stockage-local",
    because: "the system is on another disk than was said",
    breakServer: (_server, { hardware }) => {
      const [disk] = hardware.disks;
      const rest = hardware.disks.slice(1);
      hardware.disks.splice(0, hardware.disks.length, ...rest);
      return () => {
        if (disk) hardware.disks.unshift(disk);
      };
    },
    says: /dev.{1,3}sda/,
  },
];

describeFalseCaptionsOn({ scenario: "serveur-nu", chapters: [1] }, onLab(ON_THE_SERVER), openController);
describeFalseCaptionsOn({ scenario: "trois-noeuds", chapters: [1] }, onLab(ON_THE_NODE));

function onLab(cases: readonly FalseCaption[]): readonly FalseOnLab[] {
  return cases.map(({ breakServer, ...wrong }) => ({
    ...wrong,
    breakLab: ({ world }) =>
      breakServer(world.servers.get("pve1") ?? ({} as PhysicalServer), nodeOf(world, "pve1"), world),
  }));
}

/** The server is on, and its controller has the account that the chapter makes. */
async function openController({ lab, folder }: LabProject): Promise<void> {
  const server = lab.world.servers.get("pve1");
  if (server === undefined) throw new Error("pve1 has no controller");
  const password = (await readFile(join(folder, "output/lab/secrets/bmc-password"), "utf8")).trim();
  addAccount(server.bmc, { user: "constat", password, displayName: "constat", role: "Administrator" });
  Object.assign(server, { power: "On", post: "FinishedPost" });
}
