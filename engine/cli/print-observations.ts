import { counted } from "../base/counted.ts";
import { exhaustive } from "../base/exhaustive.ts";
import { CHECKS, type CheckName, type Observation, type Subject } from "../doctor/index.ts";
import { findingsOf, worstOf } from "./observation-rows.ts";
import type { Terminal } from "./terminal.ts";

const LABELS: Readonly<Record<CheckName, string>> = {
  ssh: "ssh",
  hostname: "nom",
  version: "Proxmox VE",
  privileges: "droits",
  clock: "horloge",
  disk: "disque",
  api: "API",
  certificate: "certificat",
  web: "accès web",
  "api-privileges": "droits API",
  bmc: "contrôleur",
  node: "programme",
  browser: "navigateur",
  fonts: "polices",
  secret: "secrets",
  homogeneous: "ensemble",
};
/** Columns of nodes beside one another; a cell never makes a line longer than a terminal. */
const ABREAST = 3;
const CELL = 30;
const HEAD = 11;

/** Prints what was seen: this machine, the nodes side by side, then each thing to put right with its cause and remedy. */
export function printObservations(observations: readonly Observation[], terminal: Terminal): void {
  const local = observations.filter(({ subject }) => subject.type === "local");
  terminal.out("Cette machine\n");
  for (const check of CHECKS) {
    const seen = worstOf(local.filter((one) => one.check === check));
    if (seen !== undefined) terminal.out(`  ${mark(seen, terminal)} ${LABELS[check].padEnd(HEAD)} ${shown(seen)}\n`);
  }
  const names = [...new Set(observations.flatMap(({ subject }) => (subject.type === "node" ? subject.name : [])))];
  for (let from = 0; from < names.length; from += ABREAST)
    printNodes(names.slice(from, from + ABREAST), observations, terminal);
  const findings = findingsOf(observations);
  if (findings.length > 0) terminal.out("\n");
  // What is said of several nodes in the same words is said once.
  const alike = Map.groupBy(findings, ({ status, check, text }) => [status, check, text].join("\n"));
  for (const [finding, ...others] of alike.values()) if (finding !== undefined) printFinding(finding, others, terminal);
  terminal.out(`\n${verdict(observations)}\n`);
}

function printNodes(names: readonly string[], observations: readonly Observation[], terminal: Terminal): void {
  terminal.out(
    `\n${"".padEnd(HEAD + 3)}${names
      .map((name) => name.padEnd(CELL + 3))
      .join("")
      .trimEnd()}\n`,
  );
  for (const check of CHECKS) {
    const cells = names.map((name) =>
      worstOf(observations.filter((one) => one.check === check && isNode(one.subject, name))),
    );
    if (cells.every((cell) => cell === undefined)) continue;
    const texts = cells.map((cell) =>
      cell === undefined ? " ".repeat(CELL + 3) : `${mark(cell, terminal)} ${cut(shown(cell)).padEnd(CELL + 1)}`,
    );
    terminal.out(`  ${LABELS[check].padEnd(HEAD)} ${texts.join("").trimEnd()}\n`);
  }
}

function printFinding(finding: Observation, alike: readonly Observation[], terminal: Terminal): void {
  const about = [finding, ...alike].map(({ subject }) => nameOf(subject)).join(", ");
  const what = `${about}, ${LABELS[finding.check]} : ${finding.text}`;
  if (finding.status === "warning" || finding.status === "error") {
    const label = finding.status === "error" ? terminal.style("red", "erreur") : terminal.style("yellow", "à corriger");
    terminal.out(`${label} ${what} [${finding.code}]\n    → ${finding.remedy}\n`);
  } else terminal.out(`${terminal.style("dim", finding.status === "note" ? "note" : "non vu")} ${what}\n`);
}

function nameOf(subject: Subject): string {
  if (subject.type === "node") return subject.name;
  return subject.type === "site" ? "site" : "ici";
}

function verdict(observations: readonly Observation[]): string {
  const errors = observations.filter(({ status }) => status === "error").length;
  const warnings = observations.filter(({ status }) => status === "warning").length;
  if (errors + warnings === 0) return "Rien à corriger.";
  const parts = [
    ...(errors > 0 ? [`${counted(errors, "erreur")} : une exécution échouerait`] : []),
    ...(warnings > 0 ? [`${counted(warnings, "point")} à corriger`] : []),
  ];
  return `${parts.join(" ; ")}.`;
}

function isNode(subject: Subject, name: string): boolean {
  return subject.type === "node" && subject.name === name;
}

/** What is wrong is said below in full: its cell only names it. */
function shown(seen: Observation): string {
  if (seen.status === "error" || seen.status === "warning") return seen.code;
  return seen.status === "unchecked" ? "—" : seen.text;
}

function cut(text: string): string {
  return text.length <= CELL ? text : `${text.slice(0, CELL - 1)}…`;
}

function mark({ status }: Observation, terminal: Terminal): string {
  switch (status) {
    case "ok":
    case "note":
      return terminal.style("green", "✓");
    case "warning":
      return terminal.style("yellow", "!");
    case "error":
      return terminal.style("red", "✗");
    case "unchecked":
      return "·";
    default:
      return exhaustive(status);
  }
}
