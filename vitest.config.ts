import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** Each chapter alone from its own scenario; the whole report, which the shorter suite runs, passes through all of them. */
const ALONE = ["test/e2e/chapter-[1-7].test.ts", "test/e2e/chapter-1-sites.test.ts"];
/** The interface driver's contract in front of slow nodes, fifty fresh starts of each dialect, runs cut anywhere, false captions of five chapters, the tutorial. */
const LONG = [
  "test/e2e/chapter-[12456]-false.test.ts",
  "test/engine/transports/browser/pve-ui-slow.test.ts",
  "test/engine/transports/browser/fresh-starts.test.ts",
  "test/e2e/interrupted-anywhere.test.ts",
  "test/e2e/interrupted-chapter-3.test.ts",
  "test/e2e/audit-live.test.ts",
  "test/e2e/tutorial.test.ts",
];
const full = process.env["CONSTAT_TESTS"] === "full";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**", "**/node_modules/**", ...(full ? [] : [...ALONE, ...LONG])],
    // Two cores: the long files wait for the lab’s clock more than they compute (two workers kept the cores 45 % busy).
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Runs of the tests seal with a key of their own, never with the developer’s, and speak French wherever they run.
    env: { XDG_DATA_HOME: join(tmpdir(), `constat-tests-${userInfo().uid}`), CONSTAT_LANG: "fr" },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
