import { z } from "zod";
import { parseDuration } from "../base/duration.ts";

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined && ms > 0) return ms;
  context.issues.push({ code: "custom", message: "durée attendue, par exemple 30s ou 2m", input: text });
  return z.NEVER;
});
const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A place on the page to point at or to cover. One of these keys says how it is found. */
const spot = z.union([
  /** A field of the open window, by its `name`. */
  z.strictObject({ field: z.string(), label: z.string().optional() }),
  /** A grid row that holds these values. */
  z.strictObject({ row: z.record(z.string(), scalar), label: z.string().optional() }),
  /** A button by its ExtJS reference or itemId. */
  z.strictObject({ button: z.string(), label: z.string().optional() }),
  /** An ExtJS component query. */
  z.strictObject({ component: z.string(), label: z.string().optional() }),
  /** A CSS selector, for pages that are not Proxmox's. */
  z.strictObject({ selector: z.string(), label: z.string().optional() }),
]);

/** What is covered or held still: a place, a column of the tables by its `dataIndex`, or a pattern anywhere on the page. */
const cover = z.union([...spot.options, z.strictObject({ column: z.string() }), z.strictObject({ text: z.string() })]);

/** Values that change from one look to the next, by what they tell. */
export const VOLATILE = ["uptimes", "loads", "times", "charts"] as const;

const where = z.record(z.string(), scalar);

const pageExpectation = z.union([
  /** At least one visible grid shows such a row. */
  z.strictObject({ row: where }),
  /** Exactly so many rows match (in the grids that are visible). */
  z.strictObject({ rows: where, count: z.int().nonnegative() }),
  /** A field of the open window holds this value. */
  z.strictObject({ field: z.string(), is: scalar }),
  /** A component found by an ExtJS query holds this value. */
  z.strictObject({ component: z.string(), is: scalar }),
  /** Visible text matches this regular expression; texts are translated, so prefer data. */
  z.strictObject({ text: z.string() }),
  /** The Proxmox API of the same node agrees; `path` is a JSONPath into `data`. */
  z.strictObject({
    api: z.string(),
    path: z.string().default("$"),
    where: where.optional(),
    equals: scalar.optional(),
    count: z.int().nonnegative().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
]);

const step = z.union([
  z.strictObject({ click: z.string() }),
  z.strictObject({ type: z.string(), into: z.string() }),
  z.strictObject({ wait: z.string() }),
]);

/** The body of a `yaml {.browser}` block: what to show, what to point at, what must be true on it. */
export const browserSpecSchema = z
  .strictObject({
    /** A Proxmox view by name: `datacenter/cluster`, `node/pve1/network`, `vm/100/hardware`, `login`. */
    view: z.string().optional(),
    /** A dialog of that view: `create-cluster`, `join-information`, `join-cluster`. Never submitted. */
    dialog: z.string().optional(),
    /** Any other page. */
    open: z.string().optional(),
    steps: z.array(step).optional(),
    /** A recording of Chrome's Recorder panel, as it exports it: an object, or its JSON as text. */
    flow: z.union([z.string(), z.record(z.string(), z.json())]).optional(),
    /** Values of the dialog's fields, by their `name`, or by `component:` and an ExtJS query within the dialog. */
    fill: z.record(z.string(), scalar).optional(),
    crop: z.union([z.enum(["page", "content", "window"]), z.strictObject({ selector: z.string() })]).default("page"),
    padding: z.int().min(0).max(200).default(0),
    highlight: z.array(spot).default([]),
    /** Replaced by dots on the picture and in all that is kept beside it; secrets of the inventory always are. */
    mask: z.array(cover).default([]),
    /** Replaced by one mark, so that two pictures of the same state are the same. */
    freeze: z.array(z.union([z.enum(VOLATILE), cover])).default([]),
    /** Columns are made as wide as their texts where all of them fit. */
    widen: z.boolean().default(true),
    /** The bottom log panel is hidden unless it is the subject. */
    log: z.boolean().default(false),
    viewport: z.strictObject({ width: z.int().min(320).max(7680), height: z.int().min(200).max(4320) }).optional(),
    scale: z.number().min(1).max(3).default(2),
    language: z.string().default("fr"),
    expect: z.array(pageExpectation).default([]),
    /** How long the page, once it is there, may take to show what is expected; 20 s unless said otherwise. Milliseconds. */
    within: duration.optional(),
  })
  .refine((spec) => [spec.view, spec.open ?? spec.flow].filter((each) => each !== undefined).length === 1, {
    message: "dire soit `view` (une vue de Proxmox), soit `open` (une adresse) ou `flow` (un enregistrement)",
  })
  .refine((spec) => spec.dialog === undefined || spec.view !== undefined, { message: "`dialog` demande une `view`" });

export type BrowserSpec = z.output<typeof browserSpecSchema>;
export type CoverSpot = z.output<typeof cover>;
export type PageExpectation = z.output<typeof pageExpectation>;
