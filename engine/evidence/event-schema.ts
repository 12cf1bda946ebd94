import { z } from "zod";
import { ARTEFACT_ROLES, type EventBody } from "../model/event.ts";
import { KIND_NAMES } from "../model/runbook.ts";

const text = z.string();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const names = z.array(text);
const count = z.int().nonnegative();

const diff = z.array(z.strictObject({ mark: z.enum([" ", "-", "+"]), text })).optional();
const judgements = z.array(z.strictObject({ ok: z.boolean(), expected: text, obtained: text, diff }));

const outcome = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("passed"), judgements }),
  z.strictObject({ status: z.literal("failed"), reason: text, judgements }),
  z.strictObject({
    status: z.literal("skipped"),
    because: z.enum(["satisfied", "not-chosen", "deselected", "declined"]),
    reason: text,
  }),
  z.strictObject({ status: z.literal("blocked"), by: text, reason: text }),
  z.strictObject({ status: z.literal("errored"), code: text, reason: text, hint: text }),
]);

const artefact = z.strictObject({
  role: z.enum(ARTEFACT_ROLES),
  path: text,
  sha256: digest,
  bytes: count,
  mediaType: text,
});

const figure = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("terminal"), step: text, targets: names }),
  z.strictObject({
    type: z.literal("picture"),
    picture: artefact,
    width: z.number(),
    height: z.number(),
    scale: z.number(),
    url: text,
    alternative: text,
    judgements,
    at: text.optional(),
  }),
]);

const source = z.strictObject({ file: text, sha256: digest });
const attempt = z.int().positive();
const attempted = { attempt, step: text, target: text };

const started = z.strictObject({
  type: z.literal("run-started"),
  run: text,
  engine: z.strictObject({ name: z.literal("constat"), version: text, node: text, platform: text }),
  operator: z.strictObject({ user: text, host: text, key: digest.optional() }),
  tools: z.strictObject({ browser: text.nullable(), fonts: z.array(source) }).optional(),
  audits: z.strictObject({ run: text, head: digest }).optional(),
  repository: z.strictObject({ commit: text, modified: z.boolean() }).optional(),
  inventory: z.strictObject({
    file: text,
    name: text,
    source,
    bases: z.array(source).optional(),
    simulated: text.nullable(),
    timeScale: z.number(),
  }),
  runbooks: z.array(z.strictObject({ file: text, sha256: digest, chapter: z.int(), title: text })),
  settings: source,
  waivers: source.optional(),
  scope: z.array(z.int()),
  steps: z.array(
    z.strictObject({
      step: text,
      kind: z.enum(KIND_NAMES),
      role: z.enum(["check", "action"]),
      chapter: z.int(),
      targets: names,
      fills: text.nullable(),
      requirements: names.optional(),
      file: text,
      line: z.int(),
    }),
  ),
  placeholders: z.array(
    z.strictObject({ id: text, caption: text, chapter: z.int(), candidates: names, chosen: text.nullable() }),
  ),
});

const operator = z.strictObject({ user: text, host: text });
const choice = z.discriminatedUnion("what", [
  z.strictObject({ what: z.enum(["run", "retried", "continued", "run-rest", "paused", "interrupted", "stopped"]) }),
  z.strictObject({ what: z.literal("skipped"), reason: text }),
  z.strictObject({ what: z.literal("edited"), before: text, after: text, reason: text }),
  z.strictObject({ what: z.literal("jumped"), to: text, reason: text }),
  z.strictObject({ what: z.literal("run-until"), to: text }),
  z.strictObject({ what: z.enum(["confirmed", "declined"]), question: text }),
]);

/** What each kind of event holds, exactly: a line of a journal that does not is no event. */
const BODIES = z.discriminatedUnion("type", [
  started,
  z.strictObject({
    type: z.literal("node-identified"),
    node: text,
    address: text,
    facts: z.record(text, text),
    hostKey: text.optional(),
    clock: z.strictObject({ aheadMs: z.number(), withinMs: z.number().nonnegative(), method: text }).optional(),
  }),
  z.strictObject({ type: z.literal("step-started"), step: text }),
  z.strictObject({
    type: z.literal("attempt-started"),
    ...attempted,
    purpose: z.enum(["run", "guard", "verify", "proof"]),
    onBehalfOf: text.nullable(),
    sent: text,
  }),
  z.strictObject({
    type: z.literal("attempt-finished"),
    ...attempted,
    outcome,
    durationMs: z.number(),
    answer: text,
    artefacts: z.array(artefact),
    figure: figure.nullable(),
    saved: z.record(text, text),
    redactions: z.record(text, z.int()),
  }),
  z.strictObject({
    type: z.literal("step-finished"),
    step: text,
    outcome,
    retained: z.record(text, attempt),
    homogeneous: z.boolean().nullable(),
  }),
  z.strictObject({
    type: z.literal("placeholder-filled"),
    placeholder: text,
    step: text,
    attempts: z.array(attempt),
    figure,
  }),
  z.strictObject({
    type: z.literal("figure-reused"),
    placeholder: text,
    from: z.strictObject({ run: text, head: text, at: text, seq: attempt }),
    figure,
    artefacts: z.array(artefact),
    sent: text,
    target: text,
    answer: text,
  }),
  z.strictObject({
    type: z.literal("figure-given"),
    placeholder: text,
    by: z.strictObject({ user: text, host: text }),
    source: z.strictObject({ name: text, sha256: digest, removed: names }),
    origin: text,
    attestation: z.strictObject({ text, how: z.enum(["accepted", "typed", "option"]) }),
    figure,
    artefacts: z.array(artefact),
  }),
  z.strictObject({ type: z.literal("certificate-taken"), node: text, fingerprint: text }),
  z.strictObject({ type: z.literal("certificate-renewed"), node: text, step: text, before: text, after: text }),
  z.strictObject({ type: z.literal("operator-decided"), step: text, by: operator, choice }),
  z.strictObject({ type: z.literal("run-resumed"), by: operator, cut: count }),
  z.strictObject({
    type: z.literal("step-kept"),
    step: text,
    because: z.enum(["proven", "given", "changed", "unproven"]),
    reason: text,
  }),
  z.strictObject({
    type: z.literal("run-finished"),
    counts: z.strictObject({ passed: count, failed: count, skipped: count, blocked: count, errored: count }),
    placeholders: z.strictObject({ expected: count, filled: count }),
    interrupted: z.boolean(),
  }),
]) satisfies z.ZodType<EventBody>;

const ENVELOPE = z.object({ v: z.literal(1), seq: attempt, at: z.iso.datetime({ precision: 3 }), prev: digest });

/** Whether a value that was read is an event of this version, whole and without anything else in it. */
export function isEvent(value: { readonly [key: string]: unknown }): boolean {
  const { v, seq, at, prev, ...body } = value;
  return ENVELOPE.safeParse({ v, seq, at, prev }).success && BODIES.safeParse(body).success;
}
