import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer, TaskEnd } from "./port.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 2_000;
const LOG_PAGE = 500;

const statusAnswer = z.object({ data: z.object({ status: z.string(), exitstatus: z.string().optional() }) });
const logAnswer = z.object({
  total: z.coerce.number().optional(),
  data: z.array(z.object({ n: z.coerce.number(), t: z.string() })),
});

interface TaskRequest {
  readonly node: InventoryNode;
  readonly upid: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** A GET of the node's API, session included. */
  ask(path: string): Promise<HttpAnswer>;
}

/**
 * Polls a Proxmox task until it stopped, then reads its whole log. Interruptions of pveproxy and refusals of an old session are borne until
 * the signal aborts. Throws ProblemError TASK_UNKNOWN when the node does not know the task.
 */
export async function followTask(request: TaskRequest): Promise<TaskEnd> {
  const { upid, signal, clock } = request;
  const [, owner] = upid.split(":");
  // An empty UPID would list a directory and look like an answer.
  if (!/^UPID:[^:]+:[0-9A-Fa-f]{8}:/.test(upid) || owner === undefined)
    throw unknownTask(request, "identifiant mal formé");
  const base = `/nodes/${encodeURIComponent(owner)}/tasks/${encodeURIComponent(upid)}`;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const status = await statusOf(request, base);
    if (status?.status === "stopped") {
      return { upid, exitStatus: status.exitstatus ?? "", log: await wholeLog(request, base) };
    }
    await clock.sleep(pause, signal);
  }
}

async function statusOf(
  request: TaskRequest,
  base: string,
): Promise<z.output<typeof statusAnswer>["data"] | undefined> {
  const answer = await patiently(request, `${base}/status`);
  if (answer === undefined) return undefined;
  if (answer.status === 400) throw unknownTask(request, answer.reason);
  const parsed = statusAnswer.safeParse(jsonOf(answer));
  return answer.status === 200 && parsed.success ? parsed.data.data : undefined;
}

async function wholeLog(request: TaskRequest, base: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for (;;) {
    const answer = await patiently(request, `${base}/log?start=${lines.length}&limit=${LOG_PAGE}`);
    const parsed = answer?.status === 200 ? logAnswer.safeParse(jsonOf(answer)) : undefined;
    if (parsed?.success === true) {
      const page = parsed.data.data.map(({ t }) => t);
      lines.push(...page);
      if (page.length < LOG_PAGE) return lines;
    } else await request.clock.sleep(FIRST_PAUSE_MS, request.signal);
  }
}

/** Undefined when nothing answered this time: pveproxy restarts after a join, in the middle of a poll. */
async function patiently({ ask, signal }: TaskRequest, path: string): Promise<HttpAnswer | undefined> {
  try {
    return await ask(path);
  } catch (error) {
    if (signal.aborted || !isProblem(error) || error.code === "TLS_PIN_MISMATCH" || error.scope !== "environment")
      throw error;
    return undefined;
  }
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function unknownTask({ node, upid }: TaskRequest, reason: string): ProblemError {
  return new ProblemError("TASK_UNKNOWN", `${node.name} ne connaît pas la tâche « ${upid} » : ${reason}.`, {
    scope: "environment",
    hint: "Vérifiez l’identifiant de la tâche ; un journal de tâches ancien a pu être effacé.",
  });
}
