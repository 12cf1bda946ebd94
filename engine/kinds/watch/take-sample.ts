import type { Json } from "../../base/json.ts";
import { isProblem, type ProblemError } from "../../base/problem.ts";
import { judgeJson, readJson, selectJson } from "../../expect/index.ts";
import { type InventoryNode, LOCAL } from "../../model/inventory.ts";
import type { TimelinePoint } from "../../model/timeline.ts";
import type { WatchSample } from "../../model/watch-spec.ts";
import type { ShellTarget } from "../../transports/port.ts";
import type { Ports, Task } from "../kind.ts";
import { TaskFollower, type TaskSample } from "./task-follower.ts";

export type PingSample = Extract<WatchSample, { ping: string }>;

/** What one sample says: its state, the values that it is about, and for an API its whole `data`. */
export interface Reading {
  readonly state: TimelinePoint["state"];
  readonly values: readonly Json[];
  readonly data: Json | undefined;
  readonly reason: string | undefined;
}

/** Patience with one answer. A slower one counts as missed, and the next question is asked. */
const PATIENCE_MS = { http: 2_000, api: 5_000 };
const PING = 'LC_ALL=C exec ping -n -c 1 -W 1 "$constat_address"';
/** Programs that were not found or not started measured nothing. */
const NOT_RUN = [126, 127];
/** These say that the address does not answer; any other problem, that nothing could be asked. */
const SILENCE = {
  http: ["HTTP_NO_ANSWER", "HTTP_UNREACHABLE", "HTTP_TIMEOUT", "TLS_HANDSHAKE_FAILED"],
  // A node's API is the place that tells: without a way to it, nothing was measured.
  api: ["HTTP_NO_ANSWER"],
};
/** A name that is not resolved is no address that keeps silent. */
const NO_ADDRESS = ["ENOTFOUND", "EAI_AGAIN"];

/** Asks once. Never throws for what a machine or the way to it did; undefined when the watch was ended meanwhile. */
export async function takeSample(
  sample: WatchSample,
  task: Task,
  ports: Ports,
  signal: AbortSignal,
  follower?: TaskFollower,
): Promise<Reading | undefined> {
  try {
    if ("task" in sample) return await progress(follower ?? new TaskFollower(sample), sample, task, ports, signal);
    if ("ping" in sample) return await ping(sample, task, ports, signal);
    if ("http" in sample) return await http(sample, ports, signal);
    return await api(sample, task, ports, signal);
  } catch (error) {
    if (signal.aborted) return undefined;
    if (error instanceof DOMException && error.name === "TimeoutError") return missed("pas de réponse à temps");
    if (!isProblem(error)) throw error;
    return isSilence(sample, error) ? missed(error.message) : unknown(error.message);
  }
}

function isSilence(sample: WatchSample, { code, cause }: ProblemError): boolean {
  const named = cause instanceof Error && "code" in cause && NO_ADDRESS.includes(String(cause.code));
  return !named && ("http" in sample ? SILENCE.http : SILENCE.api).includes(code);
}

/** Where an echo is sent from; a reading when it may not be sent. */
export function pingPlace({ ping: address, from }: PingSample, task: Task): ShellTarget | Reading {
  const target = placeOf(from, task);
  if (target === undefined) return unknown(`nœud inconnu : ${from}`);
  if (target.type === "local" && task.inventory.guard === "loopback" && !/^(?:127\.|::1$|localhost$)/.test(address)) {
    return unknown("« guard: loopback » interdit de joindre cette adresse depuis cette machine ; donnez from: nœud");
  }
  return target;
}

async function ping(
  sample: PingSample,
  task: Task,
  { shell }: Ports,
  signal: AbortSignal,
): Promise<Reading | undefined> {
  const target = pingPlace(sample, task);
  if ("state" in target) return target;
  const out: Buffer[] = [];
  const end = await shell.run(target, {
    interpreter: "sh",
    script: PING,
    environment: { constat_address: sample.ping },
    answers: [],
    signal,
    onOutput: (_, chunk) => out.push(chunk),
  });
  if (signal.aborted) return undefined;
  const text = Buffer.concat(out).toString("utf8");
  if (end.status === "lost") return unknown(end.reason);
  if (end.status !== "exited" || NOT_RUN.includes(end.code))
    return unknown(text.trim() || "ping n’a pas pu être lancé");
  const [, time] = /time=([\d.]+) ?ms/.exec(text) ?? [];
  if (end.code === 0 && time !== undefined)
    return { state: "ok", values: [Number(time)], data: undefined, reason: undefined };
  return missed(/(?:^|\n)(?:ping: |From )(.+)/.exec(text)?.[1] ?? "aucune réponse");
}

async function http(
  { http: url, status: wanted }: Extract<WatchSample, { http: string }>,
  ports: Ports,
  signal: AbortSignal,
): Promise<Reading> {
  const { status, reason } = await ports.http.request(undefined, {
    method: "GET",
    url,
    headers: {},
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS.http)]),
  });
  const ok = wanted === undefined ? status >= 200 && status < 400 : wanted.includes(status);
  const words = ok ? undefined : `HTTP ${status} ${reason}`.trim();
  return { state: ok ? "ok" : "failed", values: [status], data: undefined, reason: words };
}

async function api(
  sample: Extract<WatchSample, { api: string }>,
  task: Task,
  ports: Ports,
  signal: AbortSignal,
): Promise<Reading> {
  const node = nodeOf(sample.from, task);
  if (node === undefined) return unknown(NO_NODE);
  const answer = await ask(node, sample.api, ports, signal);
  if ("failed" in answer) return missed(answer.failed);
  const { data } = answer;
  const { api: _, from: __, name: ___, ...rule } = sample;
  const judged = judgeJson({ type: "json", ...rule }, data);
  const selection = selectJson(rule, data);
  const values = "failed" in selection ? [] : selection.kept.map(({ value }) => value);
  return { state: judged.ok ? "ok" : "failed", values, data, reason: judged.ok ? undefined : judged.obtained };
}

/** A task that has not begun is no silence: the node answered, and there is nothing to tell yet. */
async function progress(
  follower: TaskFollower,
  { from }: TaskSample,
  task: Task,
  ports: Ports,
  signal: AbortSignal,
): Promise<Reading> {
  const node = nodeOf(from, task);
  if (node === undefined) return unknown(NO_NODE);
  const news = await follower.look((path) => ask(node, path, ports, signal));
  if ("failed" in news) return missed(news.failed);
  const values = news.progress === null ? [] : [news.progress];
  return { state: "ok", values, data: { ...news }, reason: undefined };
}

const NO_NODE = "l’API se demande à un nœud : donnez from: nœud";

function nodeOf(from: string | undefined, task: Task): InventoryNode | undefined {
  const place = placeOf(from, task);
  return place?.type === "node" ? place.node : undefined;
}

async function ask(
  node: InventoryNode,
  url: string,
  ports: Ports,
  signal: AbortSignal,
): Promise<{ readonly data: Json } | { readonly failed: string }> {
  const answer = await ports.http.request(node, {
    method: "GET",
    url,
    headers: {},
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS.api)]),
  });
  if (answer.status < 200 || answer.status >= 300) return { failed: `HTTP ${answer.status} ${answer.reason}`.trim() };
  const read = readJson(answer.body.toString("utf8"));
  if ("failed" in read) return read;
  const { json } = read;
  return { data: typeof json === "object" && json !== null && "data" in json ? json["data"] : json };
}

function placeOf(from: string | undefined, { target, inventory }: Task): ShellTarget | undefined {
  if (from === undefined) return target;
  if (from === LOCAL) return { type: "local" };
  const node = inventory.nodes.find(({ name }) => name === from);
  return node && { type: "node", node };
}

function missed(reason: string): Reading {
  return { state: "failed", values: [], data: undefined, reason };
}

/** Nothing was measured. */
export function unknown(reason: string): Reading {
  return { state: "unknown", values: [], data: undefined, reason };
}
