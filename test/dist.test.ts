import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "./support/temp-folder.ts";

const ROOT = join(import.meta.dirname, "..");

describe("npm run build", () => {
  it("makes a dist/ whose constat runs outside the clone", async () => {
    const folder = await tempFolder();
    const clone = join(folder, "clone");
    mkdirSync(clone);
    for (const name of [
      "package.json",
      "tsconfig.json",
      "tsconfig.build.json",
      "engine",
      "lab",
      "scripts",
      "templates",
    ]) {
      cpSync(join(ROOT, name), join(clone, name), { recursive: true, filter: (path) => !path.includes("/vendor") });
    }
    symlinkSync(join(ROOT, "node_modules"), join(clone, "node_modules"));
    execFileSync(process.execPath, ["scripts/build.ts"], { cwd: clone });
    // As it is installed: the package's files only, no TypeScript beside them.
    const installed = join(folder, "installed");
    mkdirSync(installed);
    for (const name of ["package.json", "dist", "templates"])
      cpSync(join(clone, name), join(installed, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(installed, "node_modules"));
    const constat = (...args: string[]) =>
      spawnSync(process.execPath, [join(installed, "dist/engine/cli/main.js"), ...args], {
        encoding: "utf8",
        cwd: folder,
      });
    expect(constat("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    const linted = constat("lint", join(ROOT, "runbooks"));
    expect([linted.status, linted.stdout, linted.stderr]).toEqual([0, expect.stringContaining("rien à signaler"), ""]);
    expect(existsSync(join(installed, "dist/lab/main.js"))).toBe(true);
    expect(constat("lab", "--help").stdout).toContain("--scenario");
  }, 120_000);
});
