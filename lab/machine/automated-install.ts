import type { ScreenContent } from "../console/screen.ts";
import { errorText } from "../state/pve-error.ts";
import type { Program } from "../state/server.ts";
import { type AnswerFile, parseAnswerFile } from "./answer-file.ts";

/** The machine under an unattended installation. */
export interface InstallTarget {
  /** What the kernel and the first scripts say on this machine. */
  startLines(): readonly string[];
  /** Text of the answer file in the place where the image says it is; throws what the installer says when there is none. */
  answer(): { readonly text: string; readonly found: readonly string[] };
  /** Checks the answers against the machine, then puts the system on its disk; throws an Error with what went wrong. */
  prepare(answers: AnswerFile): { install(): void };
  /** Does something after so many lab milliseconds, unless the machine was stopped or started again meanwhile. */
  after(labMs: number, action: () => void): void;
  reboot(answers: AnswerFile): void;
}

/** Lab milliseconds: the menu counts down, the kernel starts, the packages are laid down, the machine restarts. */
const MENU_MS = 10_000;
const START_MS = 9000;
const INSTALL_MS = 150_000;
const REBOOT_MS = 4000;

/** The states of the low-level installer with their share, as it reports them. */
const STATES: readonly (readonly [percent: number, text: string])[] = [
  ...([
    [0, "cleanup root-disks"],
    [0.5, "create partitions"],
    [0.8, "create LVs"],
    [1, "create swap space"],
  ] as const),
  ...([
    [1.1, "creating root filesystems"],
    [5, "extracting base system"],
    [12, "extracting base system"],
    [19, "extracting base system"],
  ] as const),
  ...([
    [25, "configuring base system"],
    [31.6, "extracting proxmox-kernel-helper"],
    [38.2, "extracting pve-cluster"],
  ] as const),
  ...([
    [44.7, "extracting qemu-server"],
    [50, "extracting pve-manager"],
    [58.3, "configuring pve-cluster"],
    [66.5, "configuring qemu-server"],
  ] as const),
  ...([
    [74.8, "configuring pve-manager"],
    [80, "make system bootable"],
    [99, "installation finished"],
  ] as const),
];

/** The unattended installer: text on the console from the boot menu to the restart. Lines from its public source. */
export class AutomatedInstall implements Program {
  readonly #machine: InstallTarget;
  readonly #lines: string[] = [];
  #menu = true;

  constructor(machine: InstallTarget) {
    this.#machine = machine;
    machine.after(MENU_MS, () => this.#start());
  }

  screen(): ScreenContent {
    if (!this.#menu) return { type: "text", lines: this.#lines, cursor: true };
    const items = [
      "Install Proxmox VE (Automated)",
      "Install Proxmox VE (Graphical)",
      "Install Proxmox VE (Terminal UI)",
      "Advanced Options",
    ];
    return {
      type: "menu",
      title: "Welcome to Proxmox Virtual Environment",
      path: ["Proxmox VE"],
      items,
      selected: 0,
      details: [],
    };
  }

  /** Nobody is asked anything: keys do nothing but start at once. */
  key(name: string): void {
    if (this.#menu && name === "ret") this.#start();
  }

  #start(): void {
    if (!this.#menu) return;
    this.#menu = false;
    this.#say(...this.#machine.startLines());
    this.#machine.after(START_MS, () => this.#fetch());
  }

  #fetch(): void {
    this.#say(
      "Setting console loglevel to warn.",
      "Caching device info from udev",
      "Fetching answers for automatic installation",
    );
    try {
      const { text, found } = this.#machine.answer();
      this.#say(
        ...found.map((line) => `INFO: ${line}`),
        "Starting automatic installation",
        "INFO: Starting auto installer",
      );
      const answers = parseAnswerFile(text);
      const { install } = this.#machine.prepare(answers);
      this.#say("INFO: Calling low-level installer");
      STATES.forEach(([percent, state], index) => {
        this.#machine.after((INSTALL_MS * index) / STATES.length, () =>
          this.#say(`INFO: progress ${percent.toFixed(1).padStart(5)} % - ${state}`),
        );
      });
      this.#machine.after(INSTALL_MS, () => this.#finish(install, answers));
    } catch (error) {
      this.#fail(errorText(error));
    }
  }

  #finish(install: () => void, answers: AnswerFile): void {
    try {
      install();
    } catch (error) {
      this.#fail(errorText(error));
      return;
    }
    this.#say("INFO: Installation done.", "Installation done, rebooting... ");
    this.#machine.after(REBOOT_MS, () => this.#machine.reboot(answers));
  }

  #fail(reason: string): void {
    this.#say(`ERROR: Installation failed: ${reason}`);
    this.#say(
      "Auto-installation failed (exit-code 1) - see above for errors.",
      "",
      "Installation aborted - unable to continue (type exit or CTRL-D to reboot)",
      "root@proxmox:/#",
    );
  }

  #say(...lines: readonly string[]): void {
    this.#lines.push(...lines);
  }
}
