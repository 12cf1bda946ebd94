import type { RunFolder, RunRecord } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import { type LivePlan, otherNodes, type Protection, probeEnclosures, readOnlyPorts } from "../live/index.ts";
import type { Event, EventBody, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import { executePlan } from "../run/index.ts";
import type { Composition } from "./compose.ts";
import type { Prepared } from "./prepare-plan.ts";
import { keepSources, runStarted } from "./run-started.ts";
import { VERSION } from "./version.ts";

export interface LiveExecution {
  readonly folder: RunFolder;
  readonly live: LivePlan;
  readonly protection: readonly Protection[];
  /** The run that is held against the machines, the head of its journal, and the inventory that it kept. */
  readonly record: RunRecord;
  readonly head: string;
  readonly recorded: Inventory | undefined;
  readonly prepared: Prepared;
  readonly parts: Composition;
  readonly trust: boolean;
  readonly otherNodes: boolean;
  readonly signal: AbortSignal;
  progress(text: string): void;
}

/** Asks the checks, keeps what came back; no step is taken on machines that are others than the recorded ones, unless that is agreed to. */
export async function executeLive(
  execution: LiveExecution,
): Promise<{ readonly events: readonly Event[]; readonly others: readonly Finding[] }> {
  const { folder, live, protection, record, head, recorded, prepared, parts, trust, signal } = execution;
  const { clock, redactor, secret, ports, pins, firstContacts } = parts;
  const plan = { ...prepared, plan: live.plan };
  const events: Event[] = [];
  const others: Finding[] = [];
  const emit = async (body: EventBody): Promise<void> => {
    events.push(await folder.append(body, clock.now()));
  };
  const bare = new Set(protection.flatMap(({ target, state }) => (state === "analysis-only" ? [target] : [])));
  const keys = { recorded: pinnedKeys(recorded), now: pinnedKeys(prepared.inventory) };
  const asked = new Set(live.plan.steps.flatMap(({ targets }) => targets));
  try {
    await keepSources(folder, plan);
    await emit(await runStarted(folder.run, plan, undefined, { run: record.run, head }));
    await folder.commit();
    const finished = await executePlan({
      plan: live.plan,
      inventory: prepared.inventory,
      kinds: KINDS,
      ports: readOnlyPorts(ports, { bare, trust }),
      ...{ pins, firstContacts, folder, clock, redactor, secret, emit },
      elsewhere: live.elsewhere,
      admits: () => {
        for (const each of otherNodes(record.events, events, keys, asked))
          others.push(execution.otherNodes ? { ...each, severity: "note" } : each);
        return !others.some(({ severity }) => severity === "error");
      },
      signal,
      cleanupSignal: signal,
      confirm: async () => false,
      live: (said) => {
        if (said.type === "progress")
          execution.progress(`${said.target} ${said.step === "" ? "" : `#${said.step} `}: ${said.text}`);
      },
    });
    const { counts, placeholders, interrupted } = finished;
    await folder.finish({ run: folder.run, engine: VERSION, counts, placeholders, interrupted });
    return { events, others };
  } finally {
    await folder.abandon();
  }
}

/** Asks for an enclosure on the targets that scripts of the run's checks were sent to. */
export async function protect(
  { inventory }: Prepared,
  { steps }: RunStarted,
  { ports }: Composition,
  signal: AbortSignal,
): Promise<readonly Protection[]> {
  const asked = steps.filter(({ kind, role }) => kind === "shell" && role === "check");
  const targets = new Set(asked.flatMap(({ targets: own }) => own));
  const nodes = inventory.nodes.filter(({ name, ssh }) => targets.has(name) && ssh !== undefined);
  return await probeEnclosures(nodes, targets.has("local"), ports.shell, signal);
}

/** Keys that only the machine itself has: of its host, and of its web service. */
function pinnedKeys(inventory: Inventory | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map(
    (inventory?.nodes ?? []).map(({ name, ssh, pve }) => [
      name,
      [...(ssh?.hostKeys ?? []), ...(pve?.fingerprint === undefined ? [] : [pve.fingerprint])],
    ]),
  );
}
