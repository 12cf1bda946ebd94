import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { sha256 } from "../../base/digest.ts";
import type { openRun } from "../../evidence/index.ts";
import {
  BAG_DECLARATION,
  isEvidence,
  isSignedBy,
  KEPT_OF_A_SEAL,
  manifestText,
  openEnvelope,
  publicKeyOf,
  readStatement,
  SEAL,
  type Statement,
} from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lying } from "../payload.ts";
import { broken } from "./broken.ts";

type OpenedRun = Awaited<ReturnType<typeof openRun>>;
type Named = Statement["predicate"]["constat"]["supersedes"];

/** The seals before this one: each must hold by itself, name the one before, and speak of the same evidence as lies here now. */
export async function auditEarlierSeals(
  record: OpenedRun,
  payload: ReadonlyMap<string, Lying>,
  statement: Statement | undefined,
): Promise<readonly Finding[]> {
  const findings = strangers(payload);
  if (statement === undefined) return findings;
  let { seal: number, supersedes } = statement.predicate.constat;
  while (number > 1) {
    number -= 1;
    const folder = `${SEAL.earlier}/${String(number).padStart(4, "0")}`;
    const earlier = await readEarlier(record.folder, folder, supersedes);
    if (typeof earlier === "string") return [...findings, wrong(folder, earlier)];
    findings.push(...sinceThen(folder, earlier, record, payload));
    supersedes = earlier.predicate.constat.supersedes;
    if (earlier.predicate.constat.seal !== number) findings.push(wrong(folder, "Ce scellement porte un autre numéro."));
  }
  if (supersedes !== null)
    findings.push(wrong(SEAL.earlier, "Le premier scellement en nomme un autre, qui n’est pas là."));
  const extra = [...payload.keys()].filter((path) => beyond(path, statement.predicate.constat.seal));
  return [...findings, ...extra.map((path) => wrong(path, "Aucun scellement ne suit celui-ci."))];
}

/** Only what a seal consists of may lie in the folder of one. */
function strangers(payload: ReadonlyMap<string, Lying>): Finding[] {
  const names = new Set(KEPT_OF_A_SEAL.map((path) => basename(path)));
  return [...payload.keys()]
    .filter((path) => path.startsWith(`${SEAL.earlier}/`))
    .filter((path) => !/^\d{4}\/[^/]+$/.test(path.slice(SEAL.earlier.length + 1)) || !names.has(basename(path)))
    .map((path) => wrong(path, "Ce fichier n’est d’aucun scellement : il a été ajouté."));
}

function beyond(path: string, current: number): boolean {
  const number = /^data\/seals\/(\d{4})\//.exec(path)?.[1];
  return number !== undefined && (Number(number) >= current || number === "0000");
}

/** The statement of an earlier seal, or what is wrong with it. */
async function readEarlier(run: string, folder: string, named: Named): Promise<Statement | string> {
  const read = (path: string): Promise<Buffer> => readFile(join(run, folder, basename(path)));
  try {
    const [attestation, tags, manifest, info] = await Promise.all(
      [SEAL.attestation, SEAL.tags, SEAL.manifest, SEAL.info].map(read) as [
        Promise<Buffer>,
        Promise<Buffer>,
        Promise<Buffer>,
        Promise<Buffer>,
      ],
    );
    if (named?.attestation !== sha256(attestation) || named.tagmanifest !== sha256(tags))
      return "Ce n’est pas le scellement que nomme le suivant.";
    const key = publicKeyOf((await read(SEAL.key)).toString("latin1"));
    const envelope = openEnvelope(attestation.toString("latin1"));
    const statement = envelope && readStatement(envelope.payload);
    if (key === undefined || envelope === undefined || statement === undefined) return "Ce scellement est illisible.";
    const signed =
      isSignedBy(key.key, envelope.signed, envelope.signature) && isSignedBy(key.key, tags, await read(SEAL.signature));
    if (!signed) return "La signature de ce scellement n’est pas valable.";
    const listed = [
      { path: SEAL.declaration, sha256: sha256(BAG_DECLARATION) },
      { path: SEAL.info, sha256: sha256(info) },
      { path: SEAL.manifest, sha256: sha256(manifest) },
    ];
    return manifestText(listed) === tags.toString("utf8") ? statement : "Le manifeste de ce scellement a changé.";
  } catch {
    return "Ce scellement, que le suivant nomme, n’est pas entier.";
  }
}

/** A report may be made again; evidence may not: what was sealed once is still the same, and a journal only grows. */
function sinceThen(
  folder: string,
  { subject, predicate }: Statement,
  record: OpenedRun,
  payload: ReadonlyMap<string, Lying>,
): readonly Finding[] {
  const { head, lines } = predicate.constat.journal;
  const findings: Finding[] = [];
  if (lines > 0 && record.journal.lines[lines - 1]?.sha256 !== head)
    findings.push(
      broken("seal-evidence-changed", "journal.jsonl", `Le journal n’est plus celui qui a été scellé (${folder}).`),
    );
  for (const { name, digest } of subject) {
    if (!isEvidence(name) || name === "data/journal.jsonl" || name === "data/run.json") continue;
    if (payload.get(name)?.sha256 !== digest.sha256)
      findings.push(
        broken(
          "seal-evidence-changed",
          name.slice("data/".length),
          `La pièce n’est plus celle qui a été scellée (${folder}).`,
        ),
      );
  }
  return findings;
}

function wrong(path: string, text: string): Finding {
  return broken("seal-earlier", path.slice("data/".length), text);
}
