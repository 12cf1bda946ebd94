import { type AuditResult, auditRun } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import type { Finding } from "../model/finding.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

export interface AuditOptions {
  readonly json?: boolean | undefined;
}

/** Neither a note nor accepted by a waiver. */
function counts({ severity, waiver }: Finding): boolean {
  return severity !== "note" && waiver === undefined;
}

const LABELS = { error: "ERREUR", warning: "RÉSERVE", note: "NOTE" } as const;

/** `constat audit`: is the run folder whole, unmodified and complete? Any finding is exit 1. */
export async function audit(path: string, options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await auditRun(path);
  if (options.json === true) terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else print(result, terminal);
  return result.findings.some(counts) ? EXIT.failed : EXIT.ok;
}

function print(result: AuditResult, terminal: Terminal): void {
  terminal.out(`Audit de ${result.run} : ${result.lines} lignes de journal.\n`);
  for (const { caption, chapter, filledBy, reusedFrom, why } of result.placeholders) {
    const by =
      filledBy !== null
        ? `remplie par #${filledBy}`
        : reusedFrom !== null
          ? `reprise de ${reusedFrom}`
          : `VIDE — ${why}`;
    terminal.out(`  chapitre ${chapter}, « ${caption} » : ${by}\n`);
  }
  for (const { severity, rule, subject, text, remedy, waiver } of result.findings) {
    const label = waiver === undefined ? LABELS[severity] : `DÉROGATION ${waiver}`;
    terminal.out(`${label} ${subject} : ${text} [${rule}]\n    → ${remedy}\n`);
  }
  const filled = result.placeholders.filter(({ why }) => why === "").length;
  const wrong = result.findings.filter(counts).length;
  const used = result.waivers.filter(({ state }) => state === "in-force");
  const whole =
    wrong === 0
      ? `Intègre${used.length === 0 ? " et complet" : ""} ; signataire non vérifié.`
      : `${counted(wrong, "constatation")}.`;
  const accepted =
    used.length === 0
      ? ""
      : ` ${wrong === 0 ? "Conforme avec réserves" : "Réserves"} : ${used.map(({ id }) => id).join(", ")}.`;
  const reused = result.placeholders.filter(({ reusedFrom }) => reusedFrom !== null).length;
  const taken = reused === 0 ? "" : `, dont ${counted(reused, "reprise")}`;
  terminal.out(`Figures ${filled}/${result.placeholders.length}${taken}. ${whole}${accepted}\n`);
}
