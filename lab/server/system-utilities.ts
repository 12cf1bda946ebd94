import type { ScreenContent } from "../console/screen.ts";
import type { RaidVolume } from "../state/raid.ts";
import type { PhysicalServer, Program } from "../state/server.ts";

interface MenuPage {
  readonly name: string;
  readonly items: readonly { readonly text: string; open(): MenuPage | undefined }[];
  readonly details?: readonly string[];
}

/**
 * The menus of the server's firmware, as far as they lead to its storage controller. Their arrangement follows what such servers show
 * (never recorded: it differs between firmwares); what is chosen has its real effect.
 */
export class SystemUtilities implements Program {
  readonly #server: PhysicalServer;
  readonly #restart: () => void;
  #pages: MenuPage[];
  #selected = 0;

  constructor(server: PhysicalServer, restart: () => void) {
    this.#server = server;
    this.#restart = restart;
    this.#pages = [this.#main()];
  }

  screen(): ScreenContent {
    const page = this.#pages.at(-1) ?? this.#main();
    return {
      type: "menu",
      title: "System Utilities",
      path: this.#pages.map(({ name }) => name),
      items: page.items.map(({ text }) => text),
      selected: this.#selected,
      details: page.details ?? [],
    };
  }

  key(name: string): void {
    const page = this.#pages.at(-1);
    if (page === undefined) return;
    if (name === "down") this.#selected = Math.min(page.items.length - 1, this.#selected + 1);
    if (name === "up") this.#selected = Math.max(0, this.#selected - 1);
    if (name === "esc" && this.#pages.length > 1) {
      this.#pages.pop();
      this.#selected = 0;
    }
    if (name !== "ret") return;
    const next = page.items[this.#selected]?.open();
    if (next === undefined) return;
    this.#pages.push(next);
    this.#selected = 0;
  }

  #main(): MenuPage {
    return {
      name: "System Utilities",
      items: [
        { text: "System Configuration", open: () => this.#configuration() },
        ...["One-Time Boot Menu", "Embedded Applications", "System Information", "System Health"].map(closed),
        { text: "Reboot the System", open: () => this.#reboot() },
      ],
    };
  }

  #configuration(): MenuPage {
    return {
      name: "System Configuration",
      items: [
        ...["BIOS/Platform Configuration (RBSU)", "Management Controller Configuration Utility"].map(closed),
        { text: `Embedded RAID 1 : ${this.#server.raid.model}`, open: () => this.#controller() },
      ],
    };
  }

  #controller(): MenuPage {
    const { model, firmware, drives } = this.#server.raid;
    return {
      name: model,
      items: [
        { text: "Array Configuration", open: () => this.#arrays() },
        ...["Configure Controller Settings", "Disk Utilities"].map(closed),
      ],
      details: [`Controller: ${model}`, `Firmware Version: ${firmware}`, `Physical drives: ${drives.length}`],
    };
  }

  #arrays(): MenuPage {
    const { volumes, drives } = this.#server.raid;
    const taken = new Set([...volumes.values()].flatMap((volume) => volume.drives));
    const unassigned = drives.filter(({ location }) => !taken.has(location));
    return {
      name: "Array Configuration",
      items: [
        ...[...volumes.values()].map((volume) => ({ text: titleOf(volume), open: () => this.#volume(volume) })),
        closed("Create Array"),
      ],
      details: [
        `Logical drives: ${volumes.size}`,
        `Unassigned drives: ${unassigned.length}`,
        ...drives.map(({ location, disk }) => `  ${location}  ${disk.model}  ${gigabytes(disk.size)}`),
      ],
    };
  }

  #volume(volume: RaidVolume): MenuPage {
    return {
      name: volume.name,
      items: [closed("Logical Drive Details"), { text: "Delete Logical Drive", open: () => this.#confirm(volume) }],
      details: [
        `${titleOf(volume)}`,
        `Status: ${volume.state === "online" ? "OK" : "Failed, not presented to the operating system"}`,
        `Drives: ${volume.drives.join(", ")}`,
      ],
    };
  }

  #confirm(volume: RaidVolume): MenuPage {
    return {
      name: "Delete Logical Drive",
      items: [{ text: "Submit Changes", open: () => this.#delete(volume) }, closed("Back to Main Menu")],
      details: [`Deleting ${titleOf(volume)} destroys all its data.`],
    };
  }

  #delete(volume: RaidVolume): MenuPage {
    this.#server.raid.volumes.delete(volume.id);
    return { name: "Done", items: [closed("Back to Main Menu")], details: ["Logical drive deleted successfully."] };
  }

  #reboot(): undefined {
    this.#restart();
    return undefined;
  }
}

/** An entry that leads nowhere in the lab. */
function closed(text: string): MenuPage["items"][number] {
  return { text, open: () => undefined };
}

function titleOf({ name, raid, size }: RaidVolume): string {
  return `${name}, ${raid.replace("RAID", "RAID ")}, ${gigabytes(size)}`;
}

function gigabytes(bytes: number): string {
  return `${Math.round(bytes / 1e9)} GB`;
}
