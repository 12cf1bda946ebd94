import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { KIND_NAMES } from "../engine/model/runbook.ts";
import { tempFolder } from "./support/temp-folder.ts";

const ROOT = join(import.meta.dirname, "..");
const CRUISER = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");

interface Cruise {
  readonly violations: readonly string[];
  readonly modules: number;
}

/** Runs the floor check on a tree that has our configuration. */
function cruise(folder: string): Cruise {
  const args = [CRUISER, "engine", "lab", "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const { summary, modules } = JSON.parse(stdout) as {
    summary: { violations: { from: string; to: string; rule: { name: string } }[] };
    modules: { source: string }[];
  };
  return {
    violations: summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).sort(),
    modules: modules.filter(({ source }) => /^(?:engine|lab)\//.test(source)).length,
  };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function sourceFiles(): readonly string[] {
  return ["engine", "lab"]
    .flatMap((room) => filesBelow(join(ROOT, room)))
    .filter((path) => /\.(?:ts|js)$/.test(path) && !path.includes("/vendor/"));
}

describe("the floors", () => {
  it("hold in the real tree, and every TypeScript file of it was looked at", () => {
    const { violations, modules } = cruise(ROOT);
    expect(violations).toEqual([]);
    const typescript = sourceFiles().filter((path) => path.endsWith(".ts"));
    // A cruise over nothing is a success for the tool: the number of modules is what makes it a check.
    expect(modules).toBeGreaterThanOrEqual(typescript.length);
    expect(typescript.length).toBeGreaterThan(100);
  });

  it("name every planted violation", async () => {
    const folder = await tempFolder();
    for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "package.json"])
      cpSync(join(ROOT, name), join(folder, name));
    const planted: Readonly<Record<string, string>> = {
      "engine/base/up.ts": 'import type { Place } from "../model/place.ts";\nexport type Up = Place;\n',
      "engine/model/place.ts": "export interface Place { readonly line: number }\n",
      "engine/plan/sideways.ts": 'import { x } from "../expect/x.ts";\nexport const y = x;\n',
      "engine/expect/x.ts": "export const x = 1;\n",
      "engine/plan/disk.ts": 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;\n',
      "engine/kinds/one.ts": 'import { two } from "./two.ts";\nexport const one = two;\n',
      "engine/kinds/two.ts": 'import { ssh } from "../transports/ssh.ts";\nexport const two = ssh;\n',
      "engine/transports/ssh.ts": "export const ssh = 1;\n",
      "engine/run/loop-a.ts": 'import { b } from "./loop-b.ts";\nexport const a = (): unknown => b;\n',
      "engine/run/loop-b.ts": 'import { a } from "./loop-a.ts";\nexport const b = (): unknown => a;\n',
      "engine/cli/direct.ts": 'import { ssh } from "../transports/ssh.ts";\nexport const direct = ssh;\n',
      "engine/audit/stranger.ts": 'import { a } from "../run/loop-a.ts";\nexport const stranger = a;\n',
      "lab/peek.ts": 'import { x } from "../engine/expect/x.ts";\nexport const peek = x;\n',
    };
    for (const [path, text] of Object.entries(planted)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { violations, modules } = cruise(folder);
    expect(modules).toBe(Object.keys(planted).length);
    expect(violations).toEqual([
      "audit-looks-down: engine/audit/stranger.ts -> engine/run/loop-a.ts",
      "base-looks-down: engine/base/up.ts -> engine/model/place.ts",
      "engine-and-lab-are-strangers: lab/peek.ts -> engine/expect/x.ts",
      "kinds-are-strangers: engine/kinds/one.ts -> engine/kinds/two.ts",
      "kinds-see-ports-only: engine/kinds/two.ts -> engine/transports/ssh.ts",
      "no-cycles: engine/run/loop-a.ts -> engine/run/loop-b.ts",
      "plan-looks-down: engine/plan/sideways.ts -> engine/expect/x.ts",
      "ports-meet-implementations-in-compose: engine/cli/direct.ts -> engine/transports/ssh.ts",
      "pure-rooms: engine/plan/disk.ts -> fs",
    ]);
  });
});

describe("every block kind", () => {
  it.each(KIND_NAMES)("%s has its code, template, docs page and test", (kind) => {
    const members = [
      `engine/kinds/${kind}.ts`,
      `templates/kinds/${kind}.hbs`,
      `docs/kinds/${kind}.md`,
      `test/engine/kinds/${kind}.test.ts`,
    ];
    expect(members.filter((path) => !statSync(join(ROOT, path), { throwIfNoEntry: false })?.isFile())).toEqual([]);
  });
});

describe("every source file", () => {
  it("has at most 250 lines, tests among them", () => {
    const tests = filesBelow(join(ROOT, "test")).filter((path) => path.endsWith(".ts"));
    expect(tests.length).toBeGreaterThan(100);
    const long = [...sourceFiles(), ...tests].filter((path) => readFileSync(path, "utf8").split("\n").length > 251);
    expect(long.map((path) => path.slice(ROOT.length + 1))).toEqual([]);
  });

  it("of the lab's pages says its licence, and no other is GPL", () => {
    const pages = sourceFiles().filter((path) => path.includes("/lab/ui/"));
    const others = sourceFiles().filter((path) => !path.includes("/lab/ui/"));
    const spdx = "SPDX-License-Identifier: GPL-3.0-or-later";
    expect(pages.filter((path) => !readFileSync(path, "utf8").includes(spdx))).toEqual([]);
    expect(others.filter((path) => readFileSync(path, "utf8").includes(spdx))).toEqual([]);
  });
});
