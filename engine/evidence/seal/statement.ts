import { z } from "zod";
import { canonicalJson } from "../../base/digest.ts";
import type { Json } from "../../base/json.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const named = z.strictObject({ name: z.string(), digest: z.strictObject({ sha256: digest }) });
const tests = z.array(z.string());

/** An in-toto Statement v1 with the test-result predicate v0.1; what is only ours stands under `constat`. */
const statement = z.strictObject({
  _type: z.literal("https://in-toto.io/Statement/v1"),
  subject: z.array(named),
  predicateType: z.literal("https://in-toto.io/attestation/test-result/v0.1"),
  predicate: z.strictObject({
    result: z.enum(["PASSED", "WARNED", "FAILED"]),
    configuration: z.array(named),
    passedTests: tests,
    warnedTests: tests,
    failedTests: tests,
    constat: z.strictObject({
      run: z.string(),
      /** From 1; a folder that changed is sealed again. */
      seal: z.int().positive(),
      sealedAt: z.iso.datetime({ precision: 3 }),
      engine: z.string(),
      operator: z.strictObject({ user: z.string(), host: z.string(), key: digest }),
      journal: z.strictObject({ head: digest, lines: z.int().nonnegative() }),
      evidenceRoot: digest,
      /** Whether a time stamp token was asked for, so that its absence shows. */
      stamped: z.boolean(),
      /** The seal that this one takes the place of. */
      supersedes: z.strictObject({ attestation: digest, tagmanifest: digest }).nullable(),
    }),
  }),
});

export type Statement = z.output<typeof statement>;
export type Result = Statement["predicate"]["result"];

/** Reads a statement. Undefined for what is not exactly one, in the one canonical spelling. */
export function readStatement(payload: Uint8Array): Statement | undefined {
  try {
    const text = Buffer.from(payload).toString("utf8");
    const parsed = statement.safeParse(JSON.parse(text));
    if (!parsed.success) return undefined;
    return canonicalJson(parsed.data as Json) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
