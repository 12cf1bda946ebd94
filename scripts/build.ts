/** `npm run build`: JavaScript for publishing in `dist/`, with what the lab's pages are made of. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");

rmSync(dist, { recursive: true, force: true });
const compiler = join(root, "node_modules", "typescript-native", "bin", "tsc");
const compiled = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const path of ["lab/ui/app", "lab/ui/LICENSE", "lab/scenarios"])
  cpSync(join(root, path), join(dist, path), { recursive: true });
chmodSync(join(dist, "engine", "cli", "main.js"), 0o755);
