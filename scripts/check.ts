/** The one gate: format and lint, types, floors, unused code, tests. Stops at the first that fails; the tests' summary comes last. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const results = join(root, "output", "tests.json");
const full = process.argv.includes("--full");

const bin = (name: string, path: string): string => join(root, "node_modules", name, path);
const checks: readonly (readonly [string, string, readonly string[]])[] = [
  ["format et lint", bin("@biomejs/biome", "bin/biome"), ["ci", "--error-on-warnings", "."]],
  ["types", bin("typescript-native", "bin/tsc"), ["--noEmit", "-p", "."]],
  [
    "étages",
    bin("dependency-cruiser", "bin/dependency-cruiser.mjs"),
    ["engine", "lab", "--config", ".dependency-cruiser.cjs"],
  ],
  ["code inutilisé", bin("knip", "bin/knip.js"), []],
];

for (const [name, program, args] of checks) {
  process.stdout.write(`\n== ${name}\n`);
  if (run(program, args) !== 0) {
    process.stderr.write(`\nÉchec : ${name}. « npm run fix » corrige ce qui peut l’être sans risque.\n`);
    process.exit(1);
  }
}

process.stdout.write("\n== tests\n");
mkdirSync(join(root, "output"), { recursive: true });
// A runner that dies early must not be summed up by the results of the time before.
rmSync(results, { force: true });
const status = run(bin("vitest", "vitest.mjs"), [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${results}`,
]);
process.exitCode = summarize(status);

function run(program: string, args: readonly string[]): number {
  const path = [dirname(process.execPath), process.env["PATH"]].join(":");
  const env = { ...process.env, PATH: path, ...(full ? { CONSTAT_TESTS: "full" } : {}) };
  return spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: "inherit", env }).status ?? 1;
}

/** The plain closing line that every CI understands. No test at all is a failure. */
function summarize(status: number): number {
  if (!existsSync(results)) return status === 0 ? 1 : status;
  const report = JSON.parse(readFileSync(results, "utf8")) as Record<string, number>;
  const passed = report["numPassedTests"] ?? 0;
  const skipped = report["numPendingTests"] ?? 0;
  process.stdout.write(`\n${passed} passed, ${report["numFailedTests"] ?? 0} failed, ${skipped} skipped\n`);
  return status === 0 && passed === 0 ? 1 : status;
}
