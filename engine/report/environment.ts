import type { ClockReading } from "../model/clock-reading.ts";
import type { NodeFacts, Report } from "../model/report.ts";
import { formatterOf } from "./format.ts";
import type { RunFacts } from "./run-facts.ts";
import { typeset } from "./typography.ts";

/** Machines, tools and people of a run. */
export function environmentOf(facts: RunFacts, language: Report["language"]): Report["environment"] {
  const { engine, operator, inventory, runbooks, scope, tools, repository } = facts.started;
  return {
    engine: `${engine.name} ${engine.version}`,
    runtime: `Node.js ${engine.node.replace(/^v/, "")}`,
    platform: engine.platform,
    operator: `${operator.user}@${operator.host}`,
    sealingKey: operator.key ?? null,
    browser: tools?.browser ?? null,
    fonts: tools?.fonts ?? [],
    repository: repository ?? null,
    inventory: {
      name: inventory.name,
      files: [...(inventory.bases ?? []), inventory.source].map(({ file, sha256 }) => ({ file, sha256 })),
    },
    timeScale: inventory.timeScale,
    nodes: [...facts.nodes.values()].map(
      ({ node, address, facts: known, hostKey = "", clock }): NodeFacts => ({
        node,
        address,
        facts: [
          ...Object.entries(known).map(([name, value]) => ({ name, value: isTold(name, value, known) ? "" : value })),
          { name: "host-key", value: hostKey },
          // A lab's clock runs at its own speed: how far it is from ours would mean nothing.
          { name: "clock", value: inventory.timeScale === 1 ? offsetOf(clock, language) : "" },
        ],
      }),
    ),
    runbooks: runbooks.map(({ file, sha256, chapter, title }) => ({
      file,
      sha256,
      chapter,
      title: typeset(title, language, "title"),
      inScope: scope.includes(chapter),
    })),
  };
}

/** `pveversion` names the kernel that runs. */
function isTold(name: string, value: string, { version = "" }: Readonly<Record<string, string>>): boolean {
  return name === "kernel" && version.includes(`running kernel: ${value})`);
}

/** « +3 ms ± 12 ms (date +%s.%N) »; empty when it was not measured. */
function offsetOf(clock: ClockReading | undefined, language: Report["language"]): string {
  if (clock === undefined) return "";
  const { duration } = formatterOf(language);
  const sign = clock.aheadMs < 0 ? "−" : "+";
  return `${sign}${duration(Math.abs(clock.aheadMs))} ± ${duration(Math.ceil(clock.withinMs))} (${clock.method})`;
}

/** Chapters that the report answers for, and those that it leaves to others: every lower number that nobody wrote counts as such. */
export function scopeOf(facts: RunFacts): Report["scope"] {
  const chapters = facts.started.scope;
  const known = facts.started.runbooks.map(({ chapter }) => chapter);
  const highest = Math.max(0, ...chapters, ...known);
  const all = Array.from({ length: highest }, (_, index) => index + 1);
  return { chapters, outOfScope: all.filter((chapter) => !chapters.includes(chapter)) };
}
