import type { JsonObject } from "../../../engine/base/json.ts";
import { blockSettingsSchema } from "../../../engine/model/block-settings.ts";
import type { Inventory, InventoryNode } from "../../../engine/model/inventory.ts";
import type { Need } from "../../../engine/model/need.ts";
import type { Block, DeclaredVariable, KindName, Role, Runbook } from "../../../engine/model/runbook.ts";
import { type PlanInput, type Planned, planRun } from "../../../engine/plan/index.ts";

/** A block in one line: `id`, its settings as an author writes them, and what is not common. */
export interface Sketch {
  readonly id: string;
  readonly kind?: KindName;
  readonly role?: Role;
  readonly body?: string;
  readonly [setting: string]: unknown;
}

export interface RunbookSketch {
  readonly chapter?: number;
  readonly captions?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly blocks: readonly Sketch[];
}

/** A runbook as the parser would give it; each block stands on ten lines, its settings on those after its first. */
export function runbook({ chapter = 3, captions = [], variables = {}, blocks }: RunbookSketch): Runbook {
  const file = `0${chapter}.md`;
  return {
    file,
    source: "",
    sha256: "",
    chapter,
    title: `Chapitre ${chapter}`,
    frontMatter: {},
    variables: Object.entries(variables).map(
      ([name, text], index): DeclaredVariable => ({
        name,
        default: text,
        description: "",
        place: { file, line: index + 2, column: 3 },
      }),
    ),
    sections: [],
    placeholders: captions.map((caption, index) => ({
      id: `${chapter}-${caption}`,
      caption,
      chapter,
      section: 0,
      place: { file, line: 900 + index, column: 1 },
    })),
    blocks: blocks.map((sketch, index) => block(sketch, file, chapter, 10 * (index + 1))),
    tree: { type: "root", children: [] },
  };
}

function block(
  { id, kind = "shell", role = "check", body = "", ...written }: Sketch,
  file: string,
  chapter: number,
  line: number,
): Block {
  const keys = Object.entries(written as JsonObject);
  return {
    id,
    derivedId: false,
    kind,
    role,
    language: "bash",
    chapter,
    section: 0,
    body,
    bodyLine: line + 5,
    bodyColumn: 1,
    raw: Object.fromEntries(
      keys.map(([key, value], index) => [
        key,
        { value, origin: "block" as const, place: { file, line: line + 1 + index, column: 4 } },
      ]),
    ),
    settings: blockSettingsSchema.parse(written),
    place: { file, line, column: 1 },
  };
}

/** A node that offers everything, at an address of the documentation range. */
export function node(name: string, changes: Partial<InventoryNode> = {}): InventoryNode {
  const address = `192.0.2.${name.replace(/\D/g, "") || "99"}`;
  return {
    name,
    hostname: `srv-${name}`,
    address,
    vars: {},
    ssh: { user: "root", endpoint: { host: address, port: 22 }, hostKeys: [] },
    pve: { user: "root@pam", endpoint: { host: address, port: 8006 } },
    ...changes,
  };
}

export function inventory(changes: Partial<Inventory> = {}): Inventory {
  return {
    file: "inventory/site.yaml",
    name: "site",
    timeScale: 1,
    guard: "none",
    nodes: [node("pve1"), node("pve2")],
    groups: { noeuds: ["pve1", "pve2"] },
    vars: {},
    secrets: {},
    ...changes,
  };
}

const NEEDS: Readonly<Record<KindName, readonly Need[]>> = {
  shell: ["shell"],
  http: ["pve"],
  browser: ["browser", "pve"],
  watch: ["shell"],
  manual: ["operator"],
  file: ["shell"],
  console: ["console"],
};

/** Plans sketches; what they need follows their kind. */
export function plan(sketches: readonly RunbookSketch[], rest: Partial<Omit<PlanInput, "runbooks">> = {}): Planned {
  return planRun({
    runbooks: sketches.map(runbook),
    inventory: inventory(),
    needsOf: ({ kind }) => NEEDS[kind],
    ...rest,
  });
}

/** The steps of a plan, one line each: `id@targets`, what it fills, why it is left out. */
export function stepsOf({ plan: { steps } }: Planned): readonly string[] {
  return steps.map(({ id, targets, fills, leftOut }) =>
    [`${id}@${targets.join(",")}`, fills && `→ ${fills}`, leftOut && `(${leftOut.because}: ${leftOut.text})`]
      .filter(Boolean)
      .join(" "),
  );
}

/** The problems of a plan, one line each. */
export function problemsOf({ problems }: Planned): readonly string[] {
  return problems.map(
    ({ place, reason, remedy }) => `${place.file}:${place.line}:${place.column} ${reason} — ${remedy}`,
  );
}
