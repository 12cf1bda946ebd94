import { isProblem } from "../../base/problem.ts";
import type { Figure } from "../../model/event.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { WatchShot } from "../../model/watch-spec.ts";
import type { ShotResult } from "../../transports/port.ts";
import { fillSpec } from "../browser/fill-spec.ts";
import { keepShot } from "../browser/keep-shot.ts";
import type { Ports, Recorder, Task } from "../kind.ts";
import { conditionWords } from "./condition-words.ts";
import { hold, isOver, type Readings } from "./conditions.ts";
import { seconds } from "./measure-words.ts";
import { readingWords } from "./reading-words.ts";

type PictureFigure = Extract<Figure, { type: "picture" }>;

/** How long a page may take to show what its picture must: it is taken again as long as the moment lasts, and others wait for it. */
const SHOWN_WITHIN_MS = 6_000;

/** One picture of a watch: taken when its condition holds, tried again as long as it holds, until it shows what it must. */
export class ShotTaker {
  readonly shot: WatchShot;
  /** Set once the picture was taken, everything it must show is on it, and its condition held before and after it. */
  figure: PictureFigure | undefined;
  /** When it was last started, in milliseconds of the watch, and what the readings said then. */
  #begun: { readonly at: number; readonly seen: string } | undefined;
  #flying: Promise<void> | undefined;
  #last: readonly Judgement[] = [];
  #trouble: string | undefined;
  #fault: unknown;
  #readings: Readings = new Map();
  #when = "";

  constructor(shot: WatchShot) {
    this.shot = shot;
  }

  get label(): string {
    return this.shot.capture ?? this.shot.view ?? this.shot.open ?? "";
  }

  /** Starts the picture when it is due, at so many milliseconds of the watch; `done` is called when it is there, whatever came of it. */
  consider(
    readings: Readings,
    at: number,
    task: Task,
    ports: Ports,
    recorder: Recorder,
    signal: AbortSignal,
    done: () => void,
  ): void {
    this.#readings = readings;
    if (!this.wanted(readings)) return;
    this.#begun = { at, seen: readingWords(this.shot.when, readings) };
    this.#flying = this.#take(task, ports, recorder, signal)
      .catch((error: unknown) => {
        this.#fault = error;
      })
      .then(() => {
        this.#flying = undefined;
        done();
      });
  }

  /**
   * When a picture was taken and what was measured then, at so many milliseconds of the watch; undefined when there is none. One during which the
   * condition ceased to hold is no picture of that moment.
   */
  settle(at: number): string | undefined {
    if (this.figure === undefined || this.#begun === undefined || this.#when !== "") return undefined;
    const { when } = this.shot;
    const { at: from, seen } = this.#begun;
    const now = readingWords(when, this.#readings);
    if (isOver(when, this.#readings)) {
      this.figure = undefined;
      this.#trouble = `la condition ne tenait plus quand l’image a été finie (${seen} à + ${seconds(from)}, ${now} à + ${seconds(at)})`;
      return undefined;
    }
    this.#when = `entre + ${seconds(from)} (${seen}) et + ${seconds(at)}${now === seen ? "" : ` (${now})`}`;
    const { figure } = this;
    this.figure = { ...figure, judgements: [...figure.judgements, this.judgement()] };
    return this.#when;
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
    const { when } = this.shot;
    const expected = `une image prise quand ${conditionWords(when)} : ${this.label}`;
    if (this.figure !== undefined) return { ok: true, expected, obtained: `prise ${this.#when}` };
    const last = `dernières mesures : ${readingWords(when, this.#readings)}`;
    if (this.#begun === undefined) return { ok: false, expected, obtained: `ce moment n’est jamais venu ; ${last}` };
    const wrong = this.#last.filter(({ ok }) => !ok).map(({ obtained }) => obtained);
    const why = [this.#trouble ?? "l’image ne montrait pas ce qu’il faut", ...wrong, last];
    return { ok: false, expected, obtained: why.join(" ; ") };
  }

  async #take(task: Task, ports: Ports, recorder: Recorder, signal: AbortSignal): Promise<void> {
    const { when: _, capture: __, on: ___, ...spec } = this.shot;
    try {
      const filled = fillSpec(spec, task.values);
      if (!filled.ok) {
        this.#trouble = filled.reason;
        return;
      }
      recorder.progress(`photographie ${this.label}`);
      const node = nodeOfShot(this.shot, task);
      const wanted = { ...filled.spec, within: filled.spec.within ?? SHOWN_WITHIN_MS };
      await this.#keep(await ports.browser.shoot(node, { spec: wanted, signal }), ports, recorder);
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

/** The node whose page is photographed: the one that is named, else the block's own. */
export function nodeOfShot({ on }: Pick<WatchShot, "on">, { target, inventory }: Task): InventoryNode | undefined {
  if (on === undefined && target.type === "node") return target.node;
  return inventory.nodes.find(({ name }) => name === on);
}
