import { z } from "zod";
import type { Json } from "../../base/json.ts";
import { selectJson } from "../../expect/index.ts";
import type { WatchCondition } from "../../model/watch-spec.ts";
import type { Readings } from "./conditions.ts";
import type { News } from "./points.ts";
import type { Reading } from "./take-sample.ts";

const LONGEST = 80;

/** What the last readings said of what these conditions ask: « migration : 56 ; nœud : pve1 ». */
export function readingWords(conditions: readonly WatchCondition[], readings: Readings): string {
  const words = conditions.map((each) => `${each.of} : ${said(each, readings.get(each.of))}`);
  return [...new Set(words)].join(" ; ");
}

/** A line for what a sample brought that the one before did not; undefined when it brought nothing new. A task's progress is in the time line. */
export function newsWords(
  name: string,
  reading: Reading,
  before: Reading | undefined,
  news: News | undefined,
): string | undefined {
  const [status, earlier] = [taskStatus(reading), before && taskStatus(before)];
  if (status !== undefined && reading.state === before?.state)
    return status === earlier ? undefined : `${name} : ${status}`;
  if (news?.state !== true && news?.value === undefined) return undefined;
  const words = { ok: "répond", failed: "ne répond pas", unknown: "non mesuré" }[reading.state];
  const value = status ?? (news.value === undefined ? undefined : JSON.stringify(news.value));
  const reason = reading.reason === undefined ? "" : ` (${reading.reason})`;
  return `${name} ${words}${value === undefined ? "" : ` : ${value}`}${reason}`;
}

function taskStatus({ data }: Reading): string | undefined {
  const news = taskNews.safeParse(data);
  if (!news.success) return undefined;
  const { status, exitstatus } = news.data;
  return { absent: "pas de tâche", running: "tâche en cours", stopped: `tâche terminée, ${exitstatus ?? ""}` }[status];
}

/** What a task's sample gives as its data. */
const taskNews = z.object({
  status: z.enum(["absent", "running", "stopped"]),
  upid: z.string().nullable(),
  progress: z.number().nullable(),
  exitstatus: z.string().nullable(),
});

function said({ path }: WatchCondition, reading: Reading | undefined): string {
  if (reading === undefined) return "pas encore mesuré";
  if (reading.state === "unknown") return "non mesuré";
  const values = path === undefined || reading.data === undefined ? reading.values : selected(path, reading.data);
  const state =
    reading.state === "ok" ? "répond" : `ne répond pas${reading.reason === undefined ? "" : ` (${reading.reason})`}`;
  return cut(values.length === 0 ? `${state}, aucune valeur` : values.map(text).join(", "));
}

function selected(path: string, data: Json): readonly Json[] {
  const found = selectJson({ path }, data);
  return "failed" in found ? [] : found.kept.map(({ value }) => value);
}

function text(value: Json): string {
  if (typeof value === "number") return String(value).replace(".", ",");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function cut(words: string): string {
  const characters = [...words];
  return characters.length <= LONGEST ? words : `${characters.slice(0, LONGEST - 1).join("")}…`;
}
