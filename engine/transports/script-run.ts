import { randomBytes } from "node:crypto";
import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import { MarkerGate, Noise } from "./marker-gate.ts";
import type { ShellEnd, ShellRequest } from "./port.ts";
import { PromptWatch } from "./prompt-watch.ts";
import type { OutputSink, ScriptHost, ScriptProcess } from "./script-process.ts";
import { scriptLines, wrapperArgv } from "./script-wrapper.ts";

/** What may be waited for around a script, in milliseconds. */
export interface ScriptPatience {
  /** A question nobody answers, shown for this long, ends the script. */
  readonly question: number;
}

/** After the exit status, how long silence means that no more output is coming, and the longest wait for it. */
const SILENCE_MS = 200;
const DRAIN_MS = 5_000;
/** How long an aborted script is waited for: TERM, then KILL after two seconds. */
const STOP_MS = 3_000;
/** Programs print their question, then silence the echo: what is typed in between would be shown. */
const TYPE_DELAY_MS = 100;

/** A word that no output holds by chance. */
export function newMarker(): string {
  return `constat-${randomBytes(16).toString("hex")}`;
}

/** Runs one script in a process of its own. Throws ProblemError SHELL_UNUSABLE, SHELL_NOT_STARTED or PROMPT_UNANSWERED; the host's own besides. */
export async function runScript(
  host: ScriptHost,
  request: ShellRequest,
  clock: Clock,
  patience: ScriptPatience,
): Promise<ShellEnd> {
  const lines = scriptLines(request.script, request.environment);
  if (request.signal.aborted) return { status: "stopped" };
  const run = new ScriptRun(request, lines, clock);
  const argv = wrapperArgv(request.pty === undefined ? "piped" : "terminal", request.interpreter, run.marker);
  const process = await host.start(argv, request.pty, run.sink, request.signal).catch((error: unknown) => {
    if (request.signal.aborted) return undefined;
    throw error;
  });
  if (process === undefined) return { status: "stopped" };
  try {
    return await run.follow(process, host, patience);
  } finally {
    process.close();
  }
}

class ScriptRun {
  readonly marker = newMarker();
  readonly #request: ShellRequest;
  readonly #lines: string;
  readonly #clock: Clock;
  readonly #noise = new Noise();
  readonly #gates: Record<"stdout" | "stderr", MarkerGate | undefined>;
  readonly #watch: PromptWatch | undefined;
  readonly #started = Promise.withResolvers<number>();
  readonly #over = new AbortController();
  #process: ScriptProcess | undefined;
  #ready = false;
  #pid: number | undefined;
  #lastOutput: number;

  constructor(request: ShellRequest, lines: string, clock: Clock) {
    this.#request = request;
    this.#lines = lines;
    this.#clock = clock;
    this.#lastOutput = clock.monotonic();
    const noise = (chunk: Buffer) => this.#noise.add(chunk);
    this.#gates = { stdout: new MarkerGate(this.marker, noise), stderr: new MarkerGate(this.marker, noise) };
    if (request.pty !== undefined) {
      // A terminal has one stream; what arrives apart from it comes from the server, before the program.
      this.#gates.stderr = undefined;
      this.#watch = new PromptWatch(request.answers);
    }
  }

  readonly sink: OutputSink = (stream, chunk) => {
    this.#lastOutput = this.#clock.monotonic();
    const gate = this.#gates[stream];
    if (gate === undefined) {
      this.#deliver(stream, chunk);
      return;
    }
    const line = gate.feed(chunk);
    if (line === undefined) return;
    if (stream === "stdout" && this.#request.pty !== undefined && !this.#ready) {
      this.#ready = true;
      this.#process?.write(this.#lines);
      if (line.rest.length > 0) this.sink(stream, line.rest);
      return;
    }
    this.#gates[stream] = undefined;
    if (stream === "stdout") this.#begin(Number(line.text));
    if (line.rest.length > 0) this.#deliver(stream, line.rest);
  };

  async follow(process: ScriptProcess, host: ScriptHost, patience: ScriptPatience): Promise<ShellEnd> {
    this.#process = process;
    if (this.#request.pty === undefined) {
      process.write(this.#lines);
      process.endInput();
    } else if (this.#ready) process.write(this.#lines);
    const stop = Promise.withResolvers<"stop">();
    const onAbort = () => stop.resolve("stop");
    this.#request.signal.addEventListener("abort", onAbort, { once: true });
    if (this.#request.signal.aborted) onAbort();
    try {
      const first = await Promise.race([process.ended, stop.promise, this.#unanswered(patience)]);
      if (first === "stop") {
        const end = await this.#stop(process);
        // A machine that answers nothing any more is not to blame for its start files.
        if (this.#pid === undefined && end.status === "stopped")
          throw neverBegun(host.label, this.#noise.lastLine(), this.marker);
        return end;
      }
      if (typeof first === "string") {
        await this.#stop(process);
        throw unanswered(host.label, first);
      }
      await this.#drain(process);
      if (this.#pid === undefined && first.status !== "lost") throw unusable(host, first, this.#noise.lastLine());
      return first;
    } finally {
      this.#request.signal.removeEventListener("abort", onAbort);
      this.#over.abort();
    }
  }

  #begin(pid: number): void {
    this.#pid = pid;
    this.#started.resolve(pid);
  }

  #deliver(stream: "stdout" | "stderr", chunk: Buffer): void {
    if (this.#over.signal.aborted) return;
    this.#request.onOutput(stream, chunk);
    const answer = this.#pid === undefined ? undefined : this.#watch?.feed(chunk);
    if (answer !== undefined) void this.#type(answer);
  }

  async #type(answer: string): Promise<void> {
    await this.#clock.sleep(TYPE_DELAY_MS, this.#over.signal).then(
      () => this.#process?.write(`${answer}\r`),
      () => undefined,
    );
  }

  /** Resolves with the question that has been on the terminal for too long without an answer. */
  async #unanswered(patience: ScriptPatience): Promise<string> {
    const watch = this.#watch;
    while (watch !== undefined && !this.#over.signal.aborted) {
      const wait = Math.max(50, this.#lastOutput + patience.question - this.#clock.monotonic());
      await this.#clock.sleep(wait, this.#over.signal).catch(() => undefined);
      const question = watch.question();
      const quiet = this.#clock.monotonic() - this.#lastOutput;
      if (question !== undefined && quiet >= patience.question && !this.#over.signal.aborted) return question;
      if (quiet >= patience.question)
        await this.#clock.sleep(patience.question, this.#over.signal).catch(() => undefined);
    }
    return await new Promise<never>(() => {});
  }

  async #stop(process: ScriptProcess): Promise<ShellEnd> {
    const deadline = new AbortController();
    const tooLong = this.#clock.sleep(STOP_MS, deadline.signal).catch(() => undefined);
    try {
      // Aborted before the program said who it is: it may be about to start, so its number is worth a short wait.
      const pid = await Promise.race([this.#started.promise, process.ended, tooLong]);
      if (typeof pid === "number") process.killGroup(pid);
      await Promise.race([process.ended, tooLong]);
      return { status: "stopped" };
    } finally {
      deadline.abort();
    }
  }

  async #drain(process: ScriptProcess): Promise<void> {
    const done = new AbortController();
    const drained = process.drained.then(() => done.abort());
    const since = this.#clock.monotonic();
    this.#lastOutput = since;
    while (!done.signal.aborted && this.#clock.monotonic() - since < DRAIN_MS) {
      const quiet = this.#clock.monotonic() - this.#lastOutput;
      if (quiet >= SILENCE_MS) return;
      await Promise.race([drained, this.#clock.sleep(SILENCE_MS - quiet, done.signal).catch(() => undefined)]);
    }
  }
}

function unusable({ label, refusal }: ScriptHost, end: ShellEnd, lastLine: string): ProblemError {
  const known = refusal?.(lastLine);
  if (known !== undefined) return known;
  const how = end.status === "exited" ? `code ${end.code}` : end.status;
  const said = lastLine === "" ? "sans rien dire" : `en disant « ${lastLine} »`;
  return new ProblemError("SHELL_UNUSABLE", `Le shell de ${label} s’est terminé avant le script (${how}), ${said}.`, {
    scope: "environment",
    hint: "Vérifiez que ce compte a un shell de connexion qui permet d’exécuter bash, et que bash y est installé.",
  });
}

/**
 * sshd gives no way to end what runs before the script: as root it refuses signals, without a terminal it hangs nothing up, and another
 * channel would meet the same start files. The marker in its arguments tells which process it is.
 */
function neverBegun(label: string, lastLine: string, marker: string): ProblemError {
  const said = lastLine === "" ? "" : ` Il disait « ${lastLine} ».`;
  return new ProblemError(
    "SHELL_NOT_STARTED",
    `Le shell de connexion de ${label} n’a pas commencé le script : ce qu’il lit d’abord (~/.bashrc) attend ou ne finit pas.${said}`,
    {
      scope: "environment",
      hint: `Rendez ~/.bashrc silencieux hors d’un terminal, et terminez sur ${label} ce qu’il a laissé, depuis sa console : pkill -KILL -s $(pgrep -o -f ${marker})`,
    },
  );
}

function unanswered(label: string, question: string): ProblemError {
  return new ProblemError(
    "PROMPT_UNANSWERED",
    `Sur ${label}, la commande attend une réponse que le bloc ne donne pas : « ${question} ».`,
    {
      scope: "author",
      hint: "Ajoutez à `answers` une entrée dont `prompt` reconnaît cette question.",
    },
  );
}
