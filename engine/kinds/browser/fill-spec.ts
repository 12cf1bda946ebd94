import { interpolate } from "../../base/interpolate.ts";
import type { BrowserSpec, CoverSpot } from "../../model/browser-spec.ts";
import type { Values } from "../../model/values.ts";
import { readFlow } from "./read-flow.ts";

/** The body with its values, or the French reason why it cannot have them. */
export type FilledSpec =
  | { readonly ok: true; readonly spec: BrowserSpec }
  | { readonly ok: false; readonly reason: string };

type Write = (text: string) => string;

/** What may stand in a query or a selector without being able to change what it asks. */
const HARMLESS = /^[\p{L}\p{N}_.:/@ -]*$/u;

/** Fills `{{name}}` into every text of the body, each value kept a value where it lands: pattern, JSONPath, address, selector. */
export function fillSpec(spec: BrowserSpec, values: Values): FilledSpec {
  const missing = new Set<string>();
  const unsafe = new Set<string>();
  const note = (name: string) => missing.add(name);
  const plain: Write = (text) => interpolate(text, values, "plain", note);
  const pattern: Write = (text) => interpolate(text, values, "regex", note);
  const jsonPath: Write = (text) => interpolate(text, values, "jsonpath", note);
  const encoded = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeURIComponent(value)]));
  const path: Write = (text) => interpolate(text, encoded, "plain", note);
  const selector: Write = (text) => {
    const used = Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const safe = HARMLESS.test(value);
        return [name, safe ? value : `{{${name}}}`];
      }),
    );
    const filled = interpolate(text, used, "plain", note);
    for (const [, name] of filled.matchAll(/\{\{([^}]*)\}\}/g))
      if (Object.hasOwn(values, name ?? "")) unsafe.add(name ?? "");
    return filled;
  };
  const filled = fill(spec, { plain, pattern, jsonPath, path, selector });
  if (missing.size > 0) return { ok: false, reason: `valeur inconnue à cette étape : ${[...missing].join(", ")}` };
  if (unsafe.size > 0) {
    const names = [...unsafe].join(", ");
    return {
      ok: false,
      reason: `la valeur de ${names} ne peut pas entrer dans un sélecteur : elle en changerait le sens`,
    };
  }
  return { ok: true, spec: filled };
}

interface Writers {
  readonly plain: Write;
  readonly pattern: Write;
  readonly jsonPath: Write;
  readonly path: Write;
  readonly selector: Write;
}

type Scalar = string | number | boolean;

function fill(spec: BrowserSpec, write: Writers): BrowserSpec {
  const { plain, selector } = write;
  const scalar = (value: Scalar): Scalar => (typeof value === "string" ? plain(value) : value);
  const scalars = (record: Readonly<Record<string, Scalar>>) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, scalar(value)]));
  const spot = (each: BrowserSpec["highlight"][number]): BrowserSpec["highlight"][number] => {
    const label = each.label === undefined ? {} : { label: plain(each.label) };
    if ("row" in each) return { ...label, row: scalars(each.row) };
    if ("field" in each) return { ...label, field: plain(each.field) };
    if ("button" in each) return { ...label, button: plain(each.button) };
    if ("component" in each) return { ...label, component: selector(each.component) };
    return { ...label, selector: selector(each.selector) };
  };
  const cover = (each: CoverSpot): CoverSpot => {
    if ("column" in each) return { column: plain(each.column) };
    if ("text" in each) return { text: write.pattern(each.text) };
    return spot(each);
  };
  const expectation = (each: BrowserSpec["expect"][number]): BrowserSpec["expect"][number] => {
    if ("row" in each) return { row: scalars(each.row) };
    if ("rows" in each) return { ...each, rows: scalars(each.rows) };
    if ("field" in each) return { field: plain(each.field), is: scalar(each.is) };
    if ("component" in each) return { component: selector(each.component), is: scalar(each.is) };
    if ("text" in each) return { text: write.pattern(each.text) };
    return {
      ...each,
      api: write.path(each.api),
      path: write.jsonPath(each.path),
      ...(each.where === undefined ? {} : { where: scalars(each.where) }),
      ...(each.equals === undefined ? {} : { equals: scalar(each.equals) }),
    };
  };
  const step = (each: NonNullable<BrowserSpec["steps"]>[number]) => {
    if ("click" in each) return { click: selector(each.click) };
    if ("wait" in each) return { wait: selector(each.wait) };
    return { type: plain(each.type), into: selector(each.into) };
  };
  // A recording is replayed as it is: nothing is filled in.
  const recorded = ({ open, flow }: BrowserSpec): Partial<BrowserSpec> => {
    const read = flow === undefined ? undefined : readFlow(flow);
    if (read?.ok !== true) return {};
    const opens = open ?? read.opens;
    return { flow: JSON.parse(JSON.stringify(read.flow)), ...(opens === undefined ? {} : { open: plain(opens) }) };
  };
  return {
    ...spec,
    ...(spec.view === undefined ? {} : { view: plain(spec.view) }),
    ...(spec.dialog === undefined ? {} : { dialog: plain(spec.dialog) }),
    ...(spec.open === undefined ? {} : { open: plain(spec.open) }),
    ...recorded(spec),
    ...(spec.steps === undefined ? {} : { steps: spec.steps.map(step) }),
    ...(spec.fill === undefined ? {} : { fill: scalars(spec.fill) }),
    crop: typeof spec.crop === "string" ? spec.crop : { selector: selector(spec.crop.selector) },
    highlight: spec.highlight.map(spot),
    mask: spec.mask.map(cover),
    freeze: spec.freeze.map((each) => (typeof each === "string" ? each : cover(each))),
    expect: spec.expect.map(expectation),
  };
}
