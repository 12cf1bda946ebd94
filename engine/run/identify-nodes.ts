import { isProblem, ProblemError } from "../base/problem.ts";
import { shortName } from "../base/short-name.ts";
import { readClock } from "../kinds/index.ts";
import type { ClockReading } from "../model/clock-reading.ts";
import { type InventoryNode, LOCAL } from "../model/inventory.ts";
import type { Step } from "../model/plan.ts";
import { guardsOf } from "../plan/index.ts";
import type { RunContext } from "./context.ts";
import { isAway } from "./unreachable.ts";

const LIMIT_MS = 30_000;

/** One line per fact; what a machine does not know stays empty. */
const SCRIPT = `printf 'hostname=%s\\n' "$(hostname)"
printf 'version=%s\\n' "$(pveversion 2>/dev/null)"
printf 'kernel=%s\\n' "$(uname -r)"
printf 'machine-id=%s\\n' "$(cat /etc/machine-id 2>/dev/null)"
`;

/**
 * Asks each node of the plan who it is and journals the answers. A node that cannot be reached is left to its steps, which say so better;
 * when none can, nothing is tried at all. Throws NODES_UNREACHABLE then, and NODE_NAME_MISMATCH when a machine has another name than the inventory gives it: it may be the wrong machine.
 * Gives the nodes that did not answer: one that this run installs can be asked later (see `identifyLate`).
 */
export async function identifyNodes(context: RunContext): Promise<readonly InventoryNode[]> {
  const used = new Set(
    context.plan.steps.flatMap((step) => (step.leftOut === undefined ? targetsAround(step, context) : [])),
  );
  const nodes = context.inventory.nodes.filter(
    (node) => node.name !== LOCAL && used.has(node.name) && node.ssh !== undefined,
  );
  const silent: unknown[] = [];
  const answers = await Promise.all(nodes.map(async (node) => await ask(node, context, (error) => silent.push(error))));
  const someMust = nodes.some(({ name }) => mustAnswer(name, context));
  if (someMust && silent.length === nodes.length && !context.signal.aborted) throw nobodyAnswers(silent[0], context);
  await keep(answers, context);
  return answers.filter(({ facts }) => facts === undefined).map(({ node }) => node);
}

/** Asks once more, after the steps, the nodes that did not answer before them. Throws NODE_NAME_MISMATCH as `identifyNodes` does. */
export async function identifyLate(nodes: readonly InventoryNode[], context: RunContext): Promise<void> {
  // Who is still away has been told of by the steps.
  const quiet = { ...context, live: () => {} };
  await keep(await Promise.all(nodes.map(async (node) => await ask(node, quiet, () => {}))), context);
}

interface Answer {
  readonly node: InventoryNode;
  readonly facts: Readonly<Record<string, string>> | undefined;
  readonly clock: ClockReading | undefined;
}

/** Who it is, then what time it is there: by then the connection is open. */
async function ask(node: InventoryNode, context: RunContext, unreachable: (error: unknown) => void): Promise<Answer> {
  const facts = await factsOf(node, context, unreachable);
  if (facts === undefined) return { node, facts, clock: undefined };
  const { shell, clock } = context.ports;
  const signal = AbortSignal.any([context.signal, AbortSignal.timeout(LIMIT_MS)]);
  const reading = await readClock(node, { shell, clock }, signal).catch(() => undefined);
  return { node, facts, clock: reading && { ...reading, ...rounded(reading) } };
}

/** Tenths of a millisecond: more would be noise. */
function rounded({ aheadMs, withinMs }: ClockReading): Pick<ClockReading, "aheadMs" | "withinMs"> {
  return { aheadMs: Math.round(aheadMs * 10) / 10, withinMs: Math.ceil(withinMs * 10) / 10 };
}

async function keep(answers: readonly Answer[], context: RunContext): Promise<void> {
  for (const { node, facts, clock } of answers) {
    if (facts === undefined) continue;
    const hostKey = context.ports.shell.hostKey?.({ type: "node", node });
    await context.emit({
      ...{ type: "node-identified", node: node.name, address: node.address, facts },
      ...(hostKey !== undefined && { hostKey }),
      ...(clock !== undefined && { clock }),
    });
    const real = facts["hostname"];
    if (real === undefined || real === "" || shortName(real) === shortName(node.hostname)) continue;
    throw new ProblemError(
      "NODE_NAME_MISMATCH",
      `La machine ${node.name} (${node.address}) s’appelle « ${real} », et l’inventaire attend « ${node.hostname} ».`,
      {
        scope: "environment",
        hint: `Si c’est la bonne machine, écrivez « hostname: ${shortName(real)} » pour ${node.name} dans l’inventaire.`,
      },
    );
  }
}

/** A step's own targets and those of the checks that it asks, which look at machines too. */
function targetsAround(step: Step, context: RunContext): readonly string[] {
  const { unless, verify } = guardsOf(step, context.plan);
  return [step, ...unless, ...verify].flatMap(({ targets }) => targets);
}

/** True when steps speak with the node itself (not with its controller alone), and none of their checks takes its silence for a no. */
function mustAnswer(name: string, { plan, kinds }: RunContext): boolean {
  const running = plan.steps.filter(({ leftOut }) => leftOut === undefined);
  const asked = running.flatMap((step) => [step, ...guardsOf(step, plan).unless]);
  const on = asked.filter(({ targets }) => targets.includes(name));
  if (on.some(({ block }) => block.settings.unreachable === "fails")) return false;
  return on.some(({ block }) => kinds[block.kind].needs(block).some((need) => need === "shell" || need === "pve"));
}

async function factsOf(
  node: InventoryNode,
  context: RunContext,
  unreachable: (error: unknown) => void,
): Promise<Readonly<Record<string, string>> | undefined> {
  const chunks: Buffer[] = [];
  const target = { type: "node", node } as const;
  try {
    // A person who compares fingerprints takes longer than a machine that says its name.
    await context.ports.shell.reach?.(target, context.signal);
    const end = await context.ports.shell.run(target, {
      interpreter: "sh",
      script: SCRIPT,
      environment: {},
      answers: [],
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(LIMIT_MS)]),
      onOutput: (stream, chunk) => {
        if (stream === "stdout") chunks.push(chunk);
      },
    });
    if (end.status !== "exited") return undefined;
  } catch (error) {
    context.live({ type: "progress", step: "", target: node.name, text: reasonOf(error, context) });
    unreachable(error);
    return undefined;
  }
  const text = context.redactor.text(Buffer.concat(chunks).toString("utf8")).text;
  const pairs = text.split("\n").flatMap((line) => {
    const [, name, value] = /^([a-z-]+)=(.*)$/.exec(line.trim()) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

function reasonOf(error: unknown, { redactor }: RunContext): string {
  return redactor.text(error instanceof Error ? error.message : String(error)).text;
}

/** Polling closed doors to their deadlines would tell nobody anything new. What kept us out of a machine that is there says so itself. */
function nobodyAnswers(first: unknown, context: RunContext): ProblemError {
  const problem = isProblem(first) ? first : undefined;
  const reason = reasonOf(first ?? "raison inconnue", context);
  if (problem !== undefined && !isAway(problem.code)) {
    const { code, scope, hint } = problem;
    return new ProblemError(code, reason, { scope, hint });
  }
  return new ProblemError("NODES_UNREACHABLE", `Aucun nœud ne répond : ${reason}`, {
    scope: "environment",
    hint: "Vérifiez que les machines sont allumées et que l’inventaire est le bon ; pour le laboratoire, redémarrez-le avec « constat lab ».",
  });
}
