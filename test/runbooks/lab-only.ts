import type { Block, Runbook } from "../../engine/model/runbook.ts";
import { plainCommands } from "../../engine/runbook/lint/plain-commands.ts";

/** Something in a runbook that would hold in the lab and not on another site. */
export interface LabOnly {
  /** "06-migration-a-chaud.md:12" */
  readonly where: string;
  readonly rule: "address" | "loopback" | "sleep" | "lab-command" | "node-name";
  readonly text: string;
}

const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}\b/g;
/** Not an address of anybody: "all interfaces", and masks. */
const NOBODY = /^(?:0\.0\.0\.0|255(?:\.\d{1,3}){3})$/;
const LOOPBACK = /\b127\.|\[?::1\]?(?![\w:])|https?:\/\/localhost\b/;
const LAB = /(?<![\w./-])constat(?:-lab)?(?=\s|$)|\bCONSTAT_\w+|\blab\.example\b/;
/** A node's name as it stands in the lab, and not a piece of a longer name, as of a file that a step makes. */
const NODE = /(?<![\w.-])pve\d(?![\w-]|\.\w)/;
/** A wait is documented by a comment of its own just above, which says what is waited for and why no check can. */
const DOCUMENTED = /^\s*#\s*Attente\s*:\s*\S+(?:\s+\S+){3,}/;
/** Settings whose value is read by people: `confirm`, labels, notes. */
const PROSE =
  /^(?:#\|)?\s*-?\s*(?:confirm|label|title|note|description|consigne)\s*:.*$|\blabel:\s*(?:"[^"]*"|'[^']*')/;
/** Where the engine itself takes the name of a node in the inventory for the node. */
const ALIASES =
  /\{\{[^}]*\}\}|nodes_pve\d\w*|\b(?:node|storage)\/pve\d\b|\bbmc@pve\d\b|#[\w-]+|(?<=\bon(?:=|: ?))pve\d\b/g;

/** Everything in a runbook's blocks and front matter that only the lab's addresses, names, clock or commands make true. */
export function labOnly(runbook: Runbook): readonly LabOnly[] {
  const lines = runbook.source.split("\n");
  return [...inFrontMatter(runbook, lines), ...runbook.blocks.flatMap((block) => inBlock(runbook, block, lines))];
}

/** Site values may stand there as defaults of variables, and nowhere else. */
function inFrontMatter(runbook: Runbook, lines: readonly string[]): readonly LabOnly[] {
  const end = lines.indexOf("---", 1);
  return lines.slice(0, Math.max(end, 0)).flatMap((line, index) => {
    if (/^\s+default:/.test(line)) return LOOPBACK.test(line) ? [finding(runbook, index + 1, "loopback", line)] : [];
    return foreignAddresses(line).length > 0 ? [finding(runbook, index + 1, "address", line)] : [];
  });
}

function inBlock(runbook: Runbook, block: Block, lines: readonly string[]): readonly LabOnly[] {
  const last = block.bodyLine + block.body.replace(/\n$/, "").split("\n").length - 1;
  const numbers = Array.from({ length: last - block.place.line }, (_, index) => block.place.line + 1 + index);
  return numbers.flatMap((number) => {
    const line = lines[number - 1] ?? "";
    const told = (rule: LabOnly["rule"]) => finding(runbook, number, rule, line);
    const plain = line.replace(PROSE, "").replace(ALIASES, "");
    return [
      ...(foreignAddresses(line).length > 0 ? [told("address")] : []),
      ...(LOOPBACK.test(line) ? [told("loopback")] : []),
      ...(LAB.test(line) ? [told("lab-command")] : []),
      ...(sleeps(block, line) && !DOCUMENTED.test(lines[number - 2] ?? "") ? [told("sleep")] : []),
      ...(block.kind !== "manual" && NODE.test(plain) ? [told("node-name")] : []),
    ];
  });
}

function sleeps(block: Block, line: string): boolean {
  if (block.kind === "shell") return plainCommands(line).some(({ name }) => name === "sleep" || name === "usleep");
  return /^\s*-?\s*(?:sleep|pause)\s*:/.test(line);
}

function foreignAddresses(line: string): readonly string[] {
  return [...line.matchAll(ADDRESS)]
    .map(([address]) => address)
    .filter((each) => !NOBODY.test(each) && !/^127\./.test(each));
}

function finding(runbook: Runbook, line: number, rule: LabOnly["rule"], text: string): LabOnly {
  return { where: `${runbook.file}:${line}`, rule, text: text.trim() };
}
