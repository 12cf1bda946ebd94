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
  /** What an API path or an address gives; a number is a status. */
  readonly get?: (url: string) => unknown;
  readonly shoot?: () => ShotResult;
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
    shell: { ...none.shell, run: async (_, request) => pinged(site, request) },
    http: { ...none.http, request: async (_, { url }) => answered(site.get?.(url)) },
    browser: {
      ...none.browser,
      shoot: async () => site.shoot?.() ?? { status: "unsettled", unmet: ["rien"], shot: undefined },
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

export const silence = new ProblemError("HTTP_NO_ANSWER", "Pas de réponse.", { scope: "environment" });
export const lost = new ProblemError("SSH_TIMEOUT", "pve1 ne répond pas en ssh.", { scope: "environment" });

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
