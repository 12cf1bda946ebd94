import { describe, expect, test } from "vitest";
import { formatAnswer } from "../../../lab/ssh/commands/pvesh-format.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { shapeDifferences } from "../api/shape.ts";
import { openLedger } from "../recorded/ledger.ts";
import { normalise, tableHead } from "./normalise.ts";
import { type OpenLab, openLab, PASSWORD, type Ran } from "./open-lab.ts";
import { type Recorded, readCommands } from "./recorded-commands.ts";
import { type Comparison, PLAN, type PlannedFile, type Stage } from "./recorded-plan.ts";

const PASSWORDS = { right: PASSWORD, wrong: "wrong" };
const ledger = openLedger(import.meta.filename);
const TERMINAL = { term: "xterm", cols: 200, rows: 50 };

describe.each(PLAN)("the node's answers to $file", (planned) => {
  test("have the form of the recorded ones", async () => {
    await using lab = await openLab(planned.dialect);
    await reach(lab, planned.stage);
    const recorded = readCommands(planned.file, PASSWORDS);
    const ran: [Recorded, Comparison, Ran][] = [];
    for (const [index, command] of recorded.entries()) {
      const comparison = planned.comparisons[index] ?? "text";
      const before = situations[command.id];
      before?.(lab);
      ran.push([command, comparison, await runRecorded(lab, planned, command, comparison)]);
    }
    for (const [command, comparison, answer] of ran) {
      compare(command, comparison, answer);
      if (typeof comparison === "string") ledger.played(command.id);
    }
  });
});

test("every command that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

/** What was different on the recorded machines just before a command. */
const situations: Readonly<Record<string, (lab: OpenLab) => void>> = {
  "8.4/cluster/02-add-errors.txt #1": ({ world }) => {
    nodeOf(world, "pve1").proxy = "down";
  },
  "8.4/cluster/02-add-errors.txt #2": ({ world }) => {
    nodeOf(world, "pve1").proxy = "up";
  },
  // Another `pvecm add` was at its prompt, and went away once this one waited.
  "9/cluster/03-add.txt #1": ({ world }) => {
    const node = nodeOf(world, "pve2");
    node.pvecmLocked = true;
    const release = setInterval(() => {
      if (!node.tasks.some(({ output }) => output.includes("trying to acquire lock"))) return;
      node.pvecmLocked = false;
      clearInterval(release);
    }, 1);
  },
};

/** Where a wrong password of seven characters was typed, which its stars do not tell. */
const mistyped = new Set(["9/cluster/02-add-errors.txt #4"]);

async function reach(lab: OpenLab, stage: Stage): Promise<void> {
  if (stage === "fresh") return;
  if (stage === "created-wrong-link") {
    expect(await lab.run("pve1", "pvecm create lab --link0 10.99.99.99")).toMatchObject({ code: 0 });
    return;
  }
  expect(await lab.run("pve1", "pvecm create lab --link0 10.10.20.11 --link1 10.10.10.11")).toMatchObject({ code: 0 });
  if (stage === "created") return;
  for (const number of [2, 3]) await join3(lab, number);
}

async function join3(lab: OpenLab, number: number): Promise<void> {
  const { fingerprint } = nodeOf(lab.world, "pve1").certificate;
  const command = `pvecm add 10.10.10.11 --fingerprint ${fingerprint} --link0 10.10.20.1${number} --link1 10.10.10.1${number}`;
  const joined = await lab.run(`pve${number}`, command, { pty: TERMINAL, typed: [[/password for .*: $/, PASSWORD]] });
  expect(joined.output).toContain(`successfully added node 'pve${number}' to cluster.`);
}

async function runRecorded(
  lab: OpenLab,
  planned: PlannedFile,
  command: Recorded,
  comparison: Comparison,
): Promise<Ran> {
  // The lab must get on to where the next command was typed, also when this one is not compared.
  if (planned.file.endsWith("03-create-add.txt") && command.id.endsWith("#4")) return await joinSecond(lab, command);
  if (typeof comparison === "object") return { stdout: "", stderr: "", output: "", code: 0, signal: undefined };
  const interactive = command.terminal || !command.command.startsWith("pvecm add");
  const typed = mistyped.has(command.id)
    ? command.typed.map(([prompt, text]) => [prompt, text.replace(PASSWORD, "bad-pw7")] as const)
    : command.typed;
  const options = interactive ? { pty: TERMINAL, typed } : {};
  return await lab.run(command.node, command.command, options);
}

async function joinSecond(lab: OpenLab, command: Recorded): Promise<Ran> {
  return await lab.run(command.node, command.command, { pty: TERMINAL, typed: command.typed });
}

function compare(recorded: Recorded, comparison: Comparison, ran: Ran): void {
  if (typeof comparison === "object") return;
  const where = `${recorded.id}: ${recorded.command}`;
  expect(`${where} → ${ran.code}`).toBe(`${where} → ${recorded.code}`);
  if (comparison === "text")
    expect(normalise(versionless(ran.output)), where).toBe(normalise(versionless(recorded.output)));
  if (comparison === "head") expect(firstBlock(ran.output), where).toBe(firstBlock(recorded.output));
  if (comparison === "table") expect(tableHead(ran.output), where).toEqual(tableHead(recorded.output));
  if (comparison === "names") {
    expect(namesIn(ran.output).length, where).toBeGreaterThan(1);
    expect(namesIn(recorded.output), where).toEqual(expect.arrayContaining([...namesIn(ran.output)]));
  }
  if (comparison !== "json") return;
  const [theirs, ours]: unknown[] = [JSON.parse(recorded.output), JSON.parse(ran.output)];
  expect(shapeDifferences(theirs, ours), where).toEqual([]);
  // The layout is compared too: laying out the recorded data gives the recorded text.
  const format = recorded.command.includes("json-pretty") ? "json-pretty" : "json";
  expect(formatAnswer(theirs, format, "/")).toBe(recorded.output);
}

/** What `pvesh ls` lists, without the letters of what can be done with each. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/^[-Drwcd]{5} +(\S+)$/gm)].map(([, name = ""]) => name);
}

function firstBlock(text: string): string {
  return normalise(text).split("\n\n")[0] ?? "";
}

/** Kernel and build of the recording's machines are not those of a Proxmox installation. */
function versionless(text: string): string {
  return text
    .replace(/(pve-manager\/[\d.]+)\/\w+ \(running kernel: [^)]+\)/, "$1/BUILD (running kernel: KERNEL)")
    .replace(/"repoid":"\w+"/, '"repoid":"BUILD"')
    .replace(/repoid +│ \w+/, "repoid │ BUILD");
}
