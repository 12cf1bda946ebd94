import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { stringify } from "yaml";
import type { LabEndpoint } from "./endpoint.ts";

const BASE = join(import.meta.dirname, "..", "runbooks", "inventory", "lab.yaml");
const SECRET = "secrets/root-password";

/** Writes the inventory a run needs to reach this lab, and the password it refers to (readable by its owner alone). Gives the inventory's path. */
export async function writeInventory(
  folder: string,
  endpoints: ReadonlyMap<string, LabEndpoint>,
  timeScale: number,
  rootPassword: string,
): Promise<string> {
  await mkdir(join(folder, "secrets"), { recursive: true, mode: 0o700 });
  await writeFile(join(folder, SECRET), rootPassword, { mode: 0o600 });
  const inventory = {
    extends: relative(await realpath(folder), BASE)
      .split(sep)
      .join("/"),
    "echelle-temps": timeScale,
    nodes: Object.fromEntries([...endpoints].map(([name, endpoint]) => [name, nodeEntry(endpoint)])),
    secrets: { root_password: { file: SECRET } },
  };
  const path = join(folder, "inventory.yaml");
  await writeFile(path, `# Écrit par le laboratoire à son démarrage.\n${stringify(inventory)}`);
  return path;
}

/** No TLS pin: certificates change with a join, and the engine reads them over the pinned ssh. */
function nodeEntry({ ssh, pve }: LabEndpoint) {
  return {
    connect: { ssh: `127.0.0.1:${ssh.port}`, pve: `127.0.0.1:${pve.port}` },
    ssh: { "host-key": ssh.hostKey, password: "root_password" },
  };
}
