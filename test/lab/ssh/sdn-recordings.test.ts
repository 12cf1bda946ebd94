import { describe, expect, test } from "vitest";
import { formatAnswer } from "../../../lab/ssh/commands/pvesh-format.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { cutPower } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { shapeDifferences } from "../api/shape.ts";
import { openLedger } from "../recorded/ledger.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";
import { type Recorded, readCommands } from "./recorded-commands.ts";
import { SDN_COMPARISONS } from "./sdn-plan.ts";

type Before = (lab: OpenLab) => void | Promise<void>;

const ledger = openLedger(import.meta.filename);
const BROKEN_8 = (lab: OpenLab) => {
  for (const name of ["pve2", "pve3"]) lab.world.faults.foreignIfupdown.set(name, "3.0.0-1.1");
  cutPower(lab.world, nodeOf(lab.world, "pve1"));
};

/** What was so on the recorded machines before a command. */
const BEFORE: Readonly<Record<string, Before>> = {
  "8.4/sdn/01-sdn.txt #9": BROKEN_8,
  "8.4/sdn/02-apply.txt #1": async (lab) => {
    await setUp(lab);
    for (const name of ["pve1", "pve2", "pve3"]) lab.world.faults.halfDnsmasq.add(name);
  },
  "9/sdn/02-apply.txt #1": async (lab) => {
    await setUp(lab, "--alias lab-net");
    const subnet =
      "pvesh create /cluster/sdn/vnets/vnet1/subnets --subnet 10.50.0.0/24 --gateway 10.50.0.1 --type subnet";
    expect(await lab.run("pve1", subnet)).toMatchObject({ code: 0 });
  },
};

describe.each(Object.entries(SDN_COMPARISONS))("the nodes' answers to %s", (file, comparisons) => {
  test("have the form of the recorded ones", async () => {
    await using lab = await openLab(file.startsWith("9/") ? "9" : "8.4");
    await formCluster(lab.world, "lab");
    const commands = readCommands(file, { right: PASSWORD, wrong: "wrong" });
    expect(commands).toHaveLength(comparisons.length);
    for (const [index, recorded] of commands.entries()) {
      await BEFORE[recorded.id]?.(lab);
      const comparison = comparisons[index] ?? "text";
      if (typeof comparison === "object") continue;
      const { output } = await lab.run(recorded.node, recorded.command.replace(/^time /, ""), { pty: TERMINAL });
      compare(recorded, comparison, output);
      ledger.played(recorded.id);
    }
  });
});

test("every command that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

const TERMINAL = { term: "xterm", cols: 200, rows: 50 };

async function setUp(lab: OpenLab, more = ""): Promise<void> {
  const script = [
    "pvesh create /cluster/sdn/zones --zone vxl --type vxlan --peers 10.10.20.11,10.10.20.12,10.10.20.13",
    "pvesh create /cluster/sdn/zones --zone lab --type simple",
    `pvesh create /cluster/sdn/vnets --vnet vnet1 --zone vxl --tag 10001 ${more}`,
  ];
  expect(await lab.run("pve1", script.join(" && "))).toMatchObject({ code: 0 });
}

function compare(
  { id, command, output: recorded }: Recorded,
  comparison: "text" | "lines" | "json",
  ran: string,
): void {
  const where = `${id}: ${command}`;
  if (comparison === "text") expect(normalise(ran), where).toBe(normalise(recorded));
  if (comparison === "lines") expect(linesOf(ran), where).toEqual(linesOf(recorded));
  if (comparison !== "json") return;
  for (const [theirs, ours] of jsonPairs(recorded, ran)) {
    expect(shapeDifferences(theirs, ours), where).toEqual([]);
    // Perl writes the keys of a file in any order.
    if (command.startsWith("cat ")) continue;
    const format = command.includes("json-pretty") ? "json-pretty" : "json";
    expect(recorded, where).toContain(formatAnswer(theirs, format, "/").trimEnd());
  }
}

/** The JSON values of two outputs: each command's on a line, or one that is laid out. What is said between them must be the same. */
function jsonPairs(recorded: string, ran: string): readonly (readonly [unknown, unknown])[] {
  const said = (text: string) => text.split(/\r?\n/).filter((line) => /^[a-z]/.test(line));
  expect(said(ran)).toEqual(said(recorded));
  const values = (text: string): unknown[] =>
    /^[[{]$/m.test(text)
      ? [JSON.parse(text)]
      : text
          .trim()
          .split(/\r?\n/)
          .filter((line) => /^[[{]/.test(line))
          .map((line) => JSON.parse(line));
  return values(recorded).map((theirs, index) => [theirs, values(ran)[index]] as const);
}

const linesOf = (text: string) => {
  const lines = normalise(text.replace(/^(?:real|user|sys)\t.*$/gm, "")).split("\n");
  return lines.filter((line) => line !== "").sort();
};

/** Addresses of cards, names of their other ends, process numbers, versions, dates and the line numbers of Perl made equal. */
function normalise(text: string): string {
  return text
    .replace(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, (mac) => (/^[0:]+$/.test(mac) ? mac : "MAC"))
    .replace(/@if\d+( +)/g, (_, spaces: string) => " ".repeat(spaces.length + 4))
    .replace(/ +(?=\n|$)/g, "")
    .replace(/ {2,}/g, "  ")
    .replace(/UPID:(\w+):[0-9A-F:]+:(?=[a-z])/g, "UPID:$1:NUMBERS:")
    .replace(/^#version:\d+$/gm, "#version:N")
    .replace(/"digest" : "[0-9a-f]{40}"/g, '"digest" : "SHA1"')
    .replace(/\b\w{3} [ \d]\d (?:\d\d:\d\d| \d{4})(?= \S+$)/gm, "DATE");
}
