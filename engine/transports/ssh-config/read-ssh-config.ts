import { glob, readFile, stat } from "node:fs/promises";
import { basename, isAbsolute, join } from "node:path";
import { ProblemError } from "../../base/problem.ts";
import { codeOf } from "../network-reason.ts";
import { expandHome, type OperatorHost, sshFolder } from "../operator-host.ts";
import { type ConfigLine, type ConfigPlace, invalidConfig } from "./config-line.ts";
import { parseSshConfig } from "./parse-ssh-config.ts";

const MAX_DEPTH = 16;

interface Reading {
  readonly host: OperatorHost;
  /** Where relative paths of `Include` start. */
  readonly folder: string;
  /** OpenSSH refuses a user's file that others may write. */
  readonly mine: boolean;
}

/**
 * The lines that speak for the operator: of the file that an inventory names, else of `~/.ssh/config` and then of the system's. Files
 * that are absent have none. Throws ProblemError SSH_CONFIG_INVALID, SSH_CONFIG_UNSAFE or SSH_CONFIG_UNREADABLE.
 */
export async function readSshConfig(named: string | undefined, host: OperatorHost): Promise<readonly ConfigLine[]> {
  const mine = join(host.home, ".ssh");
  if (named !== undefined) {
    const path = expandHome(named, host);
    const lines = await readOne(path, { host, folder: mine, mine: false }, 0);
    if (lines === undefined) throw unreadable(named, undefined);
    return lines;
  }
  const own = await readOne(join(mine, "config"), { host, folder: mine, mine: true }, 0);
  const system = join(sshFolder(host), "ssh_config");
  return [...(own ?? []), ...((await readOne(system, { host, folder: sshFolder(host), mine: false }, 0)) ?? [])];
}

/** Undefined when there is no such file. */
async function readOne(path: string, reading: Reading, depth: number): Promise<readonly ConfigLine[] | undefined> {
  const shown = path.startsWith(`${reading.host.home}/`) ? `~${path.slice(reading.host.home.length)}` : path;
  let text: string;
  try {
    if (reading.mine) await assertOwn(path, shown);
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (["ENOENT", "ENOTDIR"].includes(codeOf(error) ?? "")) return undefined;
    throw unreadable(shown, error);
  }
  const lines: ConfigLine[] = [];
  for (const line of parseSshConfig(text, shown)) {
    lines.push(line.keyword === "include" ? { ...line, included: await include(line, reading, depth + 1) } : line);
  }
  return lines;
}

async function include(
  { words, place }: ConfigLine,
  reading: Reading,
  depth: number,
): Promise<readonly (readonly ConfigLine[])[]> {
  if (depth > MAX_DEPTH) throw tooDeep(place);
  const found: (readonly ConfigLine[])[] = [];
  for (const word of words) {
    const expanded = expandHome(word, reading.host);
    const pattern = isAbsolute(expanded) ? expanded : join(reading.folder, expanded);
    for (const path of await matching(pattern)) found.push((await readOne(path, reading, depth)) ?? []);
  }
  return found;
}

/** As the shell would name them, in its order: hidden files only when the pattern says so. */
async function matching(pattern: string): Promise<readonly string[]> {
  if (!/[*?[]/.test(pattern)) return [pattern];
  const paths: string[] = [];
  for await (const path of glob(pattern)) paths.push(path);
  const hidden = basename(pattern).startsWith(".");
  return paths.filter((path) => hidden || !basename(path).startsWith(".")).sort();
}

async function assertOwn(path: string, shown: string): Promise<void> {
  const { mode, uid } = await stat(path);
  if ((mode & 0o022) === 0 && (uid === 0 || uid === process.getuid?.())) return;
  throw new ProblemError(
    "SSH_CONFIG_UNSAFE",
    `${shown} appartient à quelqu’un d’autre, ou d’autres peuvent l’écrire.`,
    {
      scope: "environment",
      hint: `Comme ssh, Constat ne s’y fie pas : chmod 600 ${shown}, ou « config: false » dans l’accès ssh de l’inventaire.`,
    },
  );
}

function tooDeep(place: ConfigPlace): ProblemError {
  return invalidConfig(place, `plus de ${MAX_DEPTH} « Include » emboîtés`, "Retirez celui qui revient sur lui-même.");
}

function unreadable(shown: string, cause: unknown): ProblemError {
  return new ProblemError("SSH_CONFIG_UNREADABLE", `La configuration ssh ${shown} ne se lit pas.`, {
    scope: "environment",
    hint: "Vérifiez ce chemin et les droits du fichier, ou mettez « config: false » dans l’accès ssh de l’inventaire.",
    cause,
  });
}
