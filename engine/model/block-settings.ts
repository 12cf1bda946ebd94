import { z } from "zod";
import { parseDuration } from "../base/duration.ts";
import { REQUIREMENT_ID } from "./report-settings.ts";

/** Timers of Node end at once when they are given more than 2^31-1 ms; a week is enough for any step. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/** A variable's name in the place of a duration, read when the plan is made; until then it counts as this long. */
const REFERENCE = /^\{\{[^{}]+\}\}$/;
const UNREAD_MS = 1_000;

/** Milliseconds, written as `30s`, `2m`, `1h30m`, or as `{{name}}` of a variable that says so. */
const duration = z.string().transform((text, context) => {
  const ms = REFERENCE.test(text) ? UNREAD_MS : parseDuration(text);
  if (ms !== undefined && ms > 0 && ms <= LONGEST_MS) return ms;
  const message =
    ms === undefined
      ? "durée attendue, par exemple 30s, 2m ou 1h30m"
      : "durée hors bornes : plus de 0, une semaine au plus";
  context.issues.push({ code: "custom", message, input: text });
  return z.NEVER;
});

const list = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item]).transform((value) => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

const words = z
  .union([z.array(z.string()), z.string()])
  .transform((value) => (Array.isArray(value) ? value : value.split(/[\s,]+/)).filter((word) => word !== ""));

const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const reference = z.string().regex(/^#[\p{L}\p{N}_.:-]+$/u, "référence attendue, par exemple #etat-cluster");
const references = z
  .union([z.array(reference), z.string()])
  .transform((value) => (Array.isArray(value) ? value : value.split(/[\s,]+/).filter((word) => word !== "")))
  .pipe(z.array(reference))
  .transform((values) => values.map((value) => value.slice(1)));

/** Rights as chmod writes them. YAML reads `0644` as a number, whose digits are the same. */
const fileMode = z
  .union([z.string(), z.int().nonnegative()])
  .transform((value) => String(value).padStart(4, "0"))
  .pipe(z.string().regex(/^0?[0-7]{3,4}$/, "droits attendus en octal, par exemple 0644"));
/** `bmc@pve1`: what a site may offer, at which node; with `!` before it, that it does not. `name=value`: what a variable says there. */
const OFFER = /^(?:!?(?:ssh|pve|bmc|console)@[\p{L}_][\p{L}\p{N}_-]*|[\p{L}_][\p{L}\p{N}_.-]*=\S+)$/u;

const jsonRule = z.strictObject({
  path: z.string(),
  where: z.record(z.string(), z.json()).optional(),
  equals: z.json().optional(),
  matches: z.string().optional(),
  count: z.int().nonnegative().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

/** What `expect` may hold: `/regex/`, text with `*` and `?`, plain text, `{ not: … }` or a `{ json: … }` rule; one or a list. */
const expectation = z.union([
  z.string(),
  z.strictObject({ equal: z.string() }),
  z.strictObject({ glob: z.string() }),
  z.strictObject({ not: z.string() }),
  z.strictObject({ json: jsonRule }),
]);

const selector = z.union([
  z.string(),
  z.strictObject({ regex: z.string() }),
  /** With `all`, every different value that is selected, one a line. */
  z.strictObject({ json: z.string(), where: z.record(z.string(), z.json()).optional(), all: z.boolean().optional() }),
]);

const answer = z.union([
  z.strictObject({ prompt: z.string(), answer: z.string() }),
  z.strictObject({ prompt: z.string(), secret: z.string() }),
]);

/**
 * The type of every common key of a block, after precedence is resolved. Attribute strings and YAML values are both accepted.
 * Durations come out in milliseconds, references without their `#`.
 */
export const blockSettingsSchema = z.strictObject({
  on: words.optional(),
  capture: z.union([z.string(), flag]).optional(),
  /** Any of these checks that passes dispenses with the step. */
  unless: references.optional(),
  verify: references.optional(),
  needs: references.optional(),
  expect: list(expectation).optional(),
  /** Of a request: the HTTP statuses that are right; any 2xx when absent. */
  status: z
    .union([z.int(), z.array(z.union([z.int(), z.string()])), z.string()])
    .transform((value) => (Array.isArray(value) ? value : String(value).split(/[\s,]+/)).map(Number))
    .pipe(z.array(z.int().min(100).max(599)).min(1))
    .optional(),
  /** Of a request: the value whose lines it is sent for, one after the other; in the block, that value is the line. */
  each: z.string().optional(),
  exit: list(z.coerce.number().int().min(0).max(255)).optional(),
  /** `stable`: how long the condition has to hold without a break, so that a flicker does not count. */
  until: z
    .strictObject({ every: duration.default(5_000), within: duration, stable: duration.optional() })
    .refine(({ within, stable }) => within === UNREAD_MS || stable === undefined || stable < within, {
      path: ["stable"],
      message:
        "« stable » doit être plus court que « within », sans quoi la condition n’est jamais tenue assez longtemps",
    })
    .optional(),
  timeout: duration.default(60_000),
  retry: z
    .union([
      z.coerce.number().int().min(0).max(100),
      z.strictObject({ times: z.int().min(0).max(100), every: duration }),
    ])
    .transform((value) => (typeof value === "number" ? { times: value, every: 1_000 } : value))
    .optional(),
  save: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "nom de variable attendu"), selector).optional(),
  session: z.string().optional(),
  pty: flag.optional(),
  answers: list(answer).optional(),
  confirm: z.union([flag, z.string()]).optional(),
  cleanup: flag.optional(),
  /** The step renews a certificate: the node's own (`tls`, a cluster join: the new pin is read over ssh), or its controller's (`bmc`). */
  renews: z.enum(["tls", "bmc"]).optional(),
  /** `fails`: a machine that does not answer at all makes this check fail, instead of stopping the run. */
  unreachable: z.enum(["fails"]).optional(),
  /** Only where the site offers it (`bmc@pve1`), does not (`!bmc@pve1`), or says so (`name=value`); else the block is left out. */
  when: words
    .pipe(z.array(z.string().regex(OFFER, "condition attendue, par exemple bmc@pve1 ou !console@pve2")))
    .optional(),
  /** Requirements that the step proves. */
  exigence: words
    .pipe(z.array(z.string().regex(REQUIREMENT_ID, "identifiant d’exigence attendu, par exemple SEC-12")))
    .optional(),
  tags: words.optional(),
  mask: list(z.string()).optional(),
  show: z.enum(["all", "command", "output", "none"]).default("all"),
  fold: z.union([flag, z.coerce.number().int().positive()]).optional(),
  figure: z.string().optional(),
  /** The block goes on while the following ones run, until the run ends or a block says `stops=#id`. */
  background: flag.optional(),
  /** A check that begins before that action and ends after it and its verification; of several, the one that this site runs. */
  during: references.optional(),
  /** Background blocks that end before this block runs. */
  stops: references.optional(),
  /** Of a `.file` block: where it is written, with which rights, whose it is (`root` or `root:www-data`). */
  path: z.string().optional(),
  mode: fileMode.optional(),
  owner: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]*(?::[a-z_][a-z0-9_-]*)?$/i, "propriétaire attendu, par exemple root ou root:www-data")
    .optional(),
  /** Of a `.manual` block: what the person gives, `picture`, `note` or both. */
  asks: words.pipe(z.array(z.enum(["picture", "note"])).min(1)).optional(),
});

export type BlockSettings = z.output<typeof blockSettingsSchema>;
