import { canonicalJson } from "../../base/digest.ts";
import type { Json } from "../../base/json.ts";
import type { openRun } from "../../evidence/index.ts";
import {
  evidenceRootOf,
  isEvidence,
  isSignedBy,
  openEnvelope,
  readStatement,
  SEAL,
  type Statement,
  testResults,
} from "../../evidence/seal/index.ts";
import type { Finding } from "../../model/finding.ts";
import type { Lying } from "../payload.ts";
import { broken } from "./broken.ts";
import type { SealParts } from "./read-seal.ts";

/** What a run that goes on writes anew. */
const GROWING = new Set(["data/journal.jsonl", "data/run.json"]);

interface AttestationAudit {
  readonly findings: readonly Finding[];
  /** What is stated, where it can be read at all. */
  readonly statement: Statement | undefined;
}

/** The signed statement: whether it is the key's, whether it names every file as it is, and says of the run what its journal says. */
export function auditAttestation(
  record: Awaited<ReturnType<typeof openRun>>,
  payload: ReadonlyMap<string, Lying>,
  { attestation, key, keyText }: SealParts,
): AttestationAudit {
  const keyFindings = keyText !== undefined && (key === undefined || !isPlainPem(keyText)) ? [unreadableKey()] : [];
  if (attestation === undefined) return { findings: keyFindings, statement: undefined };
  const envelope = openEnvelope(attestation);
  const statement = envelope && readStatement(envelope.payload);
  if (envelope === undefined || statement === undefined)
    return {
      findings: [...keyFindings, wrong("L’attestation est illisible, ou n’a pas la forme que Constat lui donne.")],
      statement,
    };
  const findings = [...keyFindings];
  if (key !== undefined) {
    if (!isSignedBy(key.key, envelope.signed, envelope.signature))
      findings.push(wrong("La signature de l’attestation n’est pas celle de la clé qui l’accompagne."));
    if (envelope.keyid !== key.fingerprint || statement.predicate.constat.operator.key !== key.fingerprint)
      findings.push(broken("seal-key", SEAL.key, "Cette clé n’est pas celle que nomme l’attestation."));
  }
  const grown = hasGrown(statement, record);
  findings.push(
    ...auditSubjects(statement, payload, grown, addedSince(statement, record)),
    ...auditWords(statement, record, payload),
  );
  return { findings, statement };
}

/** A run that went on after it was sealed: every line that was sealed is still there, and others follow. */
function hasGrown({ predicate }: Statement, { journal }: Awaited<ReturnType<typeof openRun>>): boolean {
  const { head, lines } = predicate.constat.journal;
  return journal.lines.length > lines && journal.lines[lines - 1]?.sha256 === head;
}

/** Files that the lines after the sealed ones name, with their digests. */
function addedSince(
  { predicate }: Statement,
  { events }: Awaited<ReturnType<typeof openRun>>,
): ReadonlyMap<string, string> {
  return new Map(
    events
      .filter(({ seq }) => seq > predicate.constat.journal.lines)
      .flatMap((event) => ("artefacts" in event ? event.artefacts : []))
      .map(({ path, sha256 }) => [`data/${path}`, sha256]),
  );
}

function auditSubjects(
  { subject }: Statement,
  payload: ReadonlyMap<string, Lying>,
  grown: boolean,
  added: ReadonlyMap<string, string>,
): readonly Finding[] {
  const findings: Finding[] = [];
  const stated = new Map(subject.map(({ name, digest }) => [name, digest.sha256]));
  if (stated.size !== subject.length) findings.push(wrong("Un fichier y est nommé deux fois."));
  for (const [name, digest] of stated) {
    const lying = payload.get(name);
    if (lying === undefined) findings.push(broken("seal-file-missing", shown(name), "Le fichier scellé manque."));
    else if (lying.sha256 !== digest && grown && GROWING.has(name))
      findings.push(broken("seal-journal-grown", shown(name), "L’exécution a continué après avoir été scellée."));
    else if (lying.sha256 !== digest)
      findings.push(broken("seal-file-changed", shown(name), "Le contenu n’est pas celui qui a été scellé."));
  }
  for (const name of payload.keys()) {
    if (name === SEAL.attestation || stated.has(name)) continue;
    if (grown && payload.get(name)?.sha256 === (added.get(name) ?? ""))
      findings.push(broken("seal-journal-grown", shown(name), "La pièce a été ajoutée après le scellement."));
    else
      findings.push(broken("seal-file-added", shown(name), "Le fichier n’était pas là quand le dossier a été scellé."));
  }
  return findings;
}

function auditWords(
  { predicate }: Statement,
  record: Awaited<ReturnType<typeof openRun>>,
  payload: ReadonlyMap<string, Lying>,
): readonly Finding[] {
  const { constat, ...results } = predicate;
  const started = record.events.find((event) => event.type === "run-started");
  const last = record.journal.lines.at(-1);
  const root = evidenceRootOf(
    [...payload].map(([path, { sha256 }]) => ({ path, sha256: sha256 ?? "" })),
    isEvidence,
  );
  const differences = [
    ["le résultat des étapes", canonicalJson(results as Json) === canonicalJson(testResults(record.events) as Json)],
    ["le nom de l’exécution", started?.type !== "run-started" || constat.run === started.run],
    [
      "la tête du journal",
      last?.sha256 === constat.journal.head && record.journal.lines.length === constat.journal.lines,
    ],
    ["la racine des preuves", root === constat.evidenceRoot],
  ] as const;
  return differences.flatMap(([what, same]) =>
    same ? [] : [wrong(`L’attestation et le dossier ne disent pas la même chose : ${what}.`)],
  );
}

/** The one spelling that the engine writes: letters outside the block would be signed as part of the file and read by nobody. */
function isPlainPem(text: string): boolean {
  return /^-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/]{59}=\n-----END PUBLIC KEY-----\n$/.test(text);
}

function unreadableKey(): Finding {
  return broken("seal-key", SEAL.key, "Ce n’est pas une clé publique Ed25519 telle que Constat l’écrit.");
}

function wrong(text: string): Finding {
  return broken("seal-attestation", shown(SEAL.attestation), text);
}

/** Paths are told from `data/`, as everywhere in the audit. */
export function shown(path: string): string {
  return path.startsWith("data/") ? path.slice("data/".length) : path;
}
