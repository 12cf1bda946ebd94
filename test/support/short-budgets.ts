import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WRITTEN = join(import.meta.dirname, "../../runbooks");

/**
 * Gives every wait of a project's runbooks (`until`, the end of a `.watch`, what a page is to show) this many seconds at most: for tests in which what is
 * waited for never comes. Time limits of single commands stay; what is tried again is tried again at once. Called again, it starts from the runbooks as they are written.
 */
export function shortenBudgets(folder: string, seconds: number): void {
  const runbooks = join(folder, "runbooks");
  for (const name of readdirSync(runbooks)) {
    if (!name.endsWith(".md")) continue;
    const file = join(runbooks, name);
    const written = readFileSync(join(WRITTEN, name), "utf8")
      .replace(/^(view|open): /gm, "within: 20s\n$1: ")
      .replace(/^screen: bmc\n(?!within)/gm, `screen: bmc\nwithin: ${seconds}s\n`);
    const text = written
      .replace(/\bwithin: "\{\{delai_\w+\}\}"/g, `within: ${seconds}s`)
      .replace(/\bwithin: (\d+)(m|s)\b/g, (whole, number: string, unit: string) =>
        Number(number) * (unit === "m" ? 60 : 1) > seconds ? `within: ${seconds}s` : whole,
      );
    writeFileSync(file, text.replace(/\b(retry: \{ times: \d+, every:) \d+[ms] \}/g, "$1 1s }"));
  }
}
