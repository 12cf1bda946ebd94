import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { VARIABLE } from "../../engine/inventory/inventory-schema.ts";

const RUNBOOKS = join(import.meta.dirname, "../../runbooks");

interface Declared {
  readonly file: string;
  readonly name: string;
  readonly default: unknown;
  readonly description: string;
}

/** Every variable that a runbook declares, once for each runbook. */
const DECLARED: readonly Declared[] = readdirSync(RUNBOOKS)
  .filter((file) => file.endsWith(".md"))
  .flatMap((file) => {
    const head = parse(readFileSync(join(RUNBOOKS, file), "utf8").split(/^---$/m)[1] ?? "");
    const variables: Record<string, Omit<Declared, "file" | "name">> = head.variables ?? {};
    return Object.entries(variables).map(([name, declared]) => ({ file, name, ...declared }));
  });

describe("the variables of the runbooks", () => {
  it("can all be given by an inventory", () => {
    expect(DECLARED.length).toBeGreaterThan(30);
    expect(DECLARED.filter(({ name }) => !VARIABLE.test(name))).toEqual([]);
  });

  it("mean one thing where several chapters share them", () => {
    const meanings = Map.groupBy(DECLARED, ({ name }) => name);
    const shared = [...meanings.values()].filter((uses) => uses.length > 1);
    expect(shared.length).toBeGreaterThan(3);
    for (const uses of shared) {
      const texts = uses.map((use) => JSON.stringify([use.name, use.default, use.description]));
      expect(new Set(texts).size, texts.join("\n")).toBe(1);
    }
  });

  it("are the only ones that the example of a site gives", () => {
    const site = parse(readFileSync(join(RUNBOOKS, "inventory", "site.example.yaml"), "utf8"));
    const given = Object.keys(site.vars);
    expect(given).toContain("ceph_reseau");
    expect(given.filter((name) => !DECLARED.some((declared) => declared.name === name))).toEqual([]);
  });
});
