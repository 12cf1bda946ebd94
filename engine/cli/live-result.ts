import type { AuditResult } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import type { AskedCheck } from "../diff/index.ts";
import { type SarifResult, writeSarif } from "../export/index.ts";
import type { LivePlan, Protection } from "../live/index.ts";
import type { Finding } from "../model/finding.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";
import { SEVERITIES } from "./words/severities.ts";

/** Everything that a live audit found, and under what protection it looked. */
export interface LiveResult {
  readonly run: string;
  readonly seal: AuditResult["seal"];
  /** Path of the folder that the audit itself left; null when no machine was asked. */
  readonly live: string | null;
  readonly at: string;
  readonly inventory: string;
  readonly trusted: boolean;
  readonly protection: readonly Protection[];
  readonly checks: readonly AskedCheck[];
  readonly leftOut: LivePlan["leftOut"];
  readonly findings: readonly Finding[];
  /** Texts of the requirements, by id. */
  readonly requirements: Readonly<Record<string, string | null>>;
  readonly interrupted: boolean;
}

/** What became of a requirement: `drift` when a finding concerns it, `unchecked` when no check of it was asked. */
export interface RequirementState {
  readonly id: string;
  readonly text: string;
  readonly state: "holds" | "drift" | "unchecked";
  readonly checks: number;
  readonly findings: number;
}

const STATES = { holds: "tient", drift: "DÉRIVE", unchecked: "non contrôlée" } as const;
const PROTECTIONS = {
  enclosed: "analyse des commandes, et enclos en lecture seule",
  "analysis-only": "SANS ENCLOS : l’analyse des commandes seule",
  unknown: "aucun script : sans réponse",
} as const;

/** Requirements in the order of the settings, then those that only blocks name. */
export function requirementStates({ checks, findings, requirements }: LiveResult): readonly RequirementState[] {
  const named = [
    ...checks.flatMap(({ planned }) => planned.requirements ?? []),
    ...findings.flatMap((each) => each.requirements ?? []),
  ];
  return [...new Set([...Object.keys(requirements), ...named])].map((id) => {
    const asked = checks.filter(
      ({ planned, now }) => planned.requirements?.includes(id) && now?.status !== "skipped",
    ).length;
    const wrong = findings.filter(({ severity, requirements: own }) => severity !== "note" && own?.includes(id)).length;
    const state = wrong > 0 ? "drift" : asked > 0 ? "holds" : "unchecked";
    return { id, text: requirements[id] ?? "", state, checks: asked, findings: wrong };
  });
}

/** Whether a finding makes the audit fail. */
export function isWrong({ severity }: Finding): boolean {
  return severity !== "note";
}

/** The result as `--json` prints it and the audit's own folder keeps it. */
export function liveJson(result: LiveResult): object {
  const { requirements: _, checks, ...rest } = result;
  return {
    format: "constat-audit-live",
    version: 1,
    ...rest,
    requirements: requirementStates(result),
    checks: checks.map(({ planned, before, now }) => ({
      step: planned.step,
      kind: planned.kind,
      chapter: planned.chapter,
      targets: planned.targets,
      requirements: planned.requirements ?? [],
      before: before?.status ?? null,
      now: now?.status ?? null,
    })),
  };
}

/** The findings as SARIF, each at its place in the recorded runbook. */
export function liveSarif({ findings }: LiveResult): string {
  return writeSarif(
    VERSION,
    findings.map(({ rule, severity, text, remedy, subject, place, details = [] }): SarifResult => {
      const file =
        place === undefined
          ? undefined
          : { path: `data/runbook/${place.file}`, line: place.line, column: place.column };
      return { rule, severity, text: [text, ...details].join("\n"), remedy, subject, ...(file && { file }) };
    }),
  );
}

/** What a person reads: protection, findings by requirement, and the verdict last. */
export function printLive(result: LiveResult, sealed: string, terminal: Terminal): void {
  const { protection, findings, checks, leftOut, live } = result;
  terminal.out(`Audit en direct de ${result.run}, avec ${result.inventory}.\n`);
  for (const { target, state, why } of protection)
    terminal.out(`  ${target} : ${PROTECTIONS[state]}${why === "" ? "" : ` (${why})`}\n`);
  if (protection.length > 0)
    terminal.out("  API : GET et HEAD seuls ; pages : rien n’est envoyé ; consoles : aucune touche.\n");
  for (const finding of findings) printFinding(finding, terminal);
  const states = requirementStates(result);
  if (states.length > 0) terminal.out("Exigences :\n");
  for (const { id, text, state, checks: asked, findings: wrong } of states) {
    const counts = [counted(asked, "contrôle"), ...(wrong > 0 ? [counted(wrong, "constatation")] : [])].join(", ");
    terminal.out(`  ${id} ${STATES[state]} (${counts})${text === "" ? "" : ` : ${text}`}\n`);
  }
  if (leftOut.length > 0) {
    terminal.out(`Non redemandés, par nature : ${counted(leftOut.length, "contrôle")}.\n`);
    for (const [why, steps] of Map.groupBy(leftOut, (each) => each.why))
      terminal.out(`  ${why} : ${steps.map(({ step }) => `#${step}`).join(", ")}\n`);
  }
  terminal.out(`${verdict(result, checks, sealed)}\n`);
  if (live !== null) terminal.out(`${live}\n`);
}

function printFinding(
  { severity, rule, subject, text, remedy, place, details = [], requirements = [] }: Finding,
  terminal: Terminal,
): void {
  const where = place === undefined ? "" : `${place.file}:${place.line}:${place.column} `;
  const proves = requirements.length === 0 ? "" : ` (${requirements.join(", ")})`;
  terminal.out(`${SEVERITIES[severity]} ${where}${subject}${proves} : ${text} [${rule}]\n`);
  for (const line of details) terminal.out(`      ${line}\n`);
  terminal.out(`    → ${remedy}\n`);
}

function verdict(
  { findings, protection, trusted, interrupted }: LiveResult,
  checks: readonly AskedCheck[],
  sealed: string,
): string {
  const wrong = findings.filter(isWrong).length;
  const asked = checks.filter(({ now }) => now?.status === "passed" || now?.status === "failed").length;
  const gone = checks.filter(({ now }) => now?.status === "skipped").length;
  const state = interrupted
    ? "Interrompu"
    : asked === 0
      ? "Rien n’a été contrôlé"
      : wrong === 0
        ? "Toujours vrai"
        : counted(wrong, "constatation");
  const past = gone === 0 ? "" : ` (et ${gone} d’un état passé, que leur garde écarte)`;
  const open = protection.filter(({ state: each }) => each === "analysis-only").map(({ target }) => target);
  const loud = [
    ...(open.length > 0 ? [` SANS ENCLOS sur ${open.join(", ")}.`] : []),
    ...(trusted ? [" CONTRÔLES CRUS SUR PAROLE (--trust-checks)."] : []),
  ].join("");
  return `${state} : ${counted(asked, "contrôle")} ${asked > 1 ? "redemandés" : "redemandé"}${past}. Preuves : ${sealed}.${loud}`;
}
