import { StringDecoder } from "node:string_decoder";
import { isProblem } from "../../base/problem.ts";
import type { Ports, Task } from "../kind.ts";
import { type Echo, PingLines } from "./ping-lines.ts";
import { type PingSample, pingPlace } from "./take-sample.ts";

/** Not `exec`: a shell that stays can be ended with its whole group all the same. */
const PING = 'LC_ALL=C ping -n -D -O -i "$constat_every" -W 1 "$constat_address"';

/** The clock of the machine that pings, against the watch's own. */
export interface EchoClock {
  /** What to add to a machine's time in the watch's milliseconds to get the watch's time; smaller as faster lines come by. */
  offset: number;
}

/** A stream of echoes of one sample. */
export interface EchoStream {
  readonly sample: PingSample;
  /** Between two echoes, in the machine's own time. */
  readonly everyMs: number;
  /** The watch's time, in milliseconds. */
  now(): number;
  onEcho(echo: Echo, clock: EchoClock): void;
}

/** How it ended: whether it told of an echo, and why it was lost, if it was. */
export interface EchoStreamEnd {
  readonly told: boolean;
  readonly lost: string | undefined;
}

/**
 * One ping that goes on until the signal, each echo told as it is known. How late its lines come by does not count: their times are
 * ping's own. It tells of none when there is no way to that machine now, or its ping is another one.
 */
export async function streamEchoes(
  stream: EchoStream,
  task: Task,
  ports: Ports,
  signal: AbortSignal,
): Promise<EchoStreamEnd> {
  const { sample, everyMs, now, onEcho } = stream;
  const { timeScale } = task.inventory;
  const place = pingPlace(sample, task);
  if ("state" in place) return { told: false, lost: place.reason };
  const lines = new PingLines(everyMs);
  const text = new StringDecoder("utf8");
  const clock: EchoClock = { offset: Number.POSITIVE_INFINITY };
  const done = new AbortController();
  let told = false;
  const read = (chunk: Buffer): void => {
    const echoes = lines.read(text.write(chunk));
    if (lines.clock > 0) clock.offset = Math.min(clock.offset, now() - lines.clock / timeScale);
    for (const echo of echoes) {
      told = true;
      onEcho(echo, clock);
    }
    if (lines.putBack) done.abort();
  };
  try {
    const end = await ports.shell.run(place, {
      interpreter: "sh",
      script: PING,
      environment: { constat_address: sample.ping, constat_every: String(everyMs / 1_000) },
      answers: [],
      signal: AbortSignal.any([signal, done.signal]),
      onOutput: (stream, chunk) => {
        if (stream === "stdout") read(chunk);
      },
    });
    return { told, lost: end.status === "lost" ? end.reason : undefined };
  } catch (error) {
    if (signal.aborted) return { told, lost: undefined };
    if (!isProblem(error)) throw error;
    return { told, lost: error.message };
  }
}
