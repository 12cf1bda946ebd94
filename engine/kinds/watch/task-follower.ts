import { z } from "zod";
import type { Json } from "../../base/json.ts";
import type { WatchSample } from "../../model/watch-spec.ts";
import { taskProgress } from "./task-progress.ts";

export type TaskSample = Extract<WatchSample, { task: string }>;

/** `data` of a GET to the API; a text when it gave none, with the reason. */
export type AskData = (path: string) => Promise<{ readonly data: Json } | { readonly failed: string }>;

/** What is known of the task that is followed; `absent` until there is one. */
export interface TaskNews {
  readonly status: "absent" | "running" | "stopped";
  readonly upid: string | null;
  readonly node: string | null;
  /** Per cent by the last line of its log that tells; 100 once it ended well; null where nothing tells. */
  readonly progress: number | null;
  /** `OK` or the error's text, once it ended. */
  readonly exitstatus: string | null;
  /** The latest line of its log. */
  readonly line: string | null;
}

interface Followed {
  readonly upid: string;
  readonly node: string;
  readonly lines: string[];
  ended: boolean;
}

const ABSENT: TaskNews = { status: "absent", upid: null, node: null, progress: null, exitstatus: null, line: null };
const PAGE = 500;

const listed = z.array(
  z.looseObject({
    upid: z.string(),
    node: z.string(),
    type: z.string(),
    id: z.coerce.string().default(""),
    starttime: z.coerce.number(),
    endtime: z.coerce.number().optional(),
  }),
);
const logged = z.array(z.object({ n: z.coerce.number(), t: z.string().nullish() }));

/** Follows one task after the other: the latest of its type that is under way or began after the first look. */
export class TaskFollower {
  readonly #sample: TaskSample;
  /** Tasks that were over before the first look: what is asked is not about them. */
  #over: ReadonlySet<string> | undefined;
  #followed: Followed | undefined;

  constructor(sample: TaskSample) {
    this.#sample = sample;
  }

  /** Looks once; what the API did not give is the reason. */
  async look(ask: AskData): Promise<TaskNews | { readonly failed: string }> {
    if (this.#followed === undefined || this.#followed.ended) {
      const reason = await this.#choose(ask);
      if (reason !== undefined) return { failed: reason };
    }
    if (this.#followed === undefined) return ABSENT;
    const reason = this.#followed.ended ? undefined : await this.#readOn(ask, this.#followed);
    return reason === undefined ? newsOf(this.#followed) : { failed: reason };
  }

  async #choose(ask: AskData): Promise<string | undefined> {
    const answer = await ask("/cluster/tasks");
    if ("failed" in answer) return answer.failed;
    const tasks = listed.safeParse(answer.data);
    if (!tasks.success) return "la liste des tâches n’a pas la forme de celle de Proxmox VE";
    const { task, id } = this.#sample;
    const mine = tasks.data.filter((each) => each.type === task && (id === undefined || each.id === id));
    this.#over ??= new Set(mine.filter(({ endtime }) => endtime !== undefined).map(({ upid }) => upid));
    const known = this.#over;
    const [latest] = mine
      .filter(({ upid }) => !known.has(upid))
      .toSorted((one, other) => other.starttime - one.starttime || other.upid.localeCompare(one.upid));
    if (latest === undefined || latest.upid === this.#followed?.upid) return undefined;
    this.#followed = { upid: latest.upid, node: latest.node, lines: [], ended: false };
    return undefined;
  }

  async #readOn(ask: AskData, followed: Followed): Promise<string | undefined> {
    const base = `/nodes/${encodeURIComponent(followed.node)}/tasks/${encodeURIComponent(followed.upid)}/log`;
    for (;;) {
      const answer = await ask(`${base}?start=${followed.lines.length}&limit=${PAGE}`);
      if ("failed" in answer) return answer.failed;
      const page = logged.safeParse(answer.data);
      if (!page.success) return "le journal de la tâche n’a pas la forme de celui de Proxmox VE";
      // A task without a line answers one that says so; a page beyond the end answers that same one.
      const fresh = page.data.filter(({ n, t }) => n > followed.lines.length && !(n === 1 && t === "no content"));
      followed.lines.push(...fresh.map(({ t }) => t ?? ""));
      followed.ended = ENDED.test(followed.lines.at(-1) ?? "");
      if (fresh.length < PAGE) return undefined;
    }
  }
}

/** The last line of the log of a task that is over: done, done with warnings, or failed. */
const ENDED = /^TASK (?:(OK|WARNINGS: .*)|ERROR: ?(.*))$/;

function newsOf({ upid, node, lines, ended }: Followed): TaskNews {
  const [, done, error = ""] = ENDED.exec(lines.at(-1) ?? "") ?? [];
  const said = ended ? lines.slice(0, -1) : lines;
  return {
    status: ended ? "stopped" : "running",
    upid,
    node,
    progress: done === undefined ? (taskProgress(said) ?? null) : 100,
    exitstatus: ended ? (done ?? error) : null,
    line: said.at(-1) ?? null,
  };
}
