import type { Disk } from "../../state/hardware.ts";
import type { InstallerField, InstallerScreen } from "../screen.ts";
import type { InstallerAnswers } from "./answers.ts";
import { countryOf } from "./countries.ts";
import type { InstallerMachine } from "./machine.ts";

/** Where one is in the installer. */
export type Page =
  | "no-disk"
  | "licence"
  | "target"
  | "location"
  | "password"
  | "network"
  | "summary"
  | "progress"
  | "success"
  | "failure";

/** Everything a page is drawn from. */
export interface PageState {
  readonly page: Page;
  readonly answers: InstallerAnswers;
  /** Index of the field that has the keyboard. */
  readonly focus: number;
  readonly progress: { readonly text: string; readonly percent: number };
  readonly seconds: number;
  readonly error: string;
  readonly message: string | undefined;
}

type Parts = Omit<InstallerScreen, "type" | "message">;

/** What the installer shows. Titles, labels, order and messages are the real installer's; the explanations are our own words. */
export function installerScreen(state: PageState, machine: InstallerMachine): InstallerScreen {
  return { type: "installer", ...partsOf(state, machine), message: state.message };
}

/** "/dev/sda (447.13GiB, MODEL)", the model cut at 30 characters. */
export function diskLabel(disk: Disk, index: number): string {
  const name = `/dev/sd${String.fromCharCode(97 + index)}`;
  return `${name} (${(disk.size / 2 ** 30).toFixed(2)}GiB, ${disk.model.slice(0, 30)})`;
}

function partsOf(state: PageState, machine: InstallerMachine): Parts {
  const { answers, focus } = state;
  const country = countryOf(answers.country);
  const next = { abort: true, previous: "on", next: "Next" } as const;
  const entry = (label: string, value: string, index: number): InstallerField => ({
    ...{ type: "text", label, value, focused: focus === index },
  });
  switch (state.page) {
    case "no-disk":
      return {
        title: "No Hard Disk found!",
        left: ["The installer could not find a supported hard disk. The maker's site says which controllers it knows."],
        right: [{ head: "", text: "Press CTRL + ALT + F2 to see details" }],
        centred: true,
        fields: [],
        buttons: { abort: true, previous: "on", next: "Reboot" },
      };
    case "licence":
      return {
        title: "END USER LICENSE AGREEMENT (EULA)",
        left: [],
        right: [],
        frame: [
          "LAB: the licence of the product stands here.",
          "",
          "This page is a simulation, no licence is accepted by it.",
        ],
        fields: [],
        buttons: { abort: true, previous: "off", next: "I agree" },
      };
    case "target": {
      const disks = machine.disks();
      const disk = disks[answers.disk];
      const value = disk === undefined ? "" : diskLabel(disk, answers.disk);
      return {
        title: "Proxmox Virtual Environment (PVE)",
        left: [
          "**The Proxmox Installer** partitions the chosen disk by itself, and installs what is needed to start from it.",
          "All that is on this disk now will be lost.",
        ],
        right: [
          { head: "Please verify the installation target", text: "\nThe disk shown below will be overwritten." },
          { head: "Automatic hardware detection", text: "\nDrivers and settings follow from what is found." },
          { head: "Graphical user interface", text: "\nWhat remains is set in a browser afterwards." },
        ],
        fields: [{ type: "choice", label: "Target Harddisk", value, focused: focus === 0, button: "Options" }],
        buttons: next,
      };
    }
    case "location":
      return {
        title: "Location and Time Zone selection",
        left: ["**The Proxmox Installer** sets the clock's zone and the keyboard by the country."],
        right: [
          { head: "Country:", text: "shortens the list of time zones." },
          { head: "Time Zone:", text: "summer time is followed by itself." },
          { head: "Keyboard Layout:", text: "of this machine's console." },
        ],
        fields: [
          entry("Country", answers.country, 0),
          { type: "choice", label: "Time zone", value: country.zone, focused: focus === 1 },
          { type: "choice", label: "Keyboard Layout", value: country.keyboard, focused: focus === 2 },
        ],
        buttons: next,
      };
    case "password":
      return {
        title: "Administration Password and Email Address",
        left: ["**Proxmox Virtual Environment** is managed by the user root: this page gives its password."],
        right: [
          { head: "Password:", text: "eight characters at least; letters, numbers and symbols." },
          { head: "Email:", text: "where failed backups and other alerts are sent." },
        ],
        fields: [
          { type: "password", label: "Password", value: answers.password, focused: focus === 0 },
          { type: "password", label: "Confirm", value: answers.confirm, focused: focus === 1 },
          entry("Email", answers.email, 2),
        ],
        buttons: next,
      };
    case "network":
      return {
        title: "Management Network Configuration",
        left: ["**Please verify** the network: the interface in the browser is reached by it.", "A summary follows."],
        right: [
          { head: "IP address (CIDR):", text: "of this server, with the length of its network." },
          { head: "Gateway:", text: "the way out." },
          { head: "DNS Server:", text: "who knows the names." },
        ],
        fields: [
          {
            ...{ type: "choice", label: "Management Interface", dot: true, focused: false },
            value: `${machine.nic.name} - ${machine.nic.mac} (${machine.nic.driver})`,
          },
          entry("Hostname (FQDN)", answers.fqdn, 0),
          {
            ...{ type: "text", label: "IP Address (CIDR)", value: answers.address, focused: focus === 1 },
            suffix: { value: answers.prefix, focused: focus === 2 },
          },
          entry("Gateway", answers.gateway, 3),
          entry("DNS Server", answers.dns, 4),
          // Names are pinned since 9.1; the older installer has no such line.
          ...(machine.dialect === "9"
            ? [{ type: "check", label: "Pin network interface names", checked: true, button: "Options" } as const]
            : []),
        ],
        buttons: next,
      };
    case "summary": {
      const disk = machine.disks()[answers.disk];
      const table: readonly (readonly [string, string])[] = [
        ["Filesystem:", "ext4"],
        ["Disk(s):", disk === undefined ? "" : diskLabel(disk, answers.disk).replace(/ .*/, "")],
        ["Country:", country.name],
        ["Timezone:", country.zone],
        ["Keymap:", country.keymap],
        ["Email:", answers.email],
        ["Management Interface:", machine.nic.name],
        ["Hostname:", answers.fqdn.replace(/\..*/, "")],
        ["IP CIDR:", `${answers.address}/${answers.prefix}`],
        ["Gateway:", answers.gateway],
        ["DNS:", answers.dns],
      ];
      return {
        title: "Summary",
        left: ["**Please confirm** what is shown. The **Install** button begins to partition and to copy."],
        right: [],
        table,
        fields: [],
        buttons: { abort: true, previous: "on", next: "Install" },
      };
    }
    case "progress":
      return {
        title: "Virtualization Platform",
        left: ["The installer copies the system to the disk. This takes a few minutes."],
        right: [],
        fields: [],
        progress: state.progress,
        buttons: { abort: true, previous: "none", next: "~Install" },
      };
    case "success":
      return {
        title: "Installation successful!",
        left: ["Proxmox VE is now installed and ready to use."],
        right: [
          { head: "Next steps", text: `\n\nReboot, then open in a browser:\n\nhttps://${answers.address}:8006` },
          { head: "", text: `Automatic reboot scheduled in ${state.seconds} seconds.` },
        ],
        centred: true,
        fields: [],
        buttons: { abort: false, previous: "none", next: "Reboot" },
      };
    case "failure":
      return {
        title: "Installation failed!",
        left: [state.error],
        right: [],
        centred: true,
        fields: [],
        buttons: { abort: false, previous: "none", next: "Reboot" },
      };
  }
}
