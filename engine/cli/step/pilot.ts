import type { Event } from "../../model/event.ts";
import type { OperatorChoice } from "../../model/operator-event.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Plan, Step } from "../../model/plan.ts";
import type { LiveText } from "../../reporters/index.ts";
import type { Move, Pilot, Situation } from "../../run/index.ts";
import { type Cockpit, keyLines, ruleLine } from "./cockpit.ts";
import { wrapText } from "./fit-text.ts";
import { choose, TO_THE_END } from "./menu.ts";
import { headingOf, nameLine, stepLines } from "./show-step.ts";
import { KEYS_AFTER, KEYS_BEFORE, KEYS_CONFIRM } from "./step-words.ts";
import { type WatchedStep, watchStep } from "./watch-step.ts";

function titleOf(step: Step, outcome: Outcome | undefined, plan: Plan): string {
  if (outcome === undefined) return nameLine(step, plan);
  const stopped = outcome.status === "errored" && outcome.code === "INTERRUPTED";
  return stopped ? `#${step.id} est arrêtée` : `#${step.id} n’a pas abouti`;
}

/** A person at the terminal who takes a run through its steps. */
export class StepPilot implements Pilot {
  readonly #cockpit: Cockpit;
  /** Until when nobody is asked. */
  #until: string | undefined;
  #pauseAsked = false;
  #running: { readonly step: Step; readonly watched: WatchedStep } | undefined;
  #heading = "";
  #shown: string | undefined;
  /** Texts as they were last edited, by step. */
  readonly #edited = new Map<string, string>();
  #recorded: Promise<unknown> = Promise.resolve();
  /** An editor has the terminal. */
  #busy = false;

  constructor(cockpit: Cockpit) {
    this.#cockpit = cockpit;
  }

  async next(situation: Situation, signal: AbortSignal): Promise<Move> {
    await this.#recorded;
    const { step, outcome } = situation;
    if (outcome === undefined && (await this.#goesOn(situation))) return { type: "run" };
    this.#until = undefined;
    if (outcome === undefined) this.#show(situation, false);
    try {
      for (;;) {
        this.#cockpit.screen.live((size) => [
          ruleLine(titleOf(step, outcome, this.#plan), size),
          ...keyLines(outcome === undefined ? KEYS_BEFORE : KEYS_AFTER, size),
        ]);
        const key = await this.#cockpit.keyboard.key(signal);
        if (key === "t" || key === "ctrl-l") this.#show(situation, key === "t");
        this.#busy = true;
        const chosen = await choose(key, situation, this.#edited, this.#cockpit, signal);
        this.#busy = false;
        if (chosen === undefined) continue;
        this.#cockpit.screen.live(undefined);
        this.#until = chosen.until;
        await this.#cockpit.record(step, chosen.choice);
        return chosen.move;
      }
    } catch (error) {
      if (signal.aborted) return { type: "stop" };
      throw error;
    } finally {
      this.#busy = false;
      this.#cockpit.screen.live(undefined);
    }
  }

  watch(step: Step, stop: () => void): () => void {
    if (this.#shown !== step.id) this.#cockpit.screen.print(`${this.#titled(step)}${nameLine(step, this.#plan)}\n`);
    this.#shown = undefined;
    const watched = watchStep(step, stop, this.#cockpit, () => process.emit("SIGINT"));
    this.#running = { step, watched };
    return () => {
      watched.release();
      this.#pauseAsked = watched.pausing;
      this.#running = undefined;
    };
  }

  hear(signal: LiveText): void {
    if (this.#running !== undefined) this.#running.watched.hear(signal);
    else if (signal.type === "progress") this.#cockpit.screen.print(`  ${signal.target} : ${signal.text}\n`);
  }

  event(event: Event): void {
    this.#running?.watched.event(event);
    if (event.type !== "step-started" || this.#running !== undefined) return;
    // Nobody is asked about the clean-up; who waits for it sees that it goes on.
    const step = this.#plan.steps.find(({ id, leftOut }) => id === event.step && leftOut === undefined);
    if (step?.block.settings.cleanup === true)
      this.#cockpit.screen.print(`Nettoyage : ${nameLine(step, this.#plan)}\n`);
  }

  /** An interruption: true when it is the step's alone, or of who has the terminal just now; false when the run is meant. */
  interrupt(): boolean {
    if (this.#busy) return true;
    if (this.#running?.watched.stop() !== true) return false;
    const { step } = this.#running;
    this.#cockpit.screen.print("  Interruption : l’étape est arrêtée. Encore une fois pour arrêter l’exécution.\n");
    this.#recorded = this.#cockpit.record(step, { what: "interrupted" });
    return true;
  }

  /** Gives the terminal to who asks something in the middle of a step. */
  async alone<T>(act: () => Promise<T>): Promise<T> {
    return await (this.#running?.watched ?? this.#cockpit.screen).alone(act);
  }

  /** Asks before a destructive step; only « o » says yes. */
  async confirm(step: Step, question: string, signal: AbortSignal): Promise<boolean> {
    const agreed = await this.alone(() => this.#confirmed(step, question, signal)).catch((error: unknown) => {
      if (signal.aborted) return false;
      throw error;
    });
    if (signal.aborted) return false;
    const choice: OperatorChoice = { what: agreed ? "confirmed" : "declined", question };
    await this.#cockpit.record(step, choice);
    return agreed;
  }

  async #confirmed(step: Step, question: string, signal: AbortSignal): Promise<boolean> {
    const { screen, keyboard } = this.#cockpit;
    const { size } = screen;
    const text = [...wrapText(`#${step.id} : ${question}`, size.columns - 1), ...keyLines(KEYS_CONFIRM, size)];
    screen.print(`${text.join("\n")}\n`);
    for (;;) {
      const key = await keyboard.key(signal);
      if (key === "o" || key === "y") return true;
      if (key === "n") return false;
      // The step is stopped by it, and the signal ends the question.
      if (key === "ctrl-c") process.emit("SIGINT");
    }
  }

  get #plan() {
    return this.#cockpit.shown.plan;
  }

  /** Whether the step is taken without a question. */
  async #goesOn({ step, line }: Situation): Promise<boolean> {
    const until = this.#until;
    if (until === undefined) return false;
    if (this.#pauseAsked) {
      this.#pauseAsked = false;
      await this.#cockpit.record(step, { what: "paused" });
      return false;
    }
    return until === TO_THE_END || line.indexOf(step) <= line.findIndex(({ id }) => id === until);
  }

  #show(situation: Situation, whole: boolean): void {
    const { screen, shown } = this.#cockpit;
    const { step, seenBy } = situation;
    const lines = stepLines(step, { ...shown, seenBy }, screen.size, whole);
    screen.print(`${this.#titled(step)}\n${lines.join("\n")}\n`);
    this.#shown = step.id;
  }

  /** The titles above a step, where they are not those of the step before. */
  #titled(step: Step): string {
    const heading = headingOf(step, this.#plan);
    if (heading === this.#heading) return "";
    this.#heading = heading;
    return `\n${this.#cockpit.bold(heading)}\n`;
  }
}
