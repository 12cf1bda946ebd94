import type { Clock } from "../../base/clock.ts";
import { isJsonObject } from "../../base/json.ts";
import type { RedfishTaskEnd } from "../../model/task-end.ts";
import type { HttpAnswer } from "../port.ts";
import { messageIds, readJson } from "./redfish-answer.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const RUNNING = ["New", "Starting", "Running", "Suspended", "Interrupted", "Pending", "Stopping", "Cancelling"];

/** Polls a task monitor until the work is over: it answers 202 meanwhile, then the operation's own result or the finished task. */
export async function followRedfishTask(
  monitor: string,
  get: (path: string) => Promise<HttpAnswer>,
  clock: Clock,
  signal: AbortSignal,
): Promise<RedfishTaskEnd> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const answer = await get(monitor);
    const json = readJson(answer);
    const state = typeof json?.["TaskState"] === "string" ? json["TaskState"] : undefined;
    const running = answer.status === 202 || answer.status === 503 || (state !== undefined && RUNNING.includes(state));
    if (!running) return endOf(monitor, answer, state);
    await clock.sleep(pause, signal);
  }
}

function endOf(monitor: string, answer: HttpAnswer, state: string | undefined): RedfishTaskEnd {
  const status = readJson(answer)?.["TaskStatus"];
  const verdict = typeof status === "string" ? status : "";
  const well = answer.status >= 200 && answer.status <= 299;
  const ok = state === undefined ? well : well && state === "Completed" && (verdict === "" || verdict === "OK");
  const words = state === undefined ? `HTTP ${answer.status}` : `${state} ${verdict}`.trim();
  return { monitor, ok, state: words, messages: [...messageIds(answer), ...texts(answer)] };
}

function texts(answer: HttpAnswer): readonly string[] {
  const messages = readJson(answer)?.["Messages"];
  if (!Array.isArray(messages)) return [];
  return messages.flatMap((message) =>
    isJsonObject(message) && typeof message["Message"] === "string" ? [message["Message"]] : [],
  );
}
