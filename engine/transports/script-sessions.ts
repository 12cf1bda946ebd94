import type { Clock } from "../base/clock.ts";
import { ProblemError } from "../base/problem.ts";
import { MarkerGate, Noise } from "./marker-gate.ts";
import type { ShellEnd, ShellRequest } from "./port.ts";
import type { OutputSink, ScriptHost, ScriptProcess } from "./script-process.ts";
import { newMarker } from "./script-run.ts";
import { scriptLines, wrapperArgv } from "./script-wrapper.ts";

const STOP_MS = 3_000;
const DRAIN_MS = 200;

/** Shells that live from block to block, one per target, session name and interpreter. */
export interface ScriptSessions {
  /** Runs a block in its session. `exit` in a block ends the session and is that block's end; the next one starts a new shell. */
  run(host: ScriptHost, name: string, request: ShellRequest): Promise<ShellEnd>;
  close(): Promise<void>;
}

/** No session is open at first. Throws ProblemError SESSION_UNSUPPORTED for a block that also wants a terminal. */
export function createScriptSessions(clock: Clock): ScriptSessions {
  const open = new Map<string, Session>();
  return {
    run: async (host, name, request) => {
      if (request.pty !== undefined) {
        throw new ProblemError(
          "SESSION_UNSUPPORTED",
          `Le bloc demande un terminal dans la session « ${name} » de ${host.label}.`,
          {
            scope: "author",
            hint: "Retirez `session` ou `pty` de ce bloc : une session garde son shell sur des tubes.",
          },
        );
      }
      const lines = scriptLines(request.script, request.environment);
      if (request.signal.aborted) return { status: "stopped" };
      const key = JSON.stringify([host.label, name, request.interpreter]);
      let session = open.get(key);
      if (session === undefined || session.over) {
        session = new Session(clock);
        open.set(key, session);
        try {
          await session.start(host, request);
        } catch (error) {
          open.delete(key);
          if (request.signal.aborted) return { status: "stopped" };
          throw error;
        }
      }
      return await session.run(request, lines);
    },
    close: async () => {
      for (const session of open.values()) session.close();
      open.clear();
    },
  };
}

class Session {
  over = false;
  readonly #clock: Clock;
  readonly #marker = newMarker();
  readonly #noise = new Noise();
  #process: ScriptProcess | undefined;
  #pid: number | undefined;
  #deliver: (stream: "stdout" | "stderr", chunk: Buffer) => void;
  #marked: (stream: "stdout" | "stderr", text: string) => void = () => {};
  #turn: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#deliver = (_stream, chunk) => this.#noise.add(chunk);
  }

  async start(host: ScriptHost, request: ShellRequest): Promise<void> {
    const started = Promise.withResolvers<"started">();
    const seen = new Set<string>();
    this.#marked = (stream, text) => {
      if (stream === "stdout") this.#pid = Number(text);
      seen.add(stream);
      if (seen.size === 2) started.resolve("started");
    };
    const argv = wrapperArgv("session", request.interpreter, this.#marker);
    const process = await host.start(argv, undefined, this.#sink(), request.signal);
    this.#process = process;
    void process.ended.then(() => {
      this.over = true;
    });
    const aborted = abortion(request.signal);
    try {
      const first = await Promise.race([started.promise, process.ended, aborted.promise]);
      if (first === "started") return;
      this.close();
      if (first === "aborted") throw request.signal.reason;
      const known = host.refusal?.(this.#noise.lastLine());
      if (known !== undefined) throw known;
      throw new ProblemError(
        "SHELL_UNUSABLE",
        `Le shell de ${host.label} s’est terminé avant la session : « ${this.#noise.lastLine()} ».`,
        {
          scope: "environment",
          hint: "Vérifiez que ce compte a un shell de connexion qui permet d’exécuter bash, et que bash y est installé.",
        },
      );
    } finally {
      aborted.release();
    }
  }

  /** One block after the other, in the order in which they were asked. */
  run(request: ShellRequest, lines: string): Promise<ShellEnd> {
    const turn = this.#turn.then(() => this.#one(request, lines));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  close(): void {
    this.over = true;
    this.#process?.close();
  }

  async #one(request: ShellRequest, lines: string): Promise<ShellEnd> {
    const process = this.#process;
    if (request.signal.aborted || process === undefined) return { status: "stopped" };
    const finished = Promise.withResolvers<ShellEnd>();
    const seen = new Map<string, string>();
    this.#deliver = (stream, chunk) => request.onOutput(stream, chunk);
    this.#marked = (stream, text) => {
      seen.set(stream, text);
      const code = seen.get("stdout");
      if (code !== undefined && seen.has("stderr"))
        finished.resolve({ status: "exited", code: Number(code.replace("end ", "")) });
    };
    const aborted = abortion(request.signal);
    try {
      process.write(lines);
      const first = await Promise.race([finished.promise, process.ended, aborted.promise]);
      if (first === "aborted") return await this.#stop(process);
      if (this.over) await this.#settle(process);
      return first;
    } finally {
      aborted.release();
      this.#deliver = () => {};
      this.#marked = () => {};
    }
  }

  #sink(): OutputSink {
    const gates = {
      stdout: new MarkerGate(this.#marker, (chunk) => this.#deliver("stdout", chunk)),
      stderr: new MarkerGate(this.#marker, (chunk) => this.#deliver("stderr", chunk)),
    };
    return (stream, chunk) => {
      let rest = chunk;
      for (;;) {
        const line = gates[stream].feed(rest);
        if (line === undefined) return;
        this.#marked(stream, line.text);
        rest = line.rest;
        if (rest.length === 0) return;
      }
    };
  }

  async #stop(process: ScriptProcess): Promise<ShellEnd> {
    this.over = true;
    if (this.#pid !== undefined) process.killGroup(this.#pid);
    await this.#within(process.ended, STOP_MS);
    process.close();
    return { status: "stopped" };
  }

  async #settle(process: ScriptProcess): Promise<void> {
    await this.#within(process.drained, DRAIN_MS);
    process.close();
  }

  async #within(event: Promise<unknown>, ms: number): Promise<void> {
    const enough = new AbortController();
    await Promise.race([event, this.#clock.sleep(ms, enough.signal).catch(() => undefined)]);
    enough.abort();
  }
}

function abortion(signal: AbortSignal): { readonly promise: Promise<"aborted">; release(): void } {
  const { promise, resolve } = Promise.withResolvers<"aborted">();
  const onAbort = () => resolve("aborted");
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  return { promise, release: () => signal.removeEventListener("abort", onAbort) };
}
