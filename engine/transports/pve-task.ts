import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer, TaskEnd } from "./port.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 2_000;
const LOG_PAGE = 500;
/** What a restarting pveproxy makes of a request; all of it passes. */
const PASSING: ReadonlySet<string> = new Set([
  "HTTP_UNREACHABLE",
  "HTTP_TIMEOUT",
  "HTTP_NO_ANSWER",
  "TLS_HANDSHAKE_FAILED",
  "PVE_LOGIN_FAILED",
]);

const statusAnswer = z.object({
  data: z.object({ status: z.string(), exitstatus: z.string().optional() }),
});
const logAnswer = z.object({
  total: z.coerce.number().optional(),
  data: z.array(z.object({ n: z.coerce.number(), t: z.string().nullish() })),
});

/** A GET on a node's API, with its session. */
export type ApiGet = (path: string) => Promise<HttpAnswer>;

/**
 * Polls a Proxmox task to its end, then reads its whole log. A 401, a 5xx or a lost connection is asked again until `signal` aborts:
 * a join changes keys and restarts pveproxy. Throws ProblemError PVE_TASK_UNKNOWN.
 */
export async function followPveTask(
  get: ApiGet,
  loginAgain: () => void,
  node: InventoryNode,
  upid: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<TaskEnd> {
  const base = `/nodes/${encodeURIComponent(nodeOf(node, upid))}/tasks/${encodeURIComponent(upid)}`;
  const ask = patient(get, loginAgain, upid, node, clock, signal);
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const { data } = parsed(statusAnswer, await ask(`${base}/status`), upid, node);
    if (data.status === "stopped") {
      return { upid, exitStatus: data.exitstatus ?? "unexpected status", log: await wholeLog(ask, base, upid, node) };
    }
    await clock.sleep(pause, signal);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
  }
}

/** The node's name inside the UPID: a task is asked of the node that runs it. */
function nodeOf(node: InventoryNode, upid: string): string {
  // An empty UPID would ask for the list of all tasks, and be answered.
  const name = /^UPID:([^:/]+):[0-9A-Fa-f]{8}:[0-9A-Fa-f]{8,9}:[0-9A-Fa-f]{8}:[^:]+:[^:]*:[^:]+:/.exec(upid)?.[1];
  if (name !== undefined) return name;
  throw new ProblemError("PVE_TASK_UNKNOWN", `« ${upid} » n’est pas un identifiant de tâche Proxmox (${node.name}).`, {
    scope: "author",
    hint: "Seule une réponse qui contient un UPID lance une tâche à suivre.",
  });
}

function patient(
  get: ApiGet,
  loginAgain: () => void,
  upid: string,
  node: InventoryNode,
  clock: Clock,
  signal: AbortSignal,
): ApiGet {
  return async (path) => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const answer = await get(path).catch((error: unknown) => {
        if (isProblem(error) && PASSING.has(error.code)) return undefined;
        throw error;
      });
      if (answer?.status === 200) return answer;
      if (answer?.status === 400) throw unknownTask(upid, node, answer);
      if (answer?.status === 401) loginAgain();
      await clock.sleep(pause, signal);
    }
  };
}

async function wholeLog(ask: ApiGet, base: string, upid: string, node: InventoryNode): Promise<readonly string[]> {
  const lines: string[] = [];
  for (;;) {
    const page = parsed(logAnswer, await ask(`${base}/log?start=${lines.length}&limit=${LOG_PAGE}`), upid, node);
    // A task without a line answers one that says so; a page beyond the end answers none or that same one.
    const fresh = page.data.filter(({ n }) => n > lines.length);
    lines.push(...fresh.map(({ t }) => t ?? ""));
    if (fresh.length < LOG_PAGE && (page.total === undefined || lines.length >= page.total || fresh.length === 0))
      return lines;
  }
}

function parsed<T>(schema: z.ZodType<T>, answer: HttpAnswer, upid: string, node: InventoryNode): T {
  const result = z
    .string()
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.issues.push({ code: "custom", message: "not JSON", input: text });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .safeParse(answer.body.toString("utf8"));
  if (result.success) return result.data;
  throw new ProblemError(
    "PVE_TASK_UNREADABLE",
    `La réponse de ${node.name} sur la tâche ${upid} n’est pas celle d’un Proxmox VE.`,
    {
      scope: "environment",
      hint: "Vérifiez que l’accès `pve` désigne bien l’API de Proxmox VE.",
    },
  );
}

function unknownTask(upid: string, node: InventoryNode, answer: HttpAnswer): ProblemError {
  return new ProblemError("PVE_TASK_UNKNOWN", `${node.name} ne connaît pas la tâche ${upid} : ${answer.reason}`, {
    scope: "environment",
    hint: "La tâche a pu être effacée, ou appartenir à un autre cluster.",
  });
}
