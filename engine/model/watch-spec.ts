import { z } from "zod";
import { parseDuration } from "../base/duration.ts";
import { browserSpecSchema } from "./browser-spec.ts";

/** Milliseconds. A `{{name}}` that is not filled in yet counts as nothing wrong: it is read again with its value. */
const duration = z.string().transform((text, context) => {
  const ms = text.includes("{{") ? 1_000 : parseDuration(text);
  if (ms !== undefined) return ms;
  context.issues.push({ code: "custom", message: "durée attendue, par exemple 500ms, 30s ou 5m", input: text });
  return z.NEVER;
});
const rule = {
  where: z.record(z.string(), z.json()).optional(),
  equals: z.json().optional(),
  matches: z.string().optional(),
  count: z.int().nonnegative().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
};
const name = z.string().min(1).optional();
const from = z.string().optional();

const sample = z.union([
  /** One ICMP echo, sent from a node over ssh (the block's own unless `from` says otherwise) or from `local`. */
  z.strictObject({ ping: z.string(), from, name }),
  /** A GET from the operator's machine: answered when its status is in `status` (2xx and 3xx unless said). */
  z.strictObject({ http: z.string(), status: z.array(z.int()).optional(), name }),
  /** A GET to a node's Proxmox API; `path` is a JSONPath into `data`. It holds when some selected value satisfies the rest. */
  z.strictObject({ api: z.string(), path: z.string().default("$"), ...rule, from, name }),
  /**
   * A task of Proxmox by its type (`qmigrate`), and the id it is about (a VM's): the latest that is under way, or began since the watch did.
   * Its value is its progress in per cent, as its log tells.
   */
  z.strictObject({
    task: z.string().min(1),
    id: z.union([z.string(), z.number()]).transform(String).optional(),
    from,
    name,
  }),
]);

/** What must be true of the last reading of a sample. `path` goes into the API's whole `data`; without it the selected values are judged. */
const condition = z.strictObject({
  of: z.string(),
  answers: z.boolean().optional(),
  path: z.string().optional(),
  ...rule,
});
/** All of them at one time. */
const conditions = z
  .union([z.array(condition).min(1), condition])
  .transform((value) => (Array.isArray(value) ? value : [value]));

const expectation = z.union([
  z.strictObject({
    /** The longest time without an answer of this sample. */
    interruption: z.strictObject({ of: z.string(), max: duration.optional(), min: duration.optional() }),
  }),
  /** Held at some time. */
  z.strictObject({ reached: conditions }),
]);

/** The body of a `yaml {.watch}` block: what to sample how often, when to end, when to take pictures, what must come out. */
export const watchSpecSchema = z.strictObject({
  every: duration.default(1_000),
  within: duration.optional(),
  until: conditions.optional(),
  samples: z.array(sample).min(1),
  shots: z
    .array(
      browserSpecSchema.safeExtend({ when: conditions, capture: z.string().optional(), on: z.string().optional() }),
    )
    .default([]),
  expect: z.array(expectation).default([]),
});

export type WatchSpec = z.output<typeof watchSpecSchema>;
export type WatchSample = WatchSpec["samples"][number];
export type WatchCondition = z.output<typeof condition>;
export type WatchShot = WatchSpec["shots"][number];

/** The name of a sample: given, or the word for what it is. */
export function sampleName(each: WatchSample): string {
  return each.name ?? sampleKind(each);
}

/** What a sample asks. */
export function sampleKind(each: WatchSample): "ping" | "http" | "api" | "task" {
  return "ping" in each ? "ping" : "http" in each ? "http" : "api" in each ? "api" : "task";
}

/** Whom or what a sample asks about: an address, a path, `qmigrate 100`. */
export function sampleSubject(each: WatchSample): string {
  if ("task" in each) return [each.task, each.id].filter((part) => part !== undefined).join(" ");
  return "ping" in each ? each.ping : "http" in each ? each.http : each.api;
}
