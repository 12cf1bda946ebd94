import { z } from "zod";
import type { Json } from "../base/json.ts";

/** The library's own JSON type is mutable. */
const json = z.json() as z.ZodType<unknown> as z.ZodType<Json>;
const point = z.strictObject({
  /** Milliseconds from the start of the watch: when it was asked, and how long the answer took. */
  at: z.number(),
  took: z.number(),
  /** `unknown`: nothing was measured, as the place that asks could not be reached. */
  state: z.enum(["ok", "failed", "unknown"]),
  /** What was read; absent when nothing was, or when it is as before. */
  value: json.optional(),
  reason: z.string().optional(),
});

const interruption = z.strictObject({
  source: z.string(),
  /** The last answer before and the first one after; null when the watch saw none. */
  lastAnswer: z.number().nullable(),
  firstMissed: z.number(),
  lastMissed: z.number(),
  firstAnswer: z.number().nullable(),
  /** From the first missed to the last missed sample; from the last answer before to the first one after. */
  atLeastMs: z.number(),
  atMostMs: z.number().nullable(),
});

/** What a watch saw, by the operator's own clock; a file of the run folder. */
export const timelineSchema = z.strictObject({
  version: z.literal(1),
  startedAt: z.string(),
  durationMs: z.number(),
  everyMs: z.number(),
  /** How many times faster than this clock the watched machines' time runs. */
  timeScale: z.number(),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      what: z.enum(["ping", "http", "api", "task"]),
      subject: z.string(),
      from: z.string(),
      points: z.array(point),
    }),
  ),
  interruptions: z.array(interruption),
  marks: z.array(z.strictObject({ at: z.number(), type: z.enum(["over", "until", "shot"]), text: z.string() })),
});

export type Timeline = z.output<typeof timelineSchema>;
export type TimelinePoint = z.output<typeof point>;
export type Interruption = z.output<typeof interruption>;
