import { setTimeout as sleep } from "node:timers/promises";
import { ProblemError } from "../../../engine/base/problem.ts";
import type { Ports, Task } from "../../../engine/kinds/kind.ts";
import { watch } from "../../../engine/kinds/watch.ts";
import { timelineSchema } from "../../../engine/model/timeline.ts";
import type { HttpAnswer, ShellEnd, ShellRequest, Shot, ShotResult } from "../../../engine/transports/port.ts";
import { blockOf, INVENTORY, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";

/** What a watch finds when it asks. */
export interface Site {
  /** Whether an address answers an echo; a ProblemError when the node that asks cannot be reached. */
  readonly ping?: (address: string) => boolean | ProblemError;
  /** True when the node's ping knows neither -D nor -O. */
  readonly single?: boolean;
  /** So many of ping's lines arrive together, when the last of them is written. */
  readonly together?: number;
  /** What an API path or an address gives; a number is a status. */
  readonly get?: (url: string) => unknown;
  readonly shoot?: () => ShotResult | Promise<ShotResult>;
  readonly timeScale?: number;
  readonly lasting?: Task["lasting"];
  readonly signal?: AbortSignal;
}

/** Runs a watch block of that body on a site; gives its result with what was recorded and the time line. */
export async function observe(body: string, site: Site, fence = "```yaml {#vue .watch on=pve1}", captions = "") {
  const block = blockOf(`${fence}\n${body}\n\`\`\`\n\n${captions}`);
  const recorder = new KeptRecorder();
  const none = portsOf({});
  const ports: Ports = {
    ...none,
    shell: {
      ...none.shell,
      run: async (_, request) => (isStream(request) ? await streamed(site, request) : pinged(site, request)),
    },
    http: { ...none.http, request: async (_, { url }) => answered(site.get?.(url)) },
    browser: {
      ...none.browser,
      shoot: async () => (await site.shoot?.()) ?? { status: "unsettled", unmet: ["rien"], shot: undefined },
    },
  };
  const task: Task = {
    ...taskOf(block),
    inventory: { ...INVENTORY, timeScale: site.timeScale ?? 1 },
    lasting: site.lasting,
    ...(site.signal !== undefined && { signal: site.signal }),
  };
  const result = await watch.execute(task, ports, recorder);
  const samples = recorder.attached.find(({ role }) => role === "samples");
  return { ...result, recorder, timeline: samples && timelineSchema.parse(JSON.parse(samples.text)) };
}

const isStream = ({ environment }: ShellRequest) => environment["constat_every"] !== undefined;

/** ping -D -O: echoes leave when they are due, by a clock of its own. */
async function streamed({ ping, single, together = 1, timeScale = 1 }: Site, request: ShellRequest): Promise<ShellEnd> {
  if (single) return { status: "exited", code: 2 };
  const every = Number(request.environment["constat_every"]) * 1_000;
  const begun = performance.now();
  const lines: string[] = [];
  const write = (at: number, text: string): void => {
    lines.push(`[${(1_763_874_282_123.5 + at).toFixed(3).replace(/(\d{3})\.(\d{3})$/, ".$1$2")}] ${text}\n`);
    if (lines.length >= together) request.onOutput("stdout", Buffer.from(lines.splice(0).join("")));
  };
  let silent = false;
  for (let sent = 0; ; sent += 1) {
    await sleep(Math.max(0, begun + (sent * every) / timeScale - performance.now()));
    if (request.signal.aborted) return { status: "stopped" };
    if (silent) write(sent * every, `no answer yet for icmp_seq=${sent}`);
    const answer = ping?.(request.environment["constat_address"] ?? "") ?? true;
    if (answer instanceof ProblemError) {
      if (sent === 0) throw answer;
      return { status: "lost", reason: answer.message };
    }
    silent = !answer;
    if (answer) write(sent * every + 0.42, `64 bytes from x: icmp_seq=${sent + 1} ttl=64 time=0.42 ms`);
  }
}

function pinged({ ping }: Site, request: ShellRequest): ShellEnd {
  const answer = ping?.(request.environment["constat_address"] ?? "") ?? true;
  if (answer instanceof ProblemError) throw answer;
  if (answer) request.onOutput("stdout", Buffer.from("64 bytes from x: icmp_seq=1 ttl=64 time=0.42 ms\n"));
  return { status: "exited", code: answer ? 0 : 1 };
}

function answered(given: unknown): HttpAnswer {
  if (given instanceof ProblemError) throw given;
  const status = typeof given === "number" ? given : 200;
  const body = Buffer.from(JSON.stringify({ data: typeof given === "number" ? null : given }));
  return { status, reason: status === 200 ? "OK" : "Bad Gateway", headers: {}, body };
}

export const silence = problem("HTTP_NO_ANSWER");
export const lost = new ProblemError("SSH_TIMEOUT", "pve1 ne répond pas en ssh.", { scope: "environment" });

/** What a door throws under that code. */
export function problem(code: string): ProblemError {
  return new ProblemError(code, "Pas de réponse.", { scope: "environment" });
}

/** A connection that the system could not open. */
export function unreachable(code: string): ProblemError {
  const cause = Object.assign(new Error(code), { code });
  return new ProblemError("HTTP_UNREACHABLE", "Impossible de joindre.", { scope: "environment", cause });
}

/** True, then false for the calls from..to, then true again. */
export function outage(from: number, to: number): () => boolean {
  let call = 0;
  return () => {
    call += 1;
    return call < from || call > to;
  };
}

/** A picture that shows what it must, or not. */
export function shot(ok: boolean): ShotResult {
  const picture: Shot = {
    png: Buffer.from("png"),
    width: 10,
    height: 5,
    scale: 1,
    url: "https://pve1/",
    title: "",
    alternative: "une page",
    evidence: { rows: [], text: "texte", api: {} },
    judgements: [{ ok, expected: "la ligne", obtained: ok ? "la ligne" : "autre chose" }],
  };
  return { status: "shot", shot: picture };
}
