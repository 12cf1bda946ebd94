/**
 * `npm run demo`: sets everything up, starts the lab, runs all chapters, leaves the PDF and says where (its last line).
 * Plain Node 20. The lab is this command's own and ends with it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { complain, setUp } from "./setup.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const labFolder = join("output", "demo-lab");
const inventory = join(labFolder, "inventory.yaml");
/** Lab seconds per second: joins, installations and failovers take a tenth of their real time. */
const TIME_SCALE = "10";
/** Where chapter 1 begins: a server without a system, nothing else. */
const SCENARIO = "serveur-nu";
const LAB_START_MS = 60_000;
const LAB_END_MS = 10_000;

process.chdir(root);
const { node, problems } = await setUp({ tests: false });
if (complain(problems)) process.exit(3);

rmSync(labFolder, { recursive: true, force: true });
// A group of its own: Ctrl-C must not take the cluster away from the run that cleans up on it.
const lab = spawn(node, ["lab/main.ts", "--folder", labFolder, "--scenario", SCENARIO, "--time-scale", TIME_SCALE], {
  stdio: ["ignore", "inherit", "inherit"],
  detached: true,
});
let code = 3;
try {
  if (await labReady()) {
    code = await runAll();
  } else process.stderr.write("Le laboratoire n’a pas démarré ; ses messages sont ci-dessus.\n");
} finally {
  await endLab();
}
const pdf = join("output", "latest", "data", "rapport.pdf");
if (code === 0 && !existsSync(pdf)) {
  process.stderr.write("Tout est passé, mais le PDF n’est pas là : « npm run -s constat -- report » dit pourquoi.\n");
  code = 3;
}
if (code === 0) process.stdout.write(`${realpathSync(pdf)}\n`);
process.exitCode = code;

/** All chapters; an interruption reaches the run, which ends its step, cleans up and keeps its evidence. */
async function runAll() {
  const run = spawn(node, ["engine/cli/main.ts", "run", "runbooks", "--inventory", inventory, "--yes"], {
    stdio: "inherit",
  });
  // A terminal sends Ctrl-C to every process of the group: here it only must not end this one before the others.
  const stay = () => {};
  process.on("SIGINT", stay);
  const pass = () => run.kill("SIGTERM");
  process.on("SIGTERM", pass);
  const [status] = await once(run, "exit");
  process.off("SIGINT", stay);
  process.off("SIGTERM", pass);
  return status ?? 130;
}

/** The lab's last words come before ours. */
async function endLab() {
  if (lab.exitCode !== null || lab.signalCode !== null) return;
  const ended = once(lab, "exit");
  lab.kill("SIGTERM");
  const late = setTimeout(() => lab.kill("SIGKILL"), LAB_END_MS);
  await ended;
  clearTimeout(late);
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
