import { z } from "zod";
import type { Clock } from "../base/clock.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import { shortName } from "../base/short-name.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { TaskEnd } from "../model/task-end.ts";
import { parseUpid } from "../model/upid.ts";
import type { HttpAnswer } from "./port.ts";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 2_000;
const LOG_PAGE = 500;
/** What a restarting pveproxy, or a node that restarts, makes of a request; all of it passes. */
const PASSING: ReadonlySet<string> = new Set([
  "HTTP_UNREACHABLE",
  "HTTP_TIMEOUT",
  "HTTP_NO_ANSWER",
  "TLS_HANDSHAKE_FAILED",
  "PVE_LOGIN_FAILED",
]);

/**
 * And of a node that joins: its certificate changes, and while it has no key to sign a ticket with, it refuses the right password as it
 * would a wrong one.
 */
const JOINING: ReadonlySet<string> = new Set(["TLS_PIN_MISMATCH", "PVE_AUTH_FAILED"]);

const statusAnswer = z.object({
  data: z.object({ status: z.string(), exitstatus: z.string().optional() }),
});
const logAnswer = z.object({
  total: z.coerce.number().optional(),
  data: z.array(z.object({ n: z.coerce.number(), t: z.string().nullish() })),
});

/** A GET on a node's API, with its session. */
export type ApiGet = (path: string) => Promise<HttpAnswer>;

export interface TaskFollowing {
  /** The node that gave the task out. */
  readonly node: InventoryNode;
  readonly upid: string;
  /** Its API, then that of the task's own node where that is another one: asked in turn while no answer comes. */
  readonly gets: readonly ApiGet[];
  /** The task renews the node's certificate: until the new one is known, the node counts as away. */
  readonly renews: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  progress(text: string): void;
}

/** True for the node that a task runs on. */
export function runs({ hostname }: InventoryNode, upid: string): boolean {
  return shortName(hostname) === parseUpid(upid)?.node;
}

/**
 * Polls a Proxmox task to its end, then reads its whole log. A 401, a 5xx or a lost connection is asked again until `signal` aborts: a join
 * changes keys and restarts pveproxy, a node may restart. Throws ProblemError PVE_TASK_UNKNOWN, PVE_TASK_UNREADABLE, PVE_TASK_UNFINISHED.
 */
export async function followPveTask(following: TaskFollowing): Promise<TaskEnd> {
  const { node, upid, clock, signal, progress } = following;
  const { node: owner, type } = taskOf(following);
  const base = `/nodes/${encodeURIComponent(owner)}/tasks/${encodeURIComponent(upid)}`;
  const begun = clock.monotonic();
  const seen = { last: "aucune réponse" };
  const tell = (text: string) => {
    seen.last = text;
    progress(`tâche ${type} sur ${owner}, ${Math.round((clock.monotonic() - begun) / 1_000)} s : ${text}`);
  };
  try {
    const ask = patient(following, tell);
    const lines: string[] = [];
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const { data } = parsed(statusAnswer, await ask(`${base}/status`), upid, node);
      const over = data.status === "stopped";
      await readOn(lines, ask, base, over, following);
      if (over) return { upid, exitStatus: data.exitstatus ?? "unexpected status", log: lines };
      tell(lines.findLast((line) => line.trim() !== "") ?? "en cours");
      await clock.sleep(pause, signal);
      pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS);
    }
  } catch (error) {
    if (!signal.aborted || isProblem(error)) throw error;
    throw new ProblemError(
      "PVE_TASK_UNFINISHED",
      `La tâche ${type} sur ${owner} n’était pas finie ; vu en dernier : ${seen.last}`,
      {
        scope: "environment",
        hint: `Elle continue peut-être : voyez /nodes/${owner}/tasks/${upid}/log, et donnez plus de temps à cette étape (\`timeout\`).`,
      },
    );
  }
}

function taskOf({ upid, node }: TaskFollowing): NonNullable<ReturnType<typeof parseUpid>> {
  // An empty UPID would ask for the list of all tasks, and be answered.
  const task = parseUpid(upid);
  if (task !== undefined) return task;
  throw new ProblemError("PVE_TASK_UNKNOWN", `« ${upid} » n’est pas un identifiant de tâche Proxmox (${node.name}).`, {
    scope: "author",
    hint: "Seule une réponse qui contient un UPID lance une tâche à suivre.",
  });
}

function patient({ gets, upid, node, renews, clock, signal }: TaskFollowing, tell: (text: string) => void): ApiGet {
  let turn = 0;
  return async (path) => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const get = gets[turn % gets.length];
      const answer = await get?.(path).catch((error: unknown) => {
        if (isProblem(error) && (PASSING.has(error.code) || (renews && JOINING.has(error.code)))) return error;
        throw error;
      });
      if (answer !== undefined && "body" in answer) {
        if (answer.status === 200) return answer;
        if (answer.status === 400) throw unknownTask(upid, node, answer);
        tell(`HTTP ${answer.status} ${answer.reason}`.trimEnd());
      } else tell(answer?.message ?? "aucune réponse");
      // The way through this node is closed for now: the other one, if there is one, may be open.
      turn += 1;
      await clock.sleep(pause, signal);
    }
  };
}

/** The lines of the log that are new. */
async function readOn(
  lines: string[],
  ask: ApiGet,
  base: string,
  over: boolean,
  { upid, node }: TaskFollowing,
): Promise<void> {
  for (;;) {
    const page = parsed(logAnswer, await ask(`${base}/log?start=${lines.length}&limit=${LOG_PAGE}`), upid, node);
    // A task without a line answers one that says so; a page beyond the end answers none or that same one.
    const fresh = page.data.filter(({ n }) => n > lines.length);
    // « no content » stands for a first line that may still come.
    if (!over && lines.length === 0 && fresh.length === 1 && fresh[0]?.t === "no content") return;
    lines.push(...fresh.map(({ t }) => t ?? ""));
    if (fresh.length < LOG_PAGE && (page.total === undefined || lines.length >= page.total || fresh.length === 0))
      return;
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
