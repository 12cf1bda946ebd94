import { type AuditResult, auditRun } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

export interface AuditOptions {
  readonly json?: boolean | undefined;
}

const LABELS = { error: "ERREUR", warning: "RÉSERVE", note: "NOTE" } as const;

/** `constat audit`: is the run folder whole, unmodified and complete? Any finding is exit 1. */
export async function audit(path: string, options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const result = await auditRun(path);
  if (options.json === true) terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else print(result, terminal);
  return result.findings.some(({ severity }) => severity !== "note") ? EXIT.failed : EXIT.ok;
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
  for (const { severity, rule, subject, text, remedy } of result.findings) {
    terminal.out(`${LABELS[severity]} ${subject} : ${text} [${rule}]\n    → ${remedy}\n`);
  }
  const filled = result.placeholders.filter(({ why }) => why === "").length;
  const wrong = result.findings.filter(({ severity }) => severity !== "note").length;
  const whole = wrong === 0 ? "Intègre et complet ; signataire non vérifié." : `${counted(wrong, "constatation")}.`;
  const reused = result.placeholders.filter(({ reusedFrom }) => reusedFrom !== null).length;
  const taken = reused === 0 ? "" : `, dont ${counted(reused, "reprise")}`;
  terminal.out(`Figures ${filled}/${result.placeholders.length}${taken}. ${whole}\n`);
}
