import type { Block } from "../../model/runbook.ts";
import { isMutating } from "./mutating-commands.ts";
import { placeInBody } from "./places.ts";
import { plainCommands, writtenFiles } from "./plain-commands.ts";
import { isScratch } from "./scratch-path.ts";
import type { LintRule } from "./world.ts";

const REMEDY = "Marquez le bloc .action, ou retirez-en ce qui modifie la machine (un audit n’exécute que les .check).";
const READING = ["GET", "HEAD"];
const REQUEST = /^([A-Z]+)[ \t]+\S/;

/** A check reads only: no command known to change something, no file written outside `/tmp`, no request but GET and HEAD. */
export const mutatingCheck: LintRule = ({ blocks }) => {
  for (const { block, runbook, report } of blocks) {
    if (block.role !== "check") continue;
    for (const { offset, reason } of block.kind === "shell" ? changesOf(block) : requestsOf(block)) {
      report({ rule: "mutating-check", place: placeInBody(runbook, block, offset), reason, remedy: REMEDY });
    }
  }
};

interface Change {
  readonly offset: number;
  readonly reason: string;
}

function changesOf({ body }: Block): readonly Change[] {
  const scratch = scratchVariables(body);
  const isSafe = (path: string) => isScratch(path) || scratch.has(path);
  const commands = plainCommands(body)
    .filter((command) => isMutating({ ...command, args: command.args.map((word) => (isSafe(word) ? "/tmp/x" : word)) }))
    .map(({ name, args, offset }) => ({
      offset,
      reason: `Un .check ne fait que lire, or « ${[name, ...args.slice(0, 2)].join(" ")} » change quelque chose.`,
    }));
  const files = writtenFiles(body)
    .filter(({ target }) => !isSafe(target))
    .map(({ target, offset }) => ({
      offset,
      reason: `Un .check ne fait que lire, or il écrit dans « ${target} » (hors de /tmp).`,
    }));
  return [...commands, ...files];
}

/** Variables that the script itself points into `/tmp`, as words write them. */
function scratchVariables(body: string): ReadonlySet<string> {
  const names = [...body.matchAll(/(?:^|[\s;])([A-Za-z_]\w*)=(?:"?\$\(mktemp\b|"?\/tmp\/)/g)].map((match) => match[1]);
  return new Set(names.flatMap((name) => [`$${name}`, `\${${name}}`]));
}

function requestsOf({ kind, body }: Block): readonly Change[] {
  if (kind !== "http") return [];
  const changes: Change[] = [];
  let expecting = true;
  let offset = 0;
  for (const line of body.split("\n")) {
    if (line.startsWith("###")) expecting = true;
    else if (expecting && line.trim() !== "" && !/^(?:#|\/\/|@)/.test(line)) {
      expecting = false;
      const method = REQUEST.exec(line)?.[1];
      if (method !== undefined && !READING.includes(method)) {
        changes.push({ offset, reason: `Un .check ne fait que lire, or il envoie ${method}.` });
      }
    }
    offset += line.length + 1;
  }
  return changes;
}
