/**
 * Adds a stub to package-lock.json for each optional platform package that this registry view does not offer.
 *
 * Why: npm leaves such packages out of the lockfile and then refuses `npm ci` because they are "missing from lock file".
 * The stub carries an `os` that no machine has, so it is never installed. Run after each change of dependencies.
 */
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const hoisted = `node_modules/${name}`;
    if (path === "" || lock.packages[nested] || lock.packages[hoisted]) continue;
    lock.packages[hoisted] = { version: range.replace(/^[\^~]/, ""), optional: true, os: ["not-offered-here"] };
    added.push(name);
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} stub(s) added to package-lock.json\n`);
