import type { Clock } from "../base/clock.ts";
import type { Redactor } from "../base/redact.ts";
import type { RunFolder } from "../evidence/index.ts";
import type { Kind, Ports } from "../kinds/kind.ts";
import type { EventBody, FirstContact } from "../model/event.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Plan, Step } from "../model/plan.ts";
import type { KindName } from "../model/runbook.ts";
import type { TlsPins } from "../transports/port.ts";
import type { Pilot } from "./pilot.ts";

/** What a person sees while a step runs; never evidence. */
export type LiveSignal =
  | {
      readonly type: "output";
      readonly step: string;
      readonly target: string;
      readonly stream: "stdout" | "stderr";
      readonly text: string;
    }
  | { readonly type: "progress"; readonly step: string; readonly target: string; readonly text: string };

/** What other steps had saved in an earlier run. */
export interface Elsewhere {
  readonly values: readonly { readonly target: string; readonly values: Readonly<Record<string, string>> }[];
  readonly savedBy: ReadonlyMap<string, string>;
}

/** Everything that acting needs, handed down by the composition. */
export interface RunContext {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly kinds: Readonly<Record<KindName, Kind>>;
  readonly ports: Ports;
  readonly pins: TlsPins;
  /** Certificates of controllers that were taken without a pin since this was last asked. */
  firstContacts(): readonly FirstContact[];
  readonly folder: RunFolder;
  /** Values of steps that are not in the plan: those that are known, and which step saved each. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Asked once the nodes said who they are; no step is taken when the answer is no. */
  admits?(): boolean;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** Aborted by the first interruption: the current step ends, no other begins. */
  readonly signal: AbortSignal;
  /** Aborted by the second: clean-up steps end too. */
  readonly cleanupSignal: AbortSignal;
  secret(name: string, signal: AbortSignal): Promise<string>;
  /** Asks before a destructive step; false when no person is there and nobody said yes beforehand, or when the signal came first. */
  confirm(step: Step, question: string, signal: AbortSignal): Promise<boolean>;
  /** Journals an event, then shows it to the reporters. */
  emit(body: EventBody): Promise<void>;
  live(signal: LiveSignal): void;
  /** Who says what comes next; nobody does in a run that goes by itself. */
  readonly pilot?: Pilot | undefined;
}

/** A step that goes on while others run. */
export interface BackgroundStep {
  /** Ends it and waits until its outcome is journalled. */
  stop(): Promise<void>;
}

/** What is known of the run so far: outcomes by step and values saved by step and target. */
export interface RunState {
  readonly outcomes: Map<string, Outcome>;
  readonly saved: SavedValues;
  /** Attempt numbers are given out over the whole run. */
  nextAttempt(): number;
  /** The first step that failed: later actions do not run on a machine in an unknown state. */
  stoppedBy: string | undefined;
  /** Machines that did not answer at all, by target and door, with the step that asked in vain. */
  readonly away: Map<string, string>;
  readonly filled: Set<string>;
  /** Steps that go on in the background, by id. */
  readonly running: Map<string, BackgroundStep>;
  /** Outcomes of the time before the run was resumed, until each has been looked at again. */
  readonly before: Map<string, Outcome>;
  /** Steps whose attempt was cut short then: what it did is unknown. */
  readonly cut: ReadonlySet<string>;
}

/** Values by name and target; a value saved on one target only is everybody's. */
export class SavedValues {
  readonly #values = new Map<string, Map<string, string>>();

  save(target: string, values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) {
      const byTarget = this.#values.get(name) ?? new Map<string, string>();
      byTarget.set(target, value);
      this.#values.set(name, byTarget);
    }
  }

  /** What a step on `target` sees: its own values, those that only one target saved, and all as `name.target`. */
  seenBy(target: string): Readonly<Record<string, string>> {
    const seen: Record<string, string> = {};
    for (const [name, byTarget] of this.#values) {
      for (const [owner, value] of byTarget) seen[`${name}.${owner}`] = value;
      const own = byTarget.get(target);
      const [only] = byTarget.size === 1 ? byTarget.values() : [];
      const value = own ?? only;
      if (value !== undefined) seen[name] = value;
    }
    return seen;
  }
}
