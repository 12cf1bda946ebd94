import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/** Each chapter alone from its own scenario; the whole report, which the shorter suite runs, passes through all of them. */
const ALONE = ["test/e2e/chapter-[1-7].test.ts", "test/e2e/chapter-1-sites.test.ts"];
const full = process.env["CONSTAT_TESTS"] === "full";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**", "**/node_modules/**", ...(full ? [] : ALONE)],
    // Two cores: more workers only make the browser and sshd tests fight for them.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
