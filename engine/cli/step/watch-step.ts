import type { Event } from "../../model/event.ts";
import type { Step } from "../../model/plan.ts";
import type { LiveText } from "../../reporters/index.ts";
import { durationWords } from "../../run/index.ts";
import { type Cockpit, keyLines, ruleLine } from "./cockpit.ts";
import { runningView } from "./running-view.ts";
import { nameLine } from "./show-step.ts";
import { KEYS_PAUSING, KEYS_RUNNING, KEYS_STOPPING } from "./step-words.ts";

const REDRAW_MS = 250;

/** A step on the screen while it runs. */
export interface WatchedStep {
  hear(signal: LiveText): void;
  event(event: Event): void;
  /** Ends the step, once; false when that was asked before. */
  stop(): boolean;
  readonly stopped: boolean;
  /** Whether a pause after it was asked for. */
  readonly pausing: boolean;
  /** Somebody else has the terminal meanwhile. */
  alone<T>(act: () => Promise<T>): Promise<T>;
  release(): void;
}

/** Shows what a step says, how long it has taken and how long it may, and hears its keys; Ctrl-C is given to `interrupt`. */
export function watchStep(step: Step, stop: () => void, cockpit: Cockpit, interrupt: () => void): WatchedStep {
  const { screen, keyboard, expected } = cockpit;
  const view = runningView(step, (text) => screen.print(text));
  const begun = performance.now();
  let stopped = false;
  let pausing = false;
  const keys = () => (stopped ? KEYS_STOPPING : pausing ? KEYS_PAUSING : KEYS_RUNNING);
  screen.live((size) => [
    ruleLine(nameLine(step, cockpit.shown.plan), size),
    ...view.lines(size),
    timeLine(step, performance.now() - begun, expected.get(step.id)),
    ...keyLines(keys(), size),
  ]);
  const hearKey = (key: string): void => {
    if (key === "ctrl-c") interrupt();
    else if (key === "p" && !stopped) {
      pausing = !pausing;
      screen.redraw();
    }
  };
  let release = keyboard.listen(hearKey);
  const timer = setInterval(() => screen.redraw(), REDRAW_MS);
  return {
    hear: (signal) => view.hear(signal),
    event: (event) => {
      if (event.type === "attempt-started" && event.purpose === "guard")
        view.note(event.target, `garde #${event.step}`);
      if (event.type === "attempt-started" && event.purpose === "verify")
        view.note(event.target, `vérification #${event.step}`);
      if (event.type === "attempt-started" && event.purpose === "run" && event.step === step.id)
        view.note(event.target, "en cours");
      if (event.type === "attempt-finished" && event.step === step.id)
        view.note(event.target, event.outcome.status === "passed" ? "fini" : event.answer || "échec");
    },
    stop: () => {
      if (stopped) return false;
      stopped = true;
      stop();
      screen.redraw();
      return true;
    },
    get stopped() {
      return stopped;
    },
    get pausing() {
      return pausing;
    },
    alone: async (act) => {
      release();
      try {
        return await screen.alone(act);
      } finally {
        release = keyboard.listen(hearKey);
      }
    },
    release: () => {
      clearInterval(timer);
      release();
      view.end();
      screen.live(undefined);
    },
  };
}

/** `12 s (d’ordinaire 40 s ; au plus 2 min)`. */
function timeLine({ block }: Step, elapsed: number, usual: number | undefined): string {
  const { until, timeout } = block.settings;
  const known = [
    ...(usual === undefined ? [] : [`d’ordinaire ${durationWords(usual)}`]),
    ...(block.kind === "manual" ? [] : [`au plus ${durationWords(until?.within ?? timeout)}`]),
  ];
  const about = known.length === 0 ? "" : ` (${known.join(" ; ")})`;
  return `${elapsed < 1_000 ? "0 s" : durationWords(elapsed - (elapsed % 1_000))}${about}`;
}
