import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { LAB_FOLDER } from "./default-inventory.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { HOME } from "./version.ts";

/** `constat lab`: starts the cluster to rehearse on, a program of its own, and stays until it ends. Arguments go to it as they are. */
export async function lab(args: readonly string[]): Promise<ExitCode> {
  const source = join(HOME, "lab", "main.ts");
  const program = existsSync(source) ? source : join(HOME, "dist", "lab", "main.js");
  const given = args.some((argument) => argument.startsWith("--folder")) ? args : ["--folder", LAB_FOLDER, ...args];
  const child = spawn(process.execPath, [program, ...given], { stdio: "inherit" });
  const forward = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on("SIGINT", forward);
  process.on("SIGTERM", forward);
  try {
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    if (signal === "SIGINT" || signal === "SIGTERM") return EXIT.interrupted;
    return [EXIT.ok, EXIT.author, EXIT.interrupted].find((known) => known === code) ?? EXIT.environment;
  } finally {
    process.off("SIGINT", forward);
    process.off("SIGTERM", forward);
  }
}
