import { describe, expect, test } from "vitest";
import { formatAnswer } from "../../../lab/ssh/commands/pvesh-format.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { formCluster } from "../../../lab/state/form-cluster.ts";
import { cutPower } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { shapeDifferences } from "../api/shape.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";
import { type Recorded, readCommands } from "./recorded-commands.ts";

/** Letter for letter once addresses and numbers are made equal, the same lines in any order, the same keys and types, or not, with the reason. */
type Comparison = "text" | "lines" | "json" | { readonly not: string };

interface Plan {
  readonly file: string;
  readonly dialect: Dialect;
  readonly comparisons: readonly Comparison[];
  /** What was so on the recorded machines before a command, by its number from 1. */
  readonly before?: Readonly<Record<number, (lab: OpenLab) => void | Promise<void>>>;
}

const WARNING: Comparison = { not: "pvesh prints a warning of its own before it; the data have their own test" };
const GUESTS: Comparison = { not: "guests, storages and tasks of that machine" };
const BROKEN_8 = (lab: OpenLab) => {
  for (const name of ["pve2", "pve3"]) lab.world.faults.foreignIfupdown.set(name, "3.0.0-1.1");
  cutPower(lab.world, nodeOf(lab.world, "pve1"));
};

const PLANS: readonly Plan[] = [
  {
    file: "8.4/sdn/01-sdn.txt",
    dialect: "8.4",
    comparisons: [
      ...(["text", "text", "text", "text", "text", "text", "text", "text", "lines"] as const),
      { not: "the zones' states follow within ten seconds; tested with the API" },
      "lines",
      ...[WARNING, GUESTS],
    ],
    before: { 9: BROKEN_8 },
  },
  {
    file: "8.4/sdn/02-apply.txt",
    dialect: "8.4",
    comparisons: [
      "lines",
      { not: "a tap of a guest that ran there, and states of that moment" },
      ...(["text", "text", "text"] as const),
    ],
    before: {
      1: async (lab) => {
        await setUp(lab);
        for (const name of ["pve1", "pve2", "pve3"]) lab.world.faults.halfDnsmasq.add(name);
      },
    },
  },
  {
    file: "9/sdn/01-sdn.txt",
    dialect: "9",
    comparisons: [
      ...(["text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "json"] as const),
      { not: "the lab lists the part of the API that it has" },
      "text",
    ],
  },
  {
    file: "9/sdn/02-apply.txt",
    dialect: "9",
    comparisons: [
      ...(["json", "lines", "lines", "lines"] as const),
      { not: "Perl writes its keys in any order; the API shows the same" },
      { not: "the address was put on the bridge by hand" },
      GUESTS,
      ...(["text", "json"] as const),
      GUESTS,
    ],
    before: { 1: (lab) => setUp(lab, "--alias lab-net") },
  },
];

describe.each(PLANS)("the nodes' answers to $file", ({ file, dialect, comparisons, before }) => {
  test("have the form of the recorded ones", async () => {
    await using lab = await openLab(dialect);
    await formCluster(lab.world, "lab");
    const commands = readCommands(file, { right: PASSWORD, wrong: "wrong" });
    expect(commands).toHaveLength(comparisons.length);
    for (const [index, recorded] of commands.entries()) {
      await before?.[index + 1]?.(lab);
      const comparison = comparisons[index] ?? "text";
      if (typeof comparison === "object") continue;
      const { output } = await lab.run(recorded.node, recorded.command.replace(/^time /, ""), { pty: TERMINAL });
      compare(recorded, comparison, output);
    }
  });
});

test("33 of 42 recorded SDN commands are compared", () => {
  const all = PLANS.flatMap(({ comparisons }) => comparisons);
  expect([all.length, all.filter((each) => typeof each === "string").length]).toEqual([42, 33]);
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
    const format = command.includes("json-pretty") ? "json-pretty" : "json";
    expect(recorded, where).toContain(formatAnswer(theirs, format, "/").trimEnd());
  }
}

/** The JSON values of two outputs: each command's on a line, or one that is laid out. */
function jsonPairs(recorded: string, ran: string): readonly (readonly [unknown, unknown])[] {
  const values = (text: string): unknown[] =>
    /^[[{]$/m.test(text)
      ? [JSON.parse(text)]
      : text
          .trim()
          .split("\n")
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
