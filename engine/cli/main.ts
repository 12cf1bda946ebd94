#!/usr/bin/env node
import { InvalidArgumentError } from "commander";
import { isProblem } from "../base/problem.ts";
import { createProgram } from "./commands.ts";
import { concealingTerminal } from "./concealed.ts";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.ts";
import { takeLanguage } from "./language.ts";
import { processTerminal, type Terminal } from "./terminal.ts";
import { frameWords } from "./words/frame.ts";

const OLDEST_NODE = 26;

/** Runs the command line and returns its exit code; the only place where errors end. */
export async function main(args: readonly string[], given: Terminal): Promise<ExitCode> {
  let terminal = concealingTerminal(given);
  try {
    const { language, rest } = takeLanguage(args, process.env);
    terminal = { ...terminal, language };
    return await createProgram(terminal)(rest);
  } catch (error) {
    if (error instanceof InvalidArgumentError) {
      terminal.err(`${error.message}\n`);
      return EXIT.author;
    }
    return complain(error, terminal);
  }
}

function complain(error: unknown, terminal: Terminal): ExitCode {
  const words = frameWords(terminal.language);
  if (isProblem(error)) {
    terminal.err(`${terminal.style("red", error.code)} ${error.message}\n`);
    if (error.hint !== undefined) terminal.err(`    → ${error.hint}\n`);
    const french = words.frenchOnly(error.code);
    if (french !== "") terminal.err(`    ${french}\n`);
    return exitCodeOf(error.scope);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.err(`${terminal.style("red", words.internal)} ${words.defect}${text}\n    → ${words.defectHint}\n`);
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
