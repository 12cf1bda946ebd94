import type { Timeline } from "../../model/timeline.ts";
import { sampleName, type WatchCondition, type WatchSample, type WatchSpec } from "../../model/watch-spec.ts";
import { ACTION_FAILED, type Ports, type Recorder, type Task } from "../kind.ts";
import { hold } from "./conditions.ts";
import { interruptionsOf } from "./interruptions.ts";
import { seconds } from "./measure-words.ts";
import type { Echo } from "./ping-lines.ts";
import { type EchoClock, streamEchoes } from "./ping-stream.ts";
import { Points, type Taken } from "./points.ts";
import { newsWords } from "./reading-words.ts";
import { ShotTaker } from "./shot-taker.ts";
import { sourceOf } from "./source-of.ts";
import { type PingSample, type Reading, takeSample, unknown } from "./take-sample.ts";
import { TaskFollower } from "./task-follower.ts";
import { warmUp } from "./warm-up.ts";

/** Without another word, a watch does not go on longer after what it accompanies. */
const WITHIN_MS = 5 * 60_000;
/** Machines are not asked more often, however fast a lab's time runs. */
const LEAST_PAUSE_MS = 100;
/** For the measures under way when the action has failed. */
const LAST_LOOK_MS = 2000;

/** What came of a watch. */
export interface Watched {
  readonly timeline: Timeline;
  /** When the last measures were taken, in milliseconds from the start: what waits for its pictures lasts longer. */
  readonly measuredMs: number;
  readonly shots: readonly ShotTaker[];
  /** When `until` held, in milliseconds from the start; null when it never did or was not asked. */
  readonly untilAt: number | null;
  /** When each condition list of `reached` first held, in the order of the expectations. */
  readonly reachedAt: readonly (number | null)[];
}

/** Samples all sources side by side until it is over, its condition holds, or its time is up. Every wait ends with the task's signal. */
export async function watch(spec: WatchSpec, task: Task, ports: Ports, recorder: Recorder): Promise<Watched> {
  return await new Watcher(spec, task, ports, recorder).run();
}

class Watcher {
  readonly #spec: WatchSpec;
  readonly #task: Task;
  readonly #ports: Ports;
  readonly #recorder: Recorder;
  readonly #begun: number;
  readonly #startedAt: string;
  readonly #ended = new AbortController();
  readonly #readings = new Map<string, Reading>();
  readonly #points: ReadonlyMap<string, Points>;
  readonly #followers: ReadonlyMap<string, TaskFollower>;
  readonly #marks: Timeline["marks"] = [];
  readonly #shots: readonly ShotTaker[];
  readonly #reached: readonly (readonly WatchCondition[])[];
  readonly #reachedAt: (number | null)[];
  /** Sources still to be asked since the accompanied step was over: only then is its end seen. */
  #unseen: Set<string> | undefined;
  #overAt = Number.POSITIVE_INFINITY;
  #untilAt: number | null = null;
  #measuredMs = 0;

  constructor(spec: WatchSpec, task: Task, ports: Ports, recorder: Recorder) {
    this.#spec = spec;
    this.#task = task;
    this.#ports = ports;
    this.#recorder = recorder;
    this.#begun = ports.clock.monotonic();
    this.#startedAt = ports.clock.now().toISOString();
    this.#points = new Map(spec.samples.map((sample) => [sampleName(sample), new Points()]));
    this.#followers = new Map(
      spec.samples.flatMap((each) => ("task" in each ? [[sampleName(each), new TaskFollower(each)] as const] : [])),
    );
    this.#shots = spec.shots.map((shot) => new ShotTaker(shot));
    this.#reached = spec.expect.flatMap((each) => ("reached" in each ? [each.reached] : []));
    this.#reachedAt = this.#reached.map(() => null);
  }

  async run(): Promise<Watched> {
    const { lasting, signal } = this.#task;
    const limit = { timer: undefined as NodeJS.Timeout | undefined };
    const end = (): void => this.#ended.abort();
    const over = (): void => {
      if (lasting !== undefined) this.#mark("over", "fin de l’action et de sa vérification");
      this.#unseen = new Set(this.#points.keys());
      this.#overAt = this.#now();
      // What it accompanies did not succeed: the last measures are taken, and what has not come by then will not.
      const failed = lasting?.over.reason === ACTION_FAILED;
      limit.timer = setTimeout(end, failed ? LAST_LOOK_MS : (this.#spec.within ?? WITHIN_MS));
    };
    const measured = (): void => {
      this.#measuredMs = this.#now();
    };
    this.#ended.signal.addEventListener("abort", measured, { once: true });
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
    if (lasting === undefined || lasting.over.aborted) over();
    else lasting.over.addEventListener("abort", over, { once: true });
    try {
      // Where nothing is accompanied, nothing waits for the browser either.
      if (lasting !== undefined) await warmUp(this.#spec.shots, this.#task, this.#ports, this.#ended.signal);
      await Promise.all(
        this.#spec.samples.map((sample) => ("ping" in sample ? this.#ping(sample) : this.#follow(sample))),
      );
      await Promise.all(this.#shots.map((shot) => shot.settled()));
    } finally {
      end();
      clearTimeout(limit.timer);
      signal.removeEventListener("abort", end);
      lasting?.over.removeEventListener("abort", over);
    }
    const [timeline, measuredMs] = [this.#timeline(), this.#measuredMs];
    return { timeline, measuredMs, shots: this.#shots, untilAt: this.#untilAt, reachedAt: this.#reachedAt };
  }

  async #follow(sample: WatchSample): Promise<void> {
    while (!this.#ended.signal.aborted) if ((await this.#ask(sample)) === undefined) return;
  }

  /** One command that goes on; where there is no way to that, or its end came early, an echo by itself. */
  async #ping(sample: PingSample): Promise<void> {
    const { signal } = this.#ended;
    const { timeScale } = this.#task.inventory;
    const name = sampleName(sample);
    const stream = {
      sample,
      everyMs: this.#pause() * timeScale,
      now: () => this.#now(),
      onEcho: ({ sent, took, ...said }: Echo, clock: EchoClock) => {
        if (signal.aborted) return;
        const [at, lasted] = [sent / timeScale, took / timeScale];
        this.#note(name, { at, took: lasted, reading: { ...said, data: undefined }, clock });
        if (at + clock.offset >= this.#overAt) this.#unseen?.delete(name);
        this.#look();
      },
    };
    while (!signal.aborted) {
      const { told, lost } = await streamEchoes(stream, this.#task, this.#ports, signal);
      if (signal.aborted) return;
      if (told && lost !== undefined) this.#note(name, { at: this.#now(), took: 0, reading: unknown(lost) });
      const state = await this.#ask(sample);
      if (state === undefined) return;
      // Its ping answers, but knows no stream.
      if (!told && state !== "unknown") return await this.#follow(sample);
    }
  }

  /** Asks once, and waits until it is time for the next question. Gives undefined when the watch was ended meanwhile. */
  async #ask(sample: WatchSample): Promise<Reading["state"] | undefined> {
    const name = sampleName(sample);
    const at = this.#now();
    const sinceOver = this.#unseen;
    const reading = await takeSample(sample, this.#task, this.#ports, this.#ended.signal, this.#followers.get(name));
    if (reading === undefined) return undefined;
    this.#note(name, { at, took: this.#now() - at, reading });
    // Where nothing could be asked, its end was not seen.
    if (reading.state !== "unknown") sinceOver?.delete(name);
    this.#look();
    const rest = this.#pause() - (this.#now() - at);
    return rest <= 0 || (await this.#rest(rest)) ? reading.state : undefined;
  }

  #pause(): number {
    return Math.max(LEAST_PAUSE_MS, this.#spec.every / this.#task.inventory.timeScale);
  }

  async #rest(ms: number): Promise<boolean> {
    try {
      await this.#ports.clock.sleep(ms, this.#ended.signal);
      return true;
    } catch (error) {
      if (this.#ended.signal.aborted) return false;
      throw error;
    }
  }

  #note(name: string, taken: Taken): void {
    const { at, clock, reading } = taken;
    const news = this.#points.get(name)?.add(taken);
    const told = newsWords(name, reading, this.#readings.get(name), news);
    this.#readings.set(name, reading);
    if (told !== undefined) this.#line(at + (clock?.offset ?? 0), told);
    if ([...this.#points.values()].every(({ length }) => length > 0)) this.#task.lasting?.ready();
  }

  /** What is written as it goes is the same from run to run where the same happens: measured values stand in the time line alone. */
  #mark(type: Timeline["marks"][number]["type"], text: string, detail = ""): void {
    const at = Math.round(this.#now());
    this.#marks.push({ at, type, text: `${text}${detail}` });
    this.#line(at, text);
  }

  #line(at: number, text: string): void {
    this.#recorder.output("stdout", Buffer.from(`+${seconds(at).padStart(9)}  ${text}\n`));
  }

  /** After each sample: what it shows and starts, and whether it ends the watch. */
  #look(): void {
    if (this.#ended.signal.aborted) return;
    for (const [index, conditions] of this.#reached.entries()) {
      if (this.#reachedAt[index] === null && hold(conditions, this.#readings)) this.#reachedAt[index] = this.#now();
    }
    for (const shot of this.#shots) {
      shot.consider(this.#readings, this.#now(), this.#task, this.#ports, this.#recorder, this.#ended.signal, () => {
        const taken = shot.settle(this.#now());
        if (taken !== undefined) this.#mark("shot", `image : ${shot.label}`, `, ${taken}`);
        // A picture that failed waits for the next sample: nothing changed that could make it better.
        this.#endWhenDone();
      });
    }
    this.#endWhenDone();
  }

  #endWhenDone(): void {
    const seenAfter = this.#unseen?.size === 0;
    const { until } = this.#spec;
    if (until !== undefined && seenAfter && this.#untilAt === null && hold(until, this.#readings)) {
      this.#untilAt = this.#now();
      this.#mark("until", "condition d’arrêt atteinte");
    }
    const asked = until !== undefined ? this.#untilAt !== null : this.#task.lasting !== undefined;
    if (seenAfter && asked && !this.#shots.some((shot) => shot.busy(this.#readings))) this.#ended.abort();
  }

  #now(): number {
    return this.#ports.clock.monotonic() - this.#begun;
  }

  #timeline(): Timeline {
    const taken = (name: string) => this.#points.get(name)?.toArray() ?? [];
    const sources = this.#spec.samples.map((sample) => sourceOf(sample, this.#task, taken(sampleName(sample))));
    return {
      version: 1,
      startedAt: this.#startedAt,
      durationMs: Math.round(this.#now()),
      everyMs: this.#pause(),
      timeScale: this.#task.inventory.timeScale,
      sources,
      interruptions: sources.flatMap(interruptionsOf),
      marks: this.#marks,
    };
  }
}
