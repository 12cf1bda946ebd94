import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { ProblemError } from "../base/problem.ts";
import { writeAtomically } from "../evidence/index.ts";
import { readQuery, readStamp, SEAL, type StampReading, stampQuery } from "../evidence/seal/index.ts";

const LIMIT_MS = 30_000;
/** Tokens are a few kilobytes; what is much larger is no answer. */
const LARGEST = 1024 * 1024;

/** Keeps the question for the seal in force, to be answered now or when a network is there. Throws SEAL_MISSING. */
export async function prepareStamp(folder: string): Promise<Buffer> {
  const digest = sha256(await readTags(folder));
  const kept = await readFile(join(folder, SEAL.query)).catch(() => undefined);
  if (kept !== undefined && readQuery(kept)?.digest === digest) return kept;
  const query = stampQuery(digest);
  await writeAtomically(join(folder, SEAL.query), query);
  return query;
}

/**
 * Asks a time stamping authority (RFC 3161 over HTTP) for a token over the seal in force, checks it and keeps it.
 * Throws STAMP_FAILED; the question stays, so that it can be asked again.
 */
export async function stampRun(folder: string, authority: string, signal: AbortSignal): Promise<StampReading> {
  const query = await prepareStamp(folder);
  const answer = await ask(authority, query, AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]));
  const asked = readQuery(query);
  const reading = await readStamp(answer, await readTags(folder), undefined);
  if (typeof reading === "string") throw failed(authority, reading);
  if (reading.digest !== asked?.digest || reading.nonce !== asked.nonce)
    throw failed(authority, "son jeton répond à une autre demande");
  if (!reading.genuine) throw failed(authority, "la signature de son jeton n’est pas valable");
  await writeAtomically(join(folder, SEAL.stamp), answer);
  return reading;
}

async function readTags(folder: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, SEAL.tags));
  } catch (cause) {
    throw new ProblemError("SEAL_MISSING", `${folder} n’est pas scellé.`, {
      scope: "author",
      hint: `Lancez d’abord « constat seal ${folder} ».`,
      cause,
    });
  }
}

async function ask(authority: string, query: Buffer, signal: AbortSignal): Promise<Buffer> {
  try {
    const response = await fetch(authority, {
      method: "POST",
      headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
      body: new Uint8Array(query),
      redirect: "error",
      signal,
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await readWhole(response);
  } catch (error) {
    throw failed(authority, reasonOf(error), error);
  }
}

async function readWhole(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LARGEST) throw new Error("la réponse est trop longue");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `pas de réponse en ${LIMIT_MS / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function failed(authority: string, reason: string, cause?: unknown): ProblemError {
  return new ProblemError(
    "STAMP_FAILED",
    `L’autorité d’horodatage ${authority} n’a pas répondu comme il faut : ${reason}.`,
    {
      scope: "environment",
      hint: `La demande est gardée (${SEAL.query}) ; « constat seal --stamp <exécution> --tsa <adresse> » la présentera de nouveau.`,
      cause,
    },
  );
}
