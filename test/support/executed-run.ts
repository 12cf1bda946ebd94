import { VFile } from "vfile";
import { type Clock, systemClock } from "../../engine/base/clock.ts";
import { Redactor } from "../../engine/base/redact.ts";
import { createRunFolder, openRun } from "../../engine/evidence/index.ts";
import { KINDS, type Ports } from "../../engine/kinds/index.ts";
import type { Event, EventBody, RunFinished } from "../../engine/model/event.ts";
import type { Inventory, InventoryNode } from "../../engine/model/inventory.ts";
import type { Outcome } from "../../engine/model/outcome.ts";
import { type Only, planRun } from "../../engine/plan/index.ts";
import { type EarlierRun, executePlan, type LiveSignal, type RunContext } from "../../engine/run/index.ts";
import { parseRunbook } from "../../engine/runbook/index.ts";
import type { BrowserTransport, HttpTransport, ShellEnd, ShellRequest, TlsPins } from "../../engine/transports/port.ts";
import { tempFolder } from "./temp-folder.ts";

/** What a pretended machine does with a script: what it writes, and its exit code (0) or another end. */
export interface Answer {
  readonly stdout?: string;
  readonly code?: number;
  readonly end?: ShellEnd;
}

export type Machine = (script: string, target: string, request: ShellRequest) => Answer | Promise<Answer>;

export interface RunOptions {
  readonly machine?: Machine;
  /** Real host names by node; the node's own name when absent. */
  readonly hostnames?: Readonly<Record<string, string>>;
  readonly http?: Partial<HttpTransport>;
  readonly browser?: Partial<BrowserTransport>;
  readonly pins?: Partial<TlsPins>;
  readonly firstContacts?: RunContext["firstContacts"];
  readonly only?: Only;
  readonly signal?: AbortSignal;
  readonly cleanupSignal?: AbortSignal;
  readonly redactor?: Redactor;
  readonly secret?: RunContext["secret"];
  readonly confirm?: RunContext["confirm"];
  readonly clock?: Clock;
  readonly earlier?: EarlierRun;
  /** Hears of each event when it is journalled. */
  readonly onEvent?: (event: Event) => void;
  readonly vars?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly root?: string;
}

export interface ExecutedRun {
  readonly folder: string;
  readonly finished: RunFinished;
  readonly events: readonly Event[];
  readonly live: readonly LiveSignal[];
  /** Outcome of each step; a skipped one is told by its reason. */
  readonly statuses: Readonly<Record<string, string>>;
  outcome(step: string): Outcome | undefined;
  /** `step@target` of each attempt, with its purpose when it is none of its own. */
  readonly attempts: readonly string[];
}

/** Two nodes with ssh, API and browser, so that every kind finds what it needs. */
export const INVENTORY: Inventory = {
  file: "inventaire.yaml",
  name: "essai",
  timeScale: 1,
  guard: "loopback",
  nodes: ["pve1", "pve2"].map(nodeOf),
  groups: { noeuds: ["pve1", "pve2"] },
  vars: {},
  secrets: {},
};

function nodeOf(name: string): InventoryNode {
  const endpoint = { host: "127.0.0.1", port: 9 };
  return {
    name,
    hostname: name,
    address: "127.0.0.1",
    vars: {},
    ssh: { user: "root", endpoint, hostKeys: [] },
    pve: { user: "root@pam", endpoint },
  };
}

/** Plans and executes a runbook against pretended machines, into a real run folder. Its heading and front matter are added. */
export async function execute(markdown: string, options: RunOptions = {}): Promise<ExecutedRun> {
  const value = `---\nchapitre: 3\n---\n\n# 3. Essai\n\n${markdown}\n`;
  const file = new VFile({ path: "03-essai.md", value });
  const inventory = { ...INVENTORY, vars: options.vars ?? {} };
  const runbooks = [parseRunbook(file)];
  if (file.messages.length > 0) throw new Error(file.messages.map(String).join("\n"));
  const needsOf = (block: Parameters<(typeof KINDS)["shell"]["needs"]>[0]) => KINDS[block.kind].needs(block);
  const { plan, problems } = planRun({ runbooks, inventory, needsOf, only: options.only });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const clock = options.clock ?? systemClock;
  const folder = await createRunFolder(options.root ?? (await tempFolder()), options.name ?? "essai");
  const live: LiveSignal[] = [];
  const context: RunContext = {
    plan,
    inventory,
    kinds: KINDS,
    ports: portsOf(options, clock),
    pins: { expected: async () => "AA", renew: async () => ({ before: "AA", after: "BB" }), ...options.pins },
    firstContacts: options.firstContacts ?? (() => []),
    folder,
    clock,
    redactor: options.redactor ?? new Redactor(),
    signal: options.signal ?? new AbortController().signal,
    cleanupSignal: options.cleanupSignal ?? new AbortController().signal,
    secret: options.secret ?? (async (name) => name.toUpperCase()),
    confirm: options.confirm ?? (async () => true),
    emit: async (body: EventBody) => {
      const event = await folder.append(body, clock.now());
      options.onEvent?.(event);
    },
    live: (signal) => live.push(signal),
  };
  let finished: RunFinished;
  try {
    finished = await executePlan(context, options.earlier);
  } finally {
    await folder.abandon();
  }
  const { events } = await openRun(folder.folder);
  const ends = events.flatMap((event) => (event.type === "step-finished" ? [event] : []));
  const word = (outcome: Outcome) => (outcome.status === "skipped" ? outcome.because : outcome.status);
  return {
    folder: folder.folder,
    finished,
    events,
    live,
    statuses: Object.fromEntries(ends.map(({ step, outcome }) => [step, word(outcome)])),
    outcome: (step) => ends.find((end) => end.step === step)?.outcome,
    attempts: events.flatMap((event) =>
      event.type === "attempt-started"
        ? [`${event.step}@${event.target}${event.purpose === "run" ? "" : ` ${event.purpose}`}`]
        : [],
    ),
  };
}

/** What a machine says to the questions that the engine itself asks each node first: who it is, and the time, which it does not know. */
function ownQuestion(script: string, hostname: string): Answer | undefined {
  if (script.includes("hostname=%s")) return { stdout: `hostname=${hostname}\n` };
  return script === "date +%s.%N" ? {} : undefined;
}

function portsOf({ machine = () => ({}), hostnames = {}, http, browser }: RunOptions, clock: Clock): Ports {
  const refuse = async (): Promise<never> => {
    throw new Error("this door was not to be used");
  };
  const nothing = async (): Promise<void> => {};
  return {
    clock,
    shell: {
      run: async (target, request) => {
        const name = target.type === "local" ? "local" : target.node.name;
        const answer =
          ownQuestion(request.script, hostnames[name] ?? name) ?? (await machine(request.script.trim(), name, request));
        if (answer.stdout !== undefined) request.onOutput("stdout", Buffer.from(answer.stdout));
        return answer.end ?? { status: "exited", code: answer.code ?? 0 };
      },
      readFile: refuse,
      close: nothing,
    },
    operator: { available: () => false, ask: refuse },
    http: { request: refuse, followTask: refuse, renewController: refuse, forget: nothing, close: nothing, ...http },
    console: { open: refuse, matches: () => undefined, close: nothing },
    browser: { shoot: refuse, forget: nothing, close: nothing, ...browser },
  };
}
