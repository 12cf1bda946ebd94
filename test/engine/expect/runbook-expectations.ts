import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { parseExpectation } from "../../../engine/expect/index.ts";
import { blockSettingsSchema } from "../../../engine/model/block-settings.ts";
import type { Expectation } from "../../../engine/model/expectation.ts";
import type { Values } from "../../../engine/model/values.ts";

const RUNBOOK = new URL("../../../runbooks/03-cluster-corosync.md", import.meta.url);
const RECORDINGS = new URL("../../fixtures/pve-outputs/", import.meta.url);
const judged = z.object({ expect: blockSettingsSchema.shape.expect, save: blockSettingsSchema.shape.save });

/** The `expect` and `save` that chapter 3 itself gives to a block; read without the runbook room, which is a stranger here. */
export function settingsOf(id: string): z.output<typeof judged> {
  const source = readFileSync(RUNBOOK, "utf8");
  const fence = new RegExp(`^\`\`\`\\w+ \\{#${RegExp.escape(id)} [^\n]*\n((?:#\\|[^\n]*\n)*)`, "m").exec(source);
  if (fence === null) throw new Error(`Chapter 3 has no block #${id}`);
  return judged.parse(parse((fence[1] ?? "").replaceAll(/^#\| ?/gm, "")) ?? {});
}

/** The rules of a block of chapter 3, filled in. */
export function expectationsOf(id: string, values: Values): readonly Expectation[] {
  return (settingsOf(id).expect ?? []).map((written) => {
    const parsed = parseExpectation(written, values);
    if (!parsed.ok) throw new Error(parsed.reason);
    return parsed.expectation;
  });
}

/** What a real node answered, byte for byte. */
export function recording(file: string): string {
  return readFileSync(new URL(file, RECORDINGS), "utf8");
}
