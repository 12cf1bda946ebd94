import { MASK } from "../base/redact.ts";
import type { Event, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Plan, Step } from "../model/plan.ts";
import { judgeBlock } from "./judge-block.ts";
import type { Protection } from "./probe-enclosures.ts";

/** What of a recorded run is asked again, and what is not, with why. */
export interface LivePlan {
  readonly plan: Plan;
  /** Checks that are refused, or that cannot be asked here. */
  readonly findings: readonly Finding[];
  /** Checks that are not asked, by nature: id and why. */
  readonly leftOut: readonly { readonly step: string; readonly why: string }[];
  /** What the other steps had saved. */
  readonly elsewhere: {
    readonly values: readonly { readonly target: string; readonly values: Readonly<Record<string, string>> }[];
    readonly savedBy: ReadonlyMap<string, string>;
  };
}

export interface LivePlanInput {
  /** Of the recorded runbooks against the inventory of today. */
  readonly plan: Plan;
  readonly started: RunStarted;
  readonly events: readonly Event[];
  readonly protection: readonly Protection[];
  readonly trust: boolean;
}

/**
 * A plan that holds checks alone: those that the run carried out, on the nodes that it asked, each to be asked once. An action is not in
 * it, not even as a guard, so that nothing can reach it. Pure.
 */
export function livePlan({ plan, started, events, protection, trust }: LivePlanInput): LivePlan {
  const ran = new Map(
    events.flatMap((event) => (event.type === "step-finished" ? [[event.step, event.outcome] as const] : [])),
  );
  const recorded = new Map(started.steps.map((step) => [step.step, step]));
  const findings: Finding[] = [];
  const leftOut: { step: string; why: string }[] = [];
  const bare = new Map(protection.filter(({ state }) => state === "analysis-only").map((each) => [each.target, each]));
  const unenclosed = new Map<string, string[]>();
  const kept: Step[] = [];
  for (const step of plan.steps) {
    const { block } = step;
    const was = recorded.get(step.id);
    if (block.role !== "check" || was === undefined || step.leftOut?.because === "deselected") continue;
    const why = notAsked(step, ran.get(step.id)?.status);
    if (why !== undefined) {
      // What changed nothing because it was skipped then is not named a mistake now.
      leftOut.push({ step: step.id, why });
      continue;
    }
    const runbook = plan.runbooks.find(({ file }) => file === block.place.file);
    const refused = runbook === undefined ? [] : judgeBlock(block, runbook, trust);
    findings.push(...refused);
    if (refused.length > 0) continue;
    const targets = was.targets.filter((target) => step.targets.includes(target));
    for (const target of was.targets) if (!targets.includes(target)) findings.push(missing(step, target));
    const closed = block.kind === "shell" && !trust ? targets.filter((target) => bare.has(target)) : [];
    for (const target of closed) unenclosed.set(target, [...(unenclosed.get(target) ?? []), step.id]);
    const asked = targets.filter((target) => !closed.includes(target));
    if (asked.length > 0) kept.push(askedOnce({ ...step, targets: asked }, was.fills));
  }
  for (const [target, steps] of unenclosed) findings.push(withoutEnclosure(target, steps, bare.get(target)?.why ?? ""));
  const asking = new Set(kept.map(({ id }) => id));
  for (const step of kept.splice(0)) {
    const guards = step.block.settings.unless ?? [];
    // Without its guard it would be asked for what is past.
    const lost = guards.find((id) => !asking.has(id));
    if (lost === undefined) kept.push(step);
    else leftOut.push({ step: step.id, why: `sa garde #${lost} n’est pas demandée` });
  }
  const ids = new Set(kept.map(({ id }) => id));
  const placeholders = plan.placeholders.flatMap(({ placeholder }) => {
    const chosen = kept.find(({ fills }) => fills === placeholder.id)?.id;
    return chosen === undefined ? [] : [{ placeholder, candidates: [chosen], chosen }];
  });
  return { plan: { ...plan, steps: kept, placeholders }, findings, leftOut, elsewhere: elsewhere(plan, events, ids) };
}

/** Why a check is not asked, by its nature; undefined when it is. */
function notAsked({ block }: Step, status: string | undefined): string | undefined {
  if (block.kind === "manual") return "il demande quelque chose à une personne";
  if (block.kind === "watch" || block.settings.during !== undefined)
    return "il mesure ce qui se passe pendant une action";
  if (block.settings.background === true) return "il accompagne d’autres étapes";
  if (status === undefined || status === "skipped" || status === "blocked") return "l’exécution ne l’avait pas mené";
  return undefined;
}

/** Without waiting for what may come: what is now is what is wanted. */
function askedOnce(step: Step, fills: string | null): Step {
  const { until: _, cleanup: __, confirm: ___, renews: ____, ...settings } = step.block.settings;
  const { leftOut: _____, fills: ______, shots: _______, ...rest } = step;
  return { ...rest, block: { ...step.block, settings }, ...(fills !== null && { fills }) };
}

/** Values that the checks may need of steps that are not asked; a masked one is not known. */
function elsewhere(plan: Plan, events: readonly Event[], kept: ReadonlySet<string>): LivePlan["elsewhere"] {
  const others = plan.steps.filter(({ id }) => !kept.has(id));
  const ids = new Set(others.map(({ id }) => id));
  return {
    values: events.flatMap((event) => {
      if (event.type !== "attempt-finished" || !ids.has(event.step) || event.outcome.status !== "passed") return [];
      const known = Object.entries(event.saved).filter(([, value]) => !value.includes(MASK));
      return known.length === 0 ? [] : [{ target: event.target, values: Object.fromEntries(known) }];
    }),
    savedBy: new Map(
      others.flatMap(({ id, block }) => Object.keys(block.settings.save ?? {}).map((name) => [name, id] as const)),
    ),
  };
}

function missing({ id, block }: Step, target: string): Finding {
  return {
    rule: "node-missing",
    severity: "error",
    subject: `#${id}`,
    text: `Le contrôle avait été fait sur ${target}, que cet inventaire ne connaît pas ou ne vise plus.`,
    remedy: "Donnez un inventaire qui a tous les nœuds de l’exécution.",
    requirements: block.settings.exigence,
  };
}

function withoutEnclosure(target: string, steps: readonly string[], why: string): Finding {
  return {
    rule: "check-unenclosed",
    severity: "warning",
    subject: target,
    text: `Aucun script n’est exécuté sur ${target} : ${why} Non contrôlés : ${steps.map((id) => `#${id}`).join(", ")}.`,
    remedy:
      "Donnez à ce nœud un accès root et util-linux ; ou, si vous répondez de ces contrôles, --trust-checks les exécute sans enclos.",
  };
}
