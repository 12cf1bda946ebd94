import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { addSecondFactor } from "./api/second-factor.ts";
import { startApiServer } from "./api/server.ts";
import { startBmcServer } from "./bmc/server.ts";
import type { LabEndpoint } from "./endpoint.ts";
import { readLiveLab, removeLabFile, writeLabFile } from "./lab-file.ts";
import { labPasswords } from "./passwords.ts";
import { processStart } from "./process-start.ts";
import { startSshServer } from "./ssh/index.ts";
import type { BmcDialect } from "./state/bmc.ts";
import { createClock } from "./state/clock.ts";
import type { Dialect } from "./state/dialect.ts";
import type { NodeState } from "./state/node.ts";
import { openScenario } from "./state/open-scenario.ts";
import { loadScenario } from "./state/scenario.ts";
import type { PhysicalServer } from "./state/server.ts";
import type { World } from "./state/world.ts";
import { serveUi } from "./ui/server.ts";
import { writeInventory } from "./write-inventory.ts";

/** Where a lab begins when nothing else is said. */
export const DEFAULT_SCENARIO = "trois-noeuds";

/** How to start a lab; everything but the folder has a default. */
export interface LabOptions {
  /** Where inventory, secrets and lab.json go; made when absent. */
  readonly folder: string;
  /** Name of a file in lab/scenarios: `trois-noeuds` by default. */
  readonly scenario?: string | undefined;
  readonly dialect?: Dialect | undefined;
  /** How many times faster than real time the lab lives; 1 by default. */
  readonly timeScale?: number | undefined;
  /** Generation of the management controllers, when it is not to be the scenario's. */
  readonly controller?: BmcDialect | undefined;
  /** root@pam has one-time codes as second factor; its key is among the secrets, `root_totp`. */
  readonly secondFactor?: boolean | undefined;
  /** Datacenter language of the interface ("fr"); unset by default. */
  readonly language?: string | undefined;
}

/** A running lab. */
export interface Lab {
  readonly folder: string;
  /** Absolute path of the inventory that reaches it. */
  readonly inventoryFile: string;
  readonly world: World;
  readonly endpoints: ReadonlyMap<string, LabEndpoint>;
  /** Ends every door and wait; the folder stays, without lab.json. */
  stop(): Promise<void>;
}

/** Starts a cluster to rehearse on: all keys and passwords are made here, every socket is on loopback. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const folder = resolve(options.folder);
  const { scenario: scenarioName = DEFAULT_SCENARIO, dialect = "9", timeScale = 1, language } = options;
  await refuseSecondLab(folder);
  const scenario = await loadScenario(scenarioName);
  const rootPassword = randomBytes(18).toString("base64url");
  const passwords = labPasswords(rootPassword, options.secondFactor === true);
  const world = await openScenario(scenario, {
    ...{ dialect, clock: createClock(timeScale), rootPassword, controller: options.controller },
    controllerPasswords: { tag: passwords.bmc_usine, service: passwords.bmc_secours, own: passwords.bmc_password },
  });
  const opened: Closable[] = [];
  const stop = async () => {
    world.stop();
    await Promise.all(opened.map((door) => door.close()));
    await removeLabFile(folder);
  };
  try {
    if (language !== undefined) setLanguage(world, language);
    const { root_totp: codes } = passwords;
    if (codes !== undefined) for (const { database } of world.nodes.values()) addSecondFactor(database, codes);
    const endpoints = await openDoors(world, opened);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const inventoryFile = await writeInventory(folder, endpoints, timeScale, passwords);
    await writeLabFile(folder, {
      pid: process.pid,
      processStart: (await processStart(process.pid)) ?? "unknown",
      started: new Date().toISOString(),
      ...{ scenario: scenarioName, dialect, timeScale },
      nodes: Object.fromEntries([...endpoints].map(([name, endpoint]) => [name, portsOf(endpoint)])),
    });
    return { folder, inventoryFile, world, endpoints, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Closable {
  close(): Promise<void>;
}

async function refuseSecondLab(folder: string): Promise<void> {
  const live = await readLiveLab(folder);
  if (!live) return;
  throw new Error(
    `Un laboratoire tourne déjà dans ${folder} (processus ${live.pid}) ; arrêtez-le, ou choisissez un autre dossier.`,
  );
}

function setLanguage(world: World, language: string): void {
  for (const node of world.nodes.values()) node.database.options.set("language", language);
}

async function openDoors(world: World, opened: Closable[]): Promise<Map<string, LabEndpoint>> {
  const endpoints = new Map<string, LabEndpoint>();
  for (const node of world.nodes.values()) endpoints.set(node.name, await openNode(world, node, opened));
  return endpoints;
}

async function openNode(world: World, node: NodeState, opened: Closable[]): Promise<LabEndpoint> {
  const api = await startApiServer(world, node.name, serveUi);
  opened.push(api);
  const ssh = await startSshServer(world, node.name);
  opened.push(ssh);
  const server = world.servers.get(node.name);
  const bmc = server && (await startBmcServer(world, server));
  if (bmc !== undefined) opened.push(bmc);
  return {
    address: node.address,
    ssh: { port: ssh.port, hostKey: node.sshHostKey.fingerprint },
    pve: { port: api.port, fingerprint: node.certificate.fingerprint },
    ...(server !== undefined && bmc !== undefined ? { bmc: { ...controllerOf(server), port: bmc.port } } : {}),
  };
}

function controllerOf({ bmc }: PhysicalServer) {
  return { address: bmc.address, fingerprint: bmc.certificate.fingerprint, dialect: bmc.dialect };
}

function portsOf({ address, ssh, pve }: LabEndpoint) {
  return { address, ssh: ssh.port, pve: pve.port };
}
