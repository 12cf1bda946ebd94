import { spawn } from "node:child_process";
import { once } from "node:events";
import type { LabProject } from "./lab-run.ts";
import { MAIN } from "./run-cli.ts";

/** How a run is cut short: Ctrl-C, the engine killed, or every ssh connection of the lab cut at once. */
export type Cut = "interrupt" | "kill" | "cable";

/**
 * A moment of a run: when this step has begun and, with `says`, once a task of any node has printed that since; with `labMs`, so much later.
 * With `node`, the task is that node's and nothing else need be known: what the engine prints comes too late on a busy machine.
 */
export interface Moment {
  readonly step: string;
  readonly says?: string;
  readonly node?: string;
  readonly labMs?: number;
}

/** How a cut run ended. */
export interface CutRun {
  readonly code: number | null;
  readonly output: string;
  /** False when the moment never came: the run ended by itself. */
  readonly cut: boolean;
}

/** Runs the project with these arguments and cuts it at that moment. Waits for the run's end. */
export async function cutRun(
  project: LabProject,
  moment: Moment,
  how: Cut,
  args: readonly string[] = [],
): Promise<CutRun> {
  const { lab, folder } = project;
  const begun = lab.world.clock.seconds();
  const child = spawn(
    process.execPath,
    [MAIN, "run", "runbooks", "--yes", "--no-report", "--reporter", "detail", ...args],
    { cwd: folder, env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  let reachedAt: number | undefined;
  let cut = false;
  const look = setInterval(() => {
    if (cut || !said(project, moment, begun)) return;
    if (moment.node !== undefined) reachedAt ??= lab.world.clock.now();
    if (reachedAt === undefined) return;
    if (lab.world.clock.now() < reachedAt + (moment.labMs ?? 0)) return;
    cut = true;
    if (how === "cable")
      for (const name of lab.world.nodes.keys()) lab.world.events.emit({ type: "cable", node: name });
    else child.kill(how === "kill" ? "SIGKILL" : "SIGINT");
  }, 5);
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    if (output.includes(` #${moment.step} …`)) reachedAt ??= lab.world.clock.now();
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    return { code, output, cut };
  } finally {
    clearInterval(look);
  }
}

function said({ lab }: LabProject, { says, node }: Moment, since: number): boolean {
  if (says === undefined) return true;
  const nodes = [...lab.world.nodes.values()].filter(({ name }) => node === undefined || name === node);
  return nodes.some(({ tasks }) => tasks.some((task) => task.starttime >= since && task.output.includes(says)));
}
