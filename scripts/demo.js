/**
 * `npm run demo`: sets everything up, starts the lab, runs all chapters, leaves the PDF and says where (its last line).
 * Plain Node 20. The lab is this command's own and ends with it.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { complain, setUp } from "./setup.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const labFolder = join("output", "demo-lab");
const inventory = join(labFolder, "inventory.yaml");
/** Lab seconds per second: joins and polls take a fifth of their real time. */
const TIME_SCALE = "5";
const LAB_START_MS = 60_000;

process.chdir(root);
const { node, problems } = await setUp({ tests: false });
if (complain(problems)) process.exit(3);

rmSync(labFolder, { recursive: true, force: true });
const lab = spawn(node, ["lab/main.ts", "--folder", labFolder, "--time-scale", TIME_SCALE], {
  stdio: ["ignore", "inherit", "inherit"],
});
let code = 3;
try {
  if (await labReady()) {
    const run = spawnSync(node, ["engine/cli/main.ts", "run", "runbooks", "--inventory", inventory, "--yes"], {
      stdio: "inherit",
    });
    code = run.status ?? 130;
  } else process.stderr.write("Le laboratoire n’a pas démarré ; ses messages sont ci-dessus.\n");
} finally {
  await endLab();
}
const pdf = join("output", "latest", "data", "rapport.pdf");
if (code === 0 && existsSync(pdf)) process.stdout.write(`${realpathSync(pdf)}\n`);
process.exitCode = code;

/** The lab's last words come before ours. */
async function endLab() {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const ended = once(lab, "exit");
  lab.kill("SIGTERM");
  await ended;
}

async function labReady() {
  const end = Date.now() + LAB_START_MS;
  while (Date.now() < end && lab.exitCode === null) {
    // The inventory is the last thing that the lab writes.
    if (existsSync(inventory)) return true;
    await wait(100);
  }
  return false;
}
