import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** Each chapter alone from its own scenario; the whole report, which the shorter suite runs, passes through all of them. */
const ALONE = ["test/e2e/chapter-[1-7].test.ts", "test/e2e/chapter-1-sites.test.ts"];
const full = process.env["CONSTAT_TESTS"] === "full";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**", "**/node_modules/**", ...(full ? [] : ALONE)],
    // Two cores: the long files wait for the lab’s clock more than they compute (two workers kept the cores 45 % busy).
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Runs of the tests seal with a key of their own, never with the developer's.
    env: { XDG_DATA_HOME: join(tmpdir(), `constat-tests-${userInfo().uid}`) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
