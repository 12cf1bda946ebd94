import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { main } from "../../engine/cli/main.ts";
import type { Terminal } from "../../engine/cli/terminal.ts";
import { type CliResult, MAIN, runCli } from "./run-cli.ts";
import { tempFolder } from "./temp-folder.ts";

/** An inventory whose only node nobody talks to: the blocks run on the operator's own machine. */
export const LOCAL_INVENTORY = "nom: essai\nguard: loopback\nnodes:\n  pve1: { address: 127.0.0.1 }\n";

/** A folder with documents, in which the real command line runs. */
export interface CliProject {
  readonly folder: string;
  constat(...args: readonly string[]): Promise<CliResult>;
  /** The same command line in this process: quicker, but every path must be absolute. */
  here(...args: readonly string[]): Promise<CliResult>;
  path(name: string): string;
  /** Starts a command and gives its process, its output read away. */
  start(...args: readonly string[]): ReturnType<typeof spawn>;
}

/** A chapter with these blocks. */
export function chapter(blocks: string, number = 3): string {
  return `---\nchapitre: ${number}\n---\n\n# ${number}. Essai\n\n${blocks}\n`;
}

/** Writes the files (the inventory as `inventaire.yaml` beside them) into a folder whose path has a space. */
export async function cliProject(
  files: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = {},
): Promise<CliProject> {
  const folder = join(await tempFolder(), "un projet");
  for (const [path, text] of Object.entries({ "inventaire.yaml": LOCAL_INVENTORY, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return {
    folder,
    constat: (...args) => runCli(args, { cwd: folder, env }),
    here: async (...args) => {
      const said = { out: "", err: "" };
      const terminal: Terminal = {
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        style: (_, text) => text,
        interactive: false,
      };
      const code = await main(args, terminal);
      return { code, stdout: said.out, stderr: said.err };
    },
    path: (name) => join(folder, name),
    start: (...args) =>
      spawn(process.execPath, [MAIN, ...args], {
        cwd: folder,
        env: { ...process.env, NO_COLOR: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      }),
  };
}
