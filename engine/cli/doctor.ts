import { homedir } from "node:os";
import { counted } from "../base/counted.ts";
import { type DoctorDoors, examineMachine, examineSecrets, examineSite, type Observation } from "../doctor/index.ts";
import type { Inventory } from "../model/inventory.ts";
import { browserVersion, type Composition, compose, openOperator } from "./compose.ts";
import { runningLab } from "./default-inventory.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { printMessages } from "./messages.ts";
import { printObservations } from "./print-observations.ts";
import { refuseSleepingLab } from "./sleeping-lab.ts";
import { loadInventory } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { unknownNodes } from "./unknown-nodes.ts";

export interface DoctorOptions {
  readonly inventory?: string | undefined;
  readonly node?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
}

/** Without an inventory there is still this machine. */
const NOBODY: Inventory = {
  ...{ file: "", name: "", timeScale: 1, guard: "loopback", nodes: [], groups: {}, vars: {}, secrets: {} },
};

/**
 * `constat doctor`: what a run would meet, found by looking alone. 3: something would make it fail; 1: something is to be put right;
 * 0: neither.
 */
export async function doctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const path = options.inventory ?? (await runningLab());
  const inventory = path === undefined ? NOBODY : await readInventory(path, terminal);
  if (inventory === undefined) return EXIT.author;
  refuseSleepingLab(inventory);
  const nodes = inventory.nodes.filter(({ name }) => options.node?.includes(name) ?? true);
  unknownNodes(options.node ?? [], inventory);

  const operator = await openOperator(undefined, terminal);
  const parts = compose(inventory, {
    operator,
    // The doctor only looks: what a person would be asked is a finding.
    person: undefined,
    warn: (text) => terminal.err(`${text}\n`),
  });
  const interrupts = onInterrupt(terminal, "l’examen s’arrête.");
  const look = { doors: doorsOf(parts), signal: interrupts.first };
  try {
    if (options.json !== true) announce(path, nodes.length, terminal);
    // Secrets first: what is said of the nodes afterwards must not show one.
    const secrets = await examineSecrets(inventory, look.doors, homedir(), look);
    const [machine, site] = await Promise.all([
      examineMachine(process.cwd(), process.env["PATH"], look.doors, look),
      examineSite({ ...inventory, nodes }, look.doors, look),
    ]);
    const observations = [...machine, ...secrets, ...site];
    if (options.json === true)
      terminal.out(`${JSON.stringify({ inventory: path ?? null, observations }, undefined, 2)}\n`);
    else printObservations(observations, terminal);
    return codeOf(observations);
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
    await parts.close();
  }
}

async function readInventory(path: string, terminal: Terminal): Promise<Inventory | undefined> {
  const { files, inventory } = await loadInventory(path);
  return printMessages(files, terminal) > 0 ? undefined : inventory;
}

function doorsOf({ ports, certificate, secret, redactor }: Composition): DoctorDoors {
  const { shell, http, clock } = ports;
  const redact = (text: string): string => redactor.text(text).text;
  return { shell, http, clock, secret, certificate, redact, browser: async () => await browserVersion() };
}

function announce(path: string | undefined, nodes: number, terminal: Terminal): void {
  const what =
    path === undefined ? "cette machine seule, faute d’inventaire (--inventory)" : `${path}, ${counted(nodes, "nœud")}`;
  terminal.err(`Examen de ${what}. Rien n’est modifié.\n`);
}

function codeOf(observations: readonly Observation[]): ExitCode {
  if (observations.some(({ status }) => status === "error")) return EXIT.environment;
  return observations.some(({ status }) => status === "warning") ? EXIT.failed : EXIT.ok;
}
