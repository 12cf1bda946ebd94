import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { auditRun, obstaclesToSeal } from "../audit/index.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import { lockRun, writeAtomically } from "../evidence/index.ts";
import {
  ownSigningKey,
  readPdfSignature,
  readSignerCertificate,
  readSigningKey,
  type SignerCertificate,
  type SigningKey,
} from "../evidence/seal/index.ts";
import { prepareStamp, sealRun, signPdf, stampRun } from "../seal/index.ts";
import { operatorHere } from "./operator-here.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

/** How to seal, as the command line says. */
export interface SealOptions {
  /** An Ed25519 private key (PEM); the operator's own unless given. */
  readonly key?: string | undefined;
  /** Address of a time stamping authority. */
  readonly tsa?: string | undefined;
  /** A certificate that signs the PDF: PKCS#12, or PEM with its key beside. The pass phrase comes from the environment. */
  readonly certificate?: string | undefined;
  readonly certificateKey?: string | undefined;
}

/** What is needed to seal, ready: a wrong key is told before anything runs. */
export interface Sealing {
  readonly key: SigningKey;
  readonly authority: string | undefined;
  readonly signer: SignerCertificate | undefined;
}

/** Makes ready to seal; the operator's key is made on first use, and said so. Throws SEAL_KEY, SIGN_CERTIFICATE or TSA_ADDRESS. */
export async function openSealing(options: SealOptions, terminal: Terminal): Promise<Sealing> {
  const { key, tsa, certificate, certificateKey } = options;
  if (tsa !== undefined && !/^https?:\/\/./.test(tsa))
    throw new ProblemError("TSA_ADDRESS", `« ${tsa} » n’est pas l’adresse d’une autorité d’horodatage.`, {
      scope: "author",
      hint: "Donnez une adresse http:// ou https://.",
    });
  const phrase = process.env["CONSTAT_CERTIFICATE_PHRASE"];
  const signer =
    certificate === undefined ? undefined : await readSignerCertificate({ certificate, key: certificateKey, phrase });
  if (key !== undefined) return { key: await readSigningKey(key), authority: tsa, signer };
  const path = ownKeyPath();
  const own = await ownSigningKey(path);
  if (own.made)
    terminal.err(
      `Clé de scellement créée : ${path}\n    empreinte ${own.key.fingerprint}, à donner à qui vérifiera.\n`,
    );
  return { key: own.key, authority: tsa, signer };
}

/**
 * Seals a run folder, and has the seal stamped when an authority is known. Throws SEAL_REFUSED when the evidence does not hold, RUN_LOCKED
 * while a run still writes into it or another seals it.
 */
export async function sealFolder(
  folder: string,
  sealing: Sealing,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const lock = await lockRun(folder);
  try {
    await sealLocked(folder, sealing, terminal, signal);
  } finally {
    await lock.release();
  }
}

async function sealLocked(folder: string, sealing: Sealing, terminal: Terminal, signal: AbortSignal): Promise<void> {
  await refuseBroken(folder);
  const { key, authority, signer } = sealing;
  if (signer !== undefined) await signReport(folder, signer, terminal);
  const operator = operatorHere();
  const stamped = authority !== undefined;
  const sealed = await sealRun({ folder, key, operator, version: VERSION, now: new Date(), stamped });
  const which = sealed.number === 1 ? "" : ` (scellement n° ${sealed.number})`;
  terminal.out(
    sealed.fresh
      ? `Scellé${which} par la clé ${sealed.fingerprint}\n    racine des preuves ${sealed.evidenceRoot}\n`
      : `Déjà scellé${which} par la clé ${sealed.fingerprint} ; rien n’a changé depuis.\n`,
  );
  if (authority !== undefined) await stampFolder(folder, authority, terminal, signal);
}

/** Signs the report of a folder, where it has one that nobody signed yet. */
async function signReport(folder: string, signer: SignerCertificate, terminal: Terminal): Promise<void> {
  const path = join(folder, "data", "rapport.pdf");
  const pdf = await readFile(path).catch(() => undefined);
  if (pdf === undefined || (await readPdfSignature(pdf)) !== undefined) return;
  await writeAtomically(path, await signPdf(pdf, { signer, at: new Date(), reason: "Rapport scellé par Constat" }));
  terminal.out(`Rapport PDF signé par « ${signer.name} ».\n`);
}

/** Shows the seal to the authority. One that does not answer is told, and the question kept: the seal stands without it. */
async function stampFolder(folder: string, authority: string, terminal: Terminal, signal: AbortSignal): Promise<void> {
  await prepareStamp(folder);
  try {
    const { at, authority: name } = await stampRun(folder, authority, signal);
    terminal.out(`Horodaté le ${at} par « ${name} ».\n`);
  } catch (error) {
    if (!isProblem(error)) throw error;
    terminal.err(`${error.message}\n    → ${error.hint ?? ""}\n`);
  }
}

/** Evidence that was changed must not become right by a fresh seal. */
async function refuseBroken(folder: string): Promise<void> {
  const broken = obstaclesToSeal((await auditRun(folder)).findings);
  if (broken.length === 0) return;
  const [first] = broken;
  if (broken.every(({ rule }) => rule.startsWith("report-")))
    throw new ProblemError(
      "SEAL_REFUSED",
      `Le rapport ne montre pas ces preuves (${first?.text ?? ""}) ; il n’est pas scellé.`,
      {
        scope: "environment",
        hint: `Rendez-le de nouveau : « constat report ${folder} ».`,
      },
    );
  throw new ProblemError(
    "SEAL_REFUSED",
    `Les preuves ne sont plus ce que l’exécution a écrit (${first?.subject ?? ""} : ${first?.text ?? ""}) ; elles ne sont pas scellées.`,
    { scope: "environment", hint: `« constat audit ${folder} » dit tout ce qui a changé.` },
  );
}

function ownKeyPath(): string {
  const given = process.env["XDG_DATA_HOME"];
  // The specification has relative paths ignored.
  const data = given?.startsWith("/") === true ? given : join(homedir(), ".local", "share");
  return join(data, "constat", "scellement.pem");
}
