import { z } from "zod";
import { parseDuration } from "../base/duration.ts";
import { LAYOUTS } from "./keyboard.ts";

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.issues.push({ code: "custom", message: "durée attendue, par exemple 30s ou 5m", input: text });
  return z.NEVER;
});
const layout = z.union([z.enum(LAYOUTS), z.string().regex(/^\{\{.+\}\}$/)]);
const key = z
  .string()
  .regex(/^(?:(?:ctrl|alt|shift|alt_r|meta_l)-)*[a-z0-9_]+$/, "touche attendue, par exemple ret, tab ou alt-n");

const step = z.union([
  /** Keys in QEMU's names (`ret`, `tab`, `alt-n`), one after the other. */
  z.strictObject({ keys: z.union([key, z.array(key), z.string().regex(/\{\{.+\}\}/)]) }),
  /** Writes a text, as a person would on that keyboard. */
  z.strictObject({ type: z.string(), layout: layout.optional() }),
  /** Writes a secret of the inventory; its value is shown and kept nowhere. */
  z.strictObject({ secret: z.string(), layout: layout.optional() }),
  /** Waits until the screen's text matches. */
  z.strictObject({ wait: z.string(), within: duration.optional() }),
  /** Waits until the picture has not changed for so long. */
  z.strictObject({ stable: duration, within: duration.optional() }),
  /** The picture is taken and the expectations are judged here; what follows is done only when they hold. */
  z.strictObject({ shot: z.literal(true) }),
]);

const box = z.strictObject({
  x: z.int().min(0),
  y: z.int().min(0),
  width: z.int().min(1),
  height: z.int().min(1),
});

/** The body of a `yaml {.console}` block: whose screen, what to do there, what must be read on it. */
export const consoleSpecSchema = z.strictObject({
  /** `node`: the target's own screen, by `console` or `bmc` of the inventory; `bmc`: its controller's; `vm/201`: of a machine on the target. */
  screen: z.string().regex(/^(?:node|bmc|vm\/(?:\d+|\{\{.+\}\}))$/, "écran attendu : node, bmc ou vm/<numéro>"),
  steps: z.array(step).default([]),
  /** How long a wait may take unless it says otherwise. */
  within: duration.default(60_000),
  crop: box.optional(),
  /** What is covered: each place whose text matches, or a box of pixels. */
  mask: z.array(z.union([z.strictObject({ text: z.string() }), z.strictObject({ box })])).default([]),
  /** Read on the screen: text that must be there, or must not. */
  expect: z.array(z.union([z.strictObject({ text: z.string() }), z.strictObject({ not: z.string() })])).default([]),
});

export type ConsoleSpec = z.output<typeof consoleSpecSchema>;
export type ConsoleStep = ConsoleSpec["steps"][number];
