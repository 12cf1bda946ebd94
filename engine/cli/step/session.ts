import { ProblemError } from "../../base/problem.ts";
import type { Inventory } from "../../model/inventory.ts";
import type { OperatorChoice } from "../../model/operator-event.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { lineReporter, type Reporter } from "../../reporters/index.ts";
import type { Terminal } from "../terminal.ts";
import { expectedTimes } from "./expected-times.ts";
import { openKeyboard } from "./keyboard.ts";
import { StepPilot } from "./pilot.ts";
import { openScreen } from "./screen.ts";

/** A run that a person takes through its steps at this terminal. */
export interface StepSession {
  /** For all that is said meanwhile: it stays above the live lines. */
  readonly terminal: Terminal;
  /** Gives the terminal to who asks something. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  /** An interruption: true when it is not the run's. */
  interrupt(): boolean;
  begin(run: SteppedRun): Promise<Steering>;
  close(): void;
}

/** What is taken through. */
export interface SteppedRun {
  readonly plan: Plan;
  readonly inventory: Inventory;
  /** Where earlier runs lie. */
  readonly output: string;
  mask(text: string, step: Step): string;
  record(step: Step, choice: OperatorChoice): Promise<void>;
}

export interface Steering {
  readonly pilot: StepPilot;
  readonly reporter: Reporter;
}

/** How a run is asked to go: `step` as the command line says, undefined when it does not. */
export interface StepWish {
  readonly step?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly reporter?: string | undefined;
}

/**
 * Whether a person takes the run through its steps: on a terminal, unless they said yes to everything beforehand, chose another view, or
 * a service runs it. Throws STEP_NO_TERMINAL when it is asked for and nobody is there.
 */
export function isStepwise({ step, yes, reporter }: StepWish, terminal: Terminal, env = process.env): boolean {
  if (step === true && !terminal.interactive) {
    throw new ProblemError("STEP_NO_TERMINAL", "--step demande une personne, et il n’y a pas de terminal.", {
      scope: "author",
      hint: "Relancez depuis un terminal, ou sans --step : les étapes s’exécutent alors l’une après l’autre.",
    });
  }
  if (step !== undefined) return step;
  return terminal.interactive && yes !== true && reporter === undefined && !env["CI"];
}

/** Takes the terminal; `close` gives it back. */
export function openStepSession(terminal: Terminal): StepSession {
  const screen = openScreen(terminal);
  const keyboard = openKeyboard();
  const above: Terminal = { ...terminal, out: screen.print, err: screen.print };
  let pilot: StepPilot | undefined;
  return {
    terminal: above,
    alone: (act) => (pilot ?? screen).alone(act),
    interrupt: () => pilot?.interrupt() ?? false,
    begin: async ({ plan, inventory, output, mask, record }) => {
      const steering = new StepPilot({
        screen,
        keyboard,
        shown: { plan, inventory, mask, seenBy: () => ({}) },
        expected: await expectedTimes(output, inventory),
        record,
        bold: (text) => terminal.style("bold", text),
      });
      pilot = steering;
      const lines = lineReporter({ write: screen.print, language: terminal.language }, { verbose: false });
      const reporter: Reporter = {
        event: (event) => {
          steering.event(event);
          lines.event(event);
        },
        live: (text) => steering.hear(text),
        resumed: (events) => {
          for (const event of events) if (event.type === "run-started") steering.event(event);
          lines.resumed?.(events);
        },
      };
      return { pilot: steering, reporter };
    },
    close: screen.close,
  };
}
