#!/usr/bin/env node
import { isProblem } from "../base/problem.ts";
import { createProgram } from "./commands.ts";
import { concealingTerminal } from "./concealed.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

const OLDEST_NODE = 26;

/** Runs the command line and returns its exit code; the only place where errors end. */
export async function main(args: readonly string[], given: Terminal): Promise<ExitCode> {
  const terminal = concealingTerminal(given);
  try {
    return await createProgram(terminal)(args);
  } catch (error) {
    return complain(error, terminal);
  }
}

function complain(error: unknown, terminal: Terminal): ExitCode {
  if (isProblem(error)) {
    terminal.err(`${terminal.style("red", error.code)} ${error.message}\n`);
    if (error.hint !== undefined) terminal.err(`    → ${error.hint}\n`);
    return exitCodeOf(error.scope);
  }
  terminal.err(
    `${terminal.style("red", "INTERNE")} Défaut de Constat : ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  terminal.err("    → Ce qui était écrit dans le dossier d’exécution est conservé. Signalez ce texte.\n");
  return EXIT.environment;
}

// What nobody caught must not look like a failed step (1): it is the environment's code, as any defect.
function endBadly(error: unknown): never {
  complain(error, concealingTerminal(processTerminal()));
  process.exit(EXIT.environment);
}

/** Runs this process as the command line. */
export async function start(): Promise<void> {
  // A diagnostic report of Node would list the environment, where secrets are taken from.
  process.report.excludeEnv = true;
  process.on("uncaughtException", endBadly);
  process.on("unhandledRejection", endBadly);
  process.exitCode = tooOld(process.versions.node) ?? (await main(process.argv.slice(2), processTerminal()));
}

function tooOld(version: string): ExitCode | undefined {
  if (Number(version.split(".")[0]) >= OLDEST_NODE) return undefined;
  process.stderr.write(`Constat demande Node ${OLDEST_NODE} ou plus récent ; celui-ci est ${version}.\n`);
  return EXIT.environment;
}

// Older versions of Node do not know `import.meta.main`: undefined must not pass for a successful run of nothing.
if ((import.meta.main as boolean | undefined) !== false) await start();
