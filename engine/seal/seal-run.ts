import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { openRun, writeAtomically } from "../evidence/index.ts";
import {
  BAG_DECLARATION,
  bagInfo,
  COVERED_TAGS,
  castsOf,
  evidenceRootOf,
  isEvidence,
  manifestText,
  payloadFiles,
  SEAL,
  type SigningKey,
  type Statement,
  sealEnvelope,
  testResults,
} from "../evidence/seal/index.ts";
import { keepEarlierSeal } from "./earlier-seal.ts";
import { sealInForce } from "./seal-in-force.ts";

export interface SealRequest {
  readonly folder: string;
  readonly key: SigningKey;
  readonly operator: { readonly user: string; readonly host: string };
  /** The engine that seals. */
  readonly version: string;
  readonly now: Date;
  /** Whether a time stamp will be asked for. */
  readonly stamped: boolean;
}

export interface Sealed {
  readonly fingerprint: string;
  readonly evidenceRoot: string;
  /** From 1. */
  readonly number: number;
  /** False when the folder was sealed by this key already and nothing has changed since. */
  readonly fresh: boolean;
  /** SHA-256 of the tag manifest, which is what a time stamp is over. */
  readonly digest: string;
}

/**
 * Seals a run folder in place: casts, attestation, manifests, signature. Whoever calls has made sure that the evidence holds.
 * A folder that changed since its last seal gets a new one that names it, and keeps it below `data/seals/`.
 */
export async function sealRun(request: SealRequest): Promise<Sealed> {
  const { folder, key } = request;
  const inForce = await sealInForce(folder);
  if (inForce?.whole === true && inForce.fingerprint === key.fingerprint) return { ...inForce, fresh: false };
  const { number, supersedes } = await keepEarlierSeal(folder, inForce);
  await writeCasts(folder);
  await mkdir(join(folder, "data", "keys"), { recursive: true });
  await writeAtomically(join(folder, SEAL.key), key.pem);
  const statement = await state(request, number, supersedes);
  await writeAtomically(join(folder, SEAL.attestation), sealEnvelope(statement, key));
  const digest = await bag(folder, statement);
  await writeAtomically(join(folder, SEAL.signature), key.sign(await readFile(join(folder, SEAL.tags))));
  return {
    fingerprint: key.fingerprint,
    evidenceRoot: statement.predicate.constat.evidenceRoot,
    number,
    fresh: true,
    digest,
  };
}

/** A terminal whose bytes and index do not belong together gets none: the audit says so. */
async function writeCasts(folder: string): Promise<void> {
  for (const cast of castsOf(await openRun(folder))) {
    const text = await cast.text().catch(() => undefined);
    if (text === undefined) await rm(join(folder, cast.path), { force: true });
    else await writeAtomically(join(folder, cast.path), text);
  }
}

async function state(
  { folder, key, operator, version, now, stamped }: SealRequest,
  number: number,
  supersedes: Statement["predicate"]["constat"]["supersedes"],
): Promise<Statement> {
  const { run, events, journal } = await openRun(folder);
  const files = (await payloadFiles(folder)).filter(({ path }) => path !== SEAL.attestation);
  const started = events.find((event) => event.type === "run-started");
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: files.map(({ path, sha256: digest }) => ({ name: path, digest: { sha256: digest } })),
    predicateType: "https://in-toto.io/attestation/test-result/v0.1",
    predicate: {
      ...testResults(events),
      constat: {
        // The folder may be copied under another name; the journal keeps the run's own.
        run: started?.type === "run-started" ? started.run : run,
        seal: number,
        sealedAt: now.toISOString(),
        engine: version,
        operator: { ...operator, key: key.fingerprint },
        journal: { head: journal.lines.at(-1)?.sha256 ?? "0".repeat(64), lines: journal.lines.length },
        evidenceRoot: evidenceRootOf(files, isEvidence),
        stamped,
        supersedes,
      },
    },
  };
}

/** The bag around the payload. Gives the digest of the tag manifest. */
async function bag(folder: string, statement: Statement): Promise<string> {
  const files = await payloadFiles(folder);
  const tags = new Map([
    [SEAL.declaration, BAG_DECLARATION],
    [SEAL.info, bagInfo(statement, files)],
    [SEAL.manifest, manifestText(files)],
  ] as const);
  for (const [name, text] of tags) await writeAtomically(join(folder, name), text);
  const listed = COVERED_TAGS.map((path) => ({ path, sha256: sha256(tags.get(path) ?? "") }));
  const text = manifestText(listed);
  await writeAtomically(join(folder, SEAL.tags), text);
  return sha256(text);
}
