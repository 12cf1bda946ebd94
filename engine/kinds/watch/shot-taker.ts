import { isProblem } from "../../base/problem.ts";
import type { Figure } from "../../model/event.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { WatchShot } from "../../model/watch-spec.ts";
import type { ShotResult } from "../../transports/port.ts";
import { fillSpec } from "../browser/fill-spec.ts";
import { keepShot } from "../browser/keep-shot.ts";
import type { Ports, Recorder, Task } from "../kind.ts";
import { conditionWords } from "./condition-words.ts";
import { hold, type Readings } from "./conditions.ts";

/** One picture of a watch: taken when its condition holds, tried again as long as it holds, until it shows what it must. */
export class ShotTaker {
  readonly shot: WatchShot;
  /** Set once the picture was taken and everything it must show is on it. */
  figure: Figure | undefined;
  #seen = false;
  #flying: Promise<void> | undefined;
  #last: readonly Judgement[] = [];
  #trouble: string | undefined;
  #fault: unknown;

  constructor(shot: WatchShot) {
    this.shot = shot;
  }

  get label(): string {
    return this.shot.capture ?? this.shot.view ?? this.shot.open ?? "";
  }

  /** Starts the picture when it is due; `done` is called when it is settled, whatever came of it. */
  consider(
    readings: Readings,
    task: Task,
    ports: Ports,
    recorder: Recorder,
    signal: AbortSignal,
    done: () => void,
  ): void {
    if (!this.wanted(readings)) return;
    this.#seen = true;
    this.#flying = this.#take(task, ports, recorder, signal)
      .catch((error: unknown) => {
        this.#fault = error;
      })
      .then(() => {
        this.#flying = undefined;
        done();
      });
  }

  /** True while a picture is being taken, or is due. */
  busy(readings: Readings): boolean {
    return this.#flying !== undefined || this.wanted(readings);
  }

  wanted(readings: Readings): boolean {
    return (
      this.figure === undefined &&
      this.#fault === undefined &&
      this.#flying === undefined &&
      hold(this.shot.when, readings)
    );
  }

  /** Throws what went wrong in this program. */
  async settled(): Promise<void> {
    await this.#flying;
    if (this.#fault !== undefined) throw this.#fault;
  }

  judgement(): Judgement {
    const expected = `une image prise quand ${conditionWords(this.shot.when)} : ${this.label}`;
    if (this.figure !== undefined) return { ok: true, expected, obtained: "prise à ce moment-là" };
    if (!this.#seen) return { ok: false, expected, obtained: "ce moment n’est jamais venu" };
    const wrong = this.#last.filter(({ ok }) => !ok).map(({ obtained }) => obtained);
    return {
      ok: false,
      expected,
      obtained: [this.#trouble ?? "l’image ne montrait pas ce qu’il faut", ...wrong].join(" ; "),
    };
  }

  async #take(task: Task, ports: Ports, recorder: Recorder, signal: AbortSignal): Promise<void> {
    const { when: _, capture: __, on, ...spec } = this.shot;
    try {
      const filled = fillSpec(spec, task.values);
      if (!filled.ok) {
        this.#trouble = filled.reason;
        return;
      }
      recorder.progress(`photographie ${this.label}`);
      const named = task.inventory.nodes.find(({ name }) => name === on);
      const node = on === undefined && task.target.type === "node" ? task.target.node : named;
      await this.#keep(await ports.browser.shoot(node, { spec: filled.spec, signal }), ports, recorder);
    } catch (error) {
      if (signal.aborted) this.#trouble = "arrêtée avant la fin";
      else if (isProblem(error)) this.#trouble = error.message;
      else throw error;
    }
  }

  async #keep(result: ShotResult, ports: Ports, recorder: Recorder): Promise<void> {
    const at = ports.clock.now().toISOString();
    this.#last = result.shot?.judgements ?? [];
    this.#trouble =
      result.status === "unsettled"
        ? `la page n’est pas devenue ce qui est demandé : ${result.unmet.join(" ; ")}`
        : undefined;
    if (result.status === "unsettled" || this.#last.some(({ ok }) => !ok)) return;
    const { width, height, scale, url, alternative, judgements } = result.shot;
    const picture = await keepShot(result.shot, recorder);
    this.figure = { type: "picture", picture, width, height, scale, url, alternative, judgements, at };
  }
}
