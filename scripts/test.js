/** `npm test`: sets everything up, then runs the one gate; `--full` runs both dialects end to end. Plain Node 20. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { complain, setUp } from "./setup.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { node, problems } = await setUp({ tests: true });
if (complain(problems)) process.exit(3);

const gate = spawnSync(node, [join(root, "scripts", "check.ts"), ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = gate.status ?? 1;
