import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { stringify } from "yaml";
import type { LabEndpoint } from "./endpoint.ts";
import type { LabPasswords } from "./passwords.ts";

const BASE = join(import.meta.dirname, "..", "runbooks", "inventory", "lab.yaml");

/** Writes the inventory a run needs to reach this lab, and the passwords it refers to (readable by their owner alone). Gives the inventory's path. */
export async function writeInventory(
  folder: string,
  endpoints: ReadonlyMap<string, LabEndpoint>,
  timeScale: number,
  passwords: LabPasswords,
): Promise<string> {
  await mkdir(join(folder, "secrets"), { recursive: true, mode: 0o700 });
  const secrets: Record<string, { readonly file: string }> = {};
  for (const [name, password] of Object.entries<string>({ ...passwords })) {
    const file = `secrets/${name.replaceAll("_", "-")}`;
    await writeFile(join(folder, file), password, { mode: 0o600 });
    secrets[name] = { file };
  }
  const inventory = {
    extends: relative(await realpath(folder), BASE)
      .split(sep)
      .join("/"),
    "echelle-temps": timeScale,
    nodes: Object.fromEntries([...endpoints].map(([name, endpoint]) => [name, nodeEntry(endpoint, passwords)])),
    ...(olderController(endpoints) ? { vars: { stockage_bmc: "smartarray" } } : {}),
    secrets,
  };
  const path = join(folder, "inventory.yaml");
  await writeFile(path, `# Écrit par le laboratoire à son démarrage.\n${stringify(inventory)}`);
  return path;
}

/** No TLS pin: certificates change with a join, and the engine reads them over the pinned ssh. */
function nodeEntry({ ssh, pve, bmc }: LabEndpoint, { root_totp }: LabPasswords) {
  return {
    connect: { ssh: `127.0.0.1:${ssh.port}`, pve: `127.0.0.1:${pve.port}` },
    ssh: { "host-key": ssh.hostKey, password: "root_password" },
    ...(root_totp === undefined ? {} : { pve: { password: "root_password", totp: "root_totp" } }),
    // A physical server is switched by its own controller, whatever the lab's base inventory says of a virtual one.
    ...(bmc === undefined ? {} : { bmc: controllerEntry(bmc), power: "bmc" }),
  };
}

/** How storage is changed differs between the two generations: a site says which one it has. */
function olderController(endpoints: ReadonlyMap<string, LabEndpoint>): boolean {
  return [...endpoints.values()].some(({ bmc }) => bmc?.dialect === "ilo5");
}

/** No pin: a reset to factory settings makes a new certificate; what is met first in a run is held to until that run resets it. */
function controllerEntry({ address, port }: NonNullable<LabEndpoint["bmc"]>) {
  return {
    host: address,
    connect: `127.0.0.1:${port}`,
    ...{ user: "constat", password: "bmc_password" },
    accounts: {
      origine: { user: "Administrator", password: "bmc_origine" },
      secours: { user: "maintenance", password: "bmc_secours" },
      usine: { user: "Administrator", password: "bmc_usine" },
    },
  };
}
