import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VOLATILE_RULES } from "../../../engine/compare/index.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/diff.md"), "utf8");
const COMMANDS = readFileSync(join(import.meta.dirname, "../../../engine/cli/commands.ts"), "utf8");

describe("docs/diff.md", () => {
  it("names every rule, and whether it holds when nothing is said", () => {
    const listed = [...PAGE.matchAll(/^\| `(\w+)` \| .* \| (oui|non) \|$/gm)].map(([, name, usual]) => [name, usual]);
    expect(new Map(listed as [string, string][])).toEqual(
      new Map(VOLATILE_RULES.map(({ name, usual }) => [name, usual ? "oui" : "non"])),
    );
  });

  it("names every option of the command", () => {
    const block = /\.command\("diff"\)[\s\S]*?\.action/.exec(COMMANDS)?.[0] ?? "";
    const options = [...block.matchAll(/[oO]ption\("(--[\w-]+)/g)].map(([, option]) => option ?? "");
    expect(options.length).toBeGreaterThan(7);
    expect(options.filter((option) => !PAGE.includes(option))).toEqual([]);
  });
});
