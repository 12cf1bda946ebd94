import { access, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson, sha256 } from "../../engine/base/digest.ts";
import type { Json } from "../../engine/base/json.ts";
import { fileDigest, filesBelow, GENESIS, openRun } from "../../engine/evidence/index.ts";
import { COVERED_TAGS, castsOf, manifestText, SEAL, type SigningKey } from "../../engine/evidence/seal/index.ts";
import { sealRun } from "../../engine/seal/index.ts";

type Loose = { [key: string]: Json };

/**
 * Repairs every hash that anyone can repair without a key: digests inside the journal, its chain, `run.json`, casts, manifests. What was
 * tampered with stays as it is, `kept` among it.
 */
export async function repairHashes(folder: string, kept: string): Promise<void> {
  if (await isThere(join(folder, "data/journal.jsonl"))) await repairJournal(folder, kept);
  const paths = await filesBelow(folder, "data");
  const payload = await Promise.all(
    paths.map(async (path) => ({ path, sha256: await fileDigest(join(folder, path)) })),
  );
  if (kept !== SEAL.manifest) await writeFile(join(folder, SEAL.manifest), manifestText(payload));
  const tags = [];
  for (const path of COVERED_TAGS)
    if (await isThere(join(folder, path))) tags.push({ path, sha256: await fileDigest(join(folder, path)) });
  if (kept !== SEAL.tags) await writeFile(join(folder, SEAL.tags), manifestText(tags));
}

/** Repairs, then seals again with another key and without history, as if nobody ever had sealed it. False when that cannot be done. */
export async function sealForeign(folder: string, kept: string, key: SigningKey): Promise<boolean> {
  await repairHashes(folder, kept);
  const own = [SEAL.signature, SEAL.query, SEAL.stamp, SEAL.tags, SEAL.attestation, SEAL.key, SEAL.earlier];
  for (const path of own) if (path !== kept) await rm(join(folder, path), { recursive: true, force: true });
  const operator = { user: "testeur", host: "poste" };
  const before = await readFile(join(folder, kept)).catch(() => undefined);
  try {
    await sealRun({ folder, key, operator, version: "0.1.0", now: new Date("2026-11-23T12:00:00Z"), stamped: false });
  } catch {
    return false;
  }
  // The tampered file is what the forger wants to get through.
  if (before !== undefined && kept !== SEAL.attestation && kept !== SEAL.key)
    await writeFile(join(folder, kept), before);
  return true;
}

async function repairJournal(folder: string, kept: string): Promise<void> {
  const path = join(folder, "data/journal.jsonl");
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
  let prev = GENESIS;
  const written: string[] = [];
  for (const [index, line] of lines.entries()) {
    const text = await repairLine(folder, line, { seq: index + 1, prev });
    prev = sha256(text);
    written.push(text);
  }
  await writeFile(path, `${written.join("\n")}\n`);
  await repairSummary(folder, kept, { head: prev, lines: written.length });
  const record = await openRun(folder);
  for (const cast of castsOf(record)) {
    const text = cast.path === kept ? undefined : await cast.text().catch(() => undefined);
    if (text !== undefined) await writeFile(join(folder, cast.path), text);
  }
}

async function repairSummary(folder: string, kept: string, journal: Json): Promise<void> {
  const path = join(folder, "data/run.json");
  if (kept === "data/run.json" || !(await isThere(path))) return;
  const summary = JSON.parse(await readFile(path, "utf8")) as Loose;
  await writeFile(path, `${canonicalJson({ ...summary, journal })}\n`);
}

async function repairLine(folder: string, line: string, chain: Loose): Promise<string> {
  try {
    const event = JSON.parse(line) as Loose;
    return canonicalJson({ ...((await repairDigests(folder, event)) as Loose), ...chain });
  } catch {
    return line;
  }
}

/** Every `{ path or file, sha256 }` in an event gets the digest of the file as it lies there now. */
async function repairDigests(folder: string, value: Json): Promise<Json> {
  if (Array.isArray(value)) return Promise.all((value as readonly Json[]).map((each) => repairDigests(folder, each)));
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, Json][] = [];
  for (const [key, each] of Object.entries(value)) entries.push([key, await repairDigests(folder, each)]);
  const repaired = Object.fromEntries(entries) as Loose;
  const name = repaired["path"] ?? (typeof repaired["file"] === "string" ? `runbook/${repaired["file"]}` : undefined);
  if (typeof name !== "string" || typeof repaired["sha256"] !== "string") return repaired;
  const path = join(folder, "data", name);
  if (!(await isThere(path))) return repaired;
  const bytes = (await readFile(path)).length;
  return { ...repaired, sha256: await fileDigest(path), ...("bytes" in repaired && { bytes }) };
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
