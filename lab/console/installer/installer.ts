import type { Program } from "../../state/server.ts";
import { characterOf } from "../keyboard.ts";
import type { ScreenContent } from "../screen.ts";
import { type InstallerAnswers, initialAnswers, networkMistake, passwordMistake } from "./answers.ts";
import { countryOf, NOWHERE } from "./countries.ts";
import type { InstallerMachine } from "./machine.ts";
import { installerScreen, type Page } from "./pages.ts";
import { installSteps, startLines } from "./progress.ts";

/** Lab milliseconds from the boot loader to the first page, and of the whole installation: three minutes, as on a fast disk. */
const START_MS = 12_000;
const INSTALL_MS = 180_000;
const SECOND_MS = 1000;

type Text = "country" | "password" | "confirm" | "email" | "fqdn" | "address" | "prefix" | "gateway" | "dns";

/** The fields of a page that take text, in the order of the tab key. */
const FIELDS: Readonly<Partial<Record<Page, readonly Text[]>>> = {
  location: ["country"],
  password: ["password", "confirm", "email"],
  network: ["fqdn", "address", "prefix", "gateway", "dns"],
};
/** Stops of the tab key beside them: choices and check boxes. */
const MORE_STOPS: Readonly<Partial<Record<Page, number>>> = { target: 2, location: 2 };
const ORDER: readonly Page[] = ["licence", "target", "location", "password", "network", "summary"];

/** The graphical installer on a machine: boot menu, pages in the real order, installation, restart. */
export class Installer implements Program {
  readonly #machine: InstallerMachine;
  readonly #answers: InstallerAnswers = initialAnswers();
  #page: Page | "menu" | "starting" = "menu";
  #focus = 0;
  /** What is typed into a field that was reached by the tab key replaces what it held. */
  #selected = false;
  #message: string | undefined;
  #progress = { text: "", percent: 0 };
  #seconds = 5;
  #error = "";

  constructor(machine: InstallerMachine) {
    this.#machine = machine;
  }

  screen(): ScreenContent {
    if (this.#page === "menu") return bootMenu(this.#focus);
    if (this.#page === "starting") return { type: "text", lines: startLines(), cursor: true };
    return installerScreen(
      {
        ...{ page: this.#page, answers: this.#answers, focus: this.#focus, progress: this.#progress },
        ...{ seconds: this.#seconds, error: this.#error, message: this.#message },
      },
      this.#machine,
    );
  }

  key(name: string): void {
    if (this.#page === "menu") this.#menuKey(name);
    else if (this.#message !== undefined) this.#closeMessage(name);
    else if (this.#page !== "starting" && this.#page !== "progress") this.#pageKey(this.#page, name);
  }

  #menuKey(name: string): void {
    if (name === "up") this.#focus = Math.max(0, this.#focus - 1);
    if (name === "down") this.#focus = Math.min(MENU.length - 1, this.#focus + 1);
    // Only the graphical installer is simulated: the other entries stay on their line.
    if (name !== "ret" || this.#focus !== 0) return;
    this.#page = "starting";
    this.#machine.after(START_MS, () => this.#open(this.#machine.disks().length === 0 ? "no-disk" : "licence"));
  }

  #closeMessage(name: string): void {
    if (["ret", "spc", "alt-o", "esc"].includes(name)) this.#message = undefined;
  }

  #open(page: Page): void {
    this.#page = page;
    this.#focus = 0;
    this.#selected = FIELDS[page] !== undefined;
  }

  #pageKey(page: Page, name: string): void {
    const stops = (FIELDS[page]?.length ?? 0) + (MORE_STOPS[page] ?? 0);
    if (name === "alt-a" && page !== "success") {
      this.#machine.reboot();
      return;
    }
    if (["no-disk", "success", "failure"].includes(page)) {
      if (name === "alt-r" || name === "ret") this.#machine.reboot();
      return;
    }
    if (name === "alt-p" || isNext(page, name)) {
      if (name === "alt-p") this.#previous(page);
      else this.#next(page);
      return;
    }
    if (name === "tab" || name === "shift-tab") {
      this.#focus = stops === 0 ? 0 : (this.#focus + (name === "tab" ? 1 : stops - 1)) % stops;
      this.#selected = true;
      return;
    }
    if (page === "target" && (name === "up" || name === "down")) {
      const last = this.#machine.disks().length - 1;
      this.#answers.disk = Math.min(last, Math.max(0, this.#answers.disk + (name === "down" ? 1 : -1)));
      return;
    }
    this.#type(page, name);
  }

  #previous(page: Page): void {
    const before = ORDER[ORDER.indexOf(page) - 1];
    if (before !== undefined && page !== "licence") this.#open(before);
  }

  #next(page: Page): void {
    const mistake = this.#mistake(page);
    if (mistake !== undefined) {
      this.#message = mistake;
      return;
    }
    const after = ORDER[ORDER.indexOf(page) + 1];
    if (page === "summary") this.#install();
    else if (after !== undefined) this.#open(after);
  }

  #mistake(page: Page): string | undefined {
    if (page === "location" && countryOf(this.#answers.country) === NOWHERE) return "Please select a country first.";
    if (page === "password") return passwordMistake(this.#answers);
    return page === "network" ? networkMistake(this.#answers) : undefined;
  }

  #type(page: Page, name: string): void {
    const field = FIELDS[page]?.[this.#focus];
    if (field === undefined) return;
    if (name === "ctrl-a") this.#selected = true;
    else if (name === "backspace" || name === "delete") {
      this.#answers[field] = this.#selected ? "" : this.#answers[field].slice(0, -1);
      this.#selected = false;
    } else {
      const character = characterOf(name, this.#layout(page));
      if (character === undefined) return;
      this.#answers[field] = (this.#selected ? "" : this.#answers[field]) + character;
      this.#selected = false;
    }
  }

  /** The keyboard follows the country as soon as that page is left. */
  #layout(page: Page) {
    return page === "location" ? "us" : countryOf(this.#answers.country).layout;
  }

  #install(): void {
    this.#page = "progress";
    const steps = installSteps();
    steps.forEach((text, index) => {
      const percent = Math.round((100 * index) / steps.length);
      this.#machine.after((INSTALL_MS * index) / steps.length, () => {
        this.#progress = { text, percent };
      });
    });
    this.#machine.after(INSTALL_MS, () => this.#finish());
  }

  #finish(): void {
    const disk = this.#machine.disks()[this.#answers.disk];
    try {
      if (disk === undefined) throw new Error("unable to partition harddisk: no such device");
      this.#machine.install(this.#answers, disk);
    } catch (error) {
      this.#error = error instanceof Error ? error.message : String(error);
      this.#open("failure");
      return;
    }
    this.#open("success");
    for (const passed of [1, 2, 3, 4]) {
      this.#machine.after(passed * SECOND_MS, () => {
        this.#seconds = 5 - passed;
      });
    }
    this.#machine.after(5 * SECOND_MS, () => this.#machine.reboot());
  }
}

const MENU = [
  "Install Proxmox VE (Graphical)",
  "Install Proxmox VE (Terminal UI)",
  "Install Proxmox VE (Terminal UI, Serial Console)",
  "Advanced Options",
] as const;

function bootMenu(selected: number): ScreenContent {
  return {
    ...{ type: "menu", title: "Welcome to Proxmox Virtual Environment", path: ["Proxmox VE"], items: MENU, selected },
    details: [],
  };
}

function isNext(page: Page, name: string): boolean {
  if (page === "licence") return name === "alt-g" || name === "ret";
  if (page === "summary") return name === "alt-i" || name === "ret";
  return name === "alt-n";
}
