import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type AuditResult, auditRun, type Render, type Trust, unpackBundle } from "../audit/index.ts";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { publicKeyOf } from "../evidence/seal/index.ts";
import type { Finding } from "../model/finding.ts";
import { readTemplates } from "../report/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { renderAgain } from "./render-again.ts";
import { runPath } from "./run-path.ts";
import type { Terminal } from "./terminal.ts";
import { HOME } from "./version.ts";
import { SEVERITIES } from "./words/severities.ts";

export interface AuditOptions {
  readonly json?: boolean | undefined;
  /** Keys that may have sealed: fingerprints, or files with a public key. */
  readonly signer?: readonly string[] | undefined;
  /** A file with the certificates of the time stamping authorities that are believed. */
  readonly tsaCa?: string | undefined;
  /** Whether the report is rendered again, to compare it. */
  readonly render: boolean;
  /** The project's templates that the report was rendered with. */
  readonly templates?: string | undefined;
}

/** Neither a note nor accepted by a waiver. */
function counts({ severity, waiver }: Finding): boolean {
  return severity !== "note" && waiver === undefined;
}

/** `constat audit`: is the run folder, or its zip file, whole, unmodified, sealed and complete? Any finding but a note is exit 1. */
export async function audit(given: string, options: AuditOptions, terminal: Terminal): Promise<ExitCode> {
  const trust = await trustOf(options);
  const path = await runPath(given);
  // A wrong folder is told now: later it would only say that nothing could be compared.
  if (options.templates !== undefined) await readTemplates(join(HOME, "templates"), options.templates);
  const interrupts = onInterrupt(terminal, "l’audit est arrêté.");
  const render = options.render ? renderAgain(interrupts.first, options.templates) : undefined;
  let result: AuditResult;
  try {
    result = (await isFile(path))
      ? await auditZip(path, trust, render)
      : await auditRun(path, trust, undefined, render);
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
  }
  if (options.json === true) terminal.out(`${JSON.stringify(result, undefined, 2)}\n`);
  else print(result, terminal);
  return result.findings.some(counts) ? EXIT.failed : EXIT.ok;
}

async function auditZip(path: string, trust: Trust, render: Render | undefined): Promise<AuditResult> {
  const unpacked = await unpackBundle(path);
  try {
    return await auditRun(unpacked.folder, trust, undefined, render);
  } finally {
    await unpacked.release();
  }
}

/** Keys and authorities that are believed, as the command line names them. Throws SIGNER and FILE_UNREADABLE. */
export async function trustOf({ signer, tsaCa }: AuditOptions): Promise<Trust> {
  return {
    ...(signer !== undefined && { signers: await Promise.all(signer.map(fingerprintOf)) }),
    ...(tsaCa !== undefined && { authorities: await readText(tsaCa) }),
  };
}

/** A fingerprint as `constat seal` prints it, with or without colons, or the file of a public key. */
async function fingerprintOf(given: string): Promise<string> {
  const digits = given
    .replace(/^sha256:/i, "")
    .replaceAll(":", "")
    .toLowerCase();
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  const key = publicKeyOf(await readText(given));
  if (key !== undefined) return key.fingerprint;
  throw new ProblemError("SIGNER", `${given} n’est ni une empreinte ni le fichier d’une clé publique Ed25519.`, {
    scope: "author",
    hint: "Donnez les 64 chiffres hexadécimaux que « constat seal » a affichés, ou un fichier PEM de clé publique.",
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new ProblemError("FILE_UNREADABLE", `${path} ne peut pas être lu : ${(cause as Error).message}`, {
      scope: "author",
      hint: "Vérifiez le chemin.",
      cause,
    });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

function print(result: AuditResult, terminal: Terminal): void {
  terminal.out(`Audit de ${result.run} : ${result.lines} lignes de journal.\n`);
  for (const { caption, chapter, filledBy, reusedFrom, givenBy, why } of result.placeholders) {
    const by =
      filledBy !== null
        ? `remplie par #${filledBy}`
        : reusedFrom !== null
          ? `reprise de ${reusedFrom}`
          : givenBy !== null
            ? `image donnée après l’exécution par ${givenBy}`
            : `VIDE — ${why}`;
    terminal.out(`  chapitre ${chapter}, « ${caption} » : ${by}\n`);
  }
  for (const { severity, rule, subject, text, remedy, waiver } of result.findings) {
    const label = waiver === undefined ? SEVERITIES[severity] : `DÉROGATION ${waiver}`;
    terminal.out(`${label} ${subject} : ${text} [${rule}]\n    → ${remedy}\n`);
  }
  const filled = result.placeholders.filter(({ why }) => why === "").length;
  const wrong = result.findings.filter(counts).length;
  const used = result.waivers.filter(({ state }) => state === "in-force");
  const whole = wrong === 0 ? `Intègre${used.length === 0 ? " et complet" : ""}` : counted(wrong, "constatation");
  const accepted =
    used.length === 0
      ? ""
      : ` ${wrong === 0 ? "Conforme avec réserves" : "Réserves"} : ${used.map(({ id }) => id).join(", ")}.`;
  const reused = result.placeholders.filter(({ reusedFrom }) => reusedFrom !== null).length;
  const given = result.placeholders.filter(({ givenBy }) => givenBy !== null).length;
  const parts = [
    ...(reused === 0 ? [] : [counted(reused, "reprise")]),
    ...(given === 0 ? [] : [`${given} par une personne, après l’exécution`]),
  ];
  const taken = parts.length === 0 ? "" : `, dont ${parts.join(" et ")}`;
  terminal.out(
    `Figures ${filled}/${result.placeholders.length}${taken}. ${whole} ; ${sealWords(result)}.${accepted}\n`,
  );
  if (result.seal.state === "unknown-signer") {
    terminal.out(
      `Clé ${result.seal.fingerprint}\n    → Demandez à qui a scellé l’empreinte de sa clé, par une autre voie que ce dossier, et donnez-la avec --signer.\n`,
    );
  }
}

/** Never a plain yes where nobody said whose key it should be. */
export function sealWords({ seal }: Pick<AuditResult, "seal">): string {
  if (seal.state === "none") return "non scellé, signataire inconnu";
  if (seal.state === "broken") return "SCELLEMENT ROMPU";
  const stamp =
    seal.stamp === null
      ? "sans horodatage"
      : `horodaté le ${seal.stamp.at}${seal.stamp.trusted === true ? "" : " par une autorité non vérifiée"}`;
  const who =
    seal.state === "trusted"
      ? "scellé par la clé attendue"
      : "signature valable d’une clé inconnue (signataire non vérifié)";
  return `${who}, ${stamp}`;
}
