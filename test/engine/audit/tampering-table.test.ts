import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { isProblem } from "../../../engine/base/problem.ts";
import { filesBelow } from "../../../engine/evidence/index.ts";
import { ownSigningKey, type SigningKey } from "../../../engine/evidence/seal/index.ts";
import { prepareStamp, sealRun, stampRun } from "../../../engine/seal/index.ts";
import { repairHashes, sealForeign } from "../../support/forger.ts";
import { startAuthority } from "../../support/local-authority.ts";
import { writeFullRun, writeReport } from "../../support/sealed-run.ts";
import { TAMPERINGS, type Tampering, tamper } from "../../support/tamperings.ts";

const MODES = ["hashes left", "hashes repaired", "signed again with a foreign key"] as const;
type Mode = (typeof MODES)[number];

/**
 * 36 files × 9 tamperings, without those that change nothing (an empty file has no byte to flip, one line cannot be reordered, a
 * part that is the same in the older bundle). A forger cannot sign a folder without a journal.
 */
const PLAYED: Readonly<Record<Mode, number>> = {
  "hashes left": 291,
  "hashes repaired": 291,
  "signed again with a foreign key": 290,
};

/** One bundle sealed twice and stamped, and an older one of the same runbook, both valid. */
let root: string;
let bundle: string;
let older: string;
let key: SigningKey;
let foreign: SigningKey;
let authorities: string;
let files: readonly string[];

beforeAll(async () => {
  // Hundreds of copies, each written to disk for good: in memory where the machine has such a folder.
  root = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "constat-table-"));
  const authority = await startAuthority(join(root, "autorite"), "file");
  authorities = await readFile(authority.root, "utf8");
  key = (await ownSigningKey(join(root, "cle.pem"))).key;
  foreign = (await ownSigningKey(join(root, "etrangere.pem"))).key;
  try {
    older = await sealTwice(join(root, "avant"), "ancien", authority.url);
    bundle = await sealTwice(root, "essai", authority.url);
  } finally {
    await authority.close();
  }
  const beside = (await readdir(bundle)).filter((name) => name !== "data");
  files = [...beside, ...(await filesBelow(bundle, "data"))].sort();
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function sealTwice(folder: string, words: string, authority: string): Promise<string> {
  const run = await writeFullRun(folder, "essai", words);
  for (const report of [words, `${words}, seconde version`]) {
    await writeReport(run, report);
    const operator = { user: "testeur", host: "poste" };
    await sealRun({
      folder: run,
      key,
      operator,
      version: "0.1.0",
      now: new Date("2026-11-23T12:00:00Z"),
      stamped: true,
    });
    await prepareStamp(run);
    await stampRun(run, authority, new AbortController().signal);
  }
  return run;
}

/** Subjects of the errors and holes that an audit names; the problem's own words when there is no journal to audit. */
async function named(folder: string, signers: readonly string[] | undefined): Promise<readonly string[]> {
  try {
    const { findings } = await auditRun(folder, { signers, authorities });
    return findings.filter(({ severity }) => severity !== "note").map(({ rule, subject }) => `${rule} ${subject}`);
  } catch (error) {
    if (!isProblem(error)) throw error;
    return [`${error.code} ${error.message}`];
  }
}

interface Case {
  readonly path: string;
  readonly how: Tampering;
  readonly mode: Mode;
}

/** Tampers with a copy and gives what went unseen: undefined when it was found and named, or when there was nothing to tamper with. */
async function play({ path, how, mode }: Case, folder: string): Promise<{ played: boolean; unseen?: string }> {
  await cp(bundle, folder, { recursive: true });
  const same = await readFile(join(older, path)).catch(() => undefined);
  const other = files[(files.indexOf(path) + 7) % files.length] ?? "";
  const target = await tamper(folder, path, how, { other, older: same });
  if (target === undefined) return { played: false };
  if (mode === "hashes repaired") await repairHashes(folder, path);
  if (mode === "signed again with a foreign key") {
    if (!(await sealForeign(folder, path, foreign))) return { played: false };
    const trusting = await auditRun(folder);
    if (trusting.seal.state === "trusted") return { played: true, unseen: "plain OK without --signer" };
    const found = await named(folder, [key.fingerprint]);
    return found.some(
      (each) => each.startsWith("seal-signer-other") || each.startsWith("seal-none") || each.startsWith("seal-"),
    )
      ? { played: true }
      : { played: true, unseen: found.join(" | ") };
  }
  const found = await named(folder, undefined);
  return isFound(found, target) ? { played: true } : { played: true, unseen: found.join(" | ") };
}

/** Whether a finding names the file; a seal that was kept is one thing, named by its folder. */
function isFound(found: readonly string[], target: string): boolean {
  const earlier = /^data\/(seals\/\d{4})\//.exec(target)?.[1];
  return found.some((each) => each.includes(basename(target)) || (earlier !== undefined && each.includes(earlier)));
}

describe("the table of tamperings", () => {
  it("begins with bundles in which nothing is wrong", async () => {
    for (const folder of [bundle, older]) expect(await named(folder, [key.fingerprint])).toEqual([]);
    expect(files.length).toBe(36);
  });

  it.each(MODES)("finds and names every one with the %s", { timeout: 300_000 }, async (mode) => {
    const unseen: string[] = [];
    let played = 0;
    const cases = files.flatMap((path) => TAMPERINGS.map((how) => ({ path, how, mode })));
    const worker = async (number: number): Promise<void> => {
      for (let next = cases.pop(); next !== undefined; next = cases.pop()) {
        const folder = join(root, `cas-${number}`);
        const result = await play(next, folder);
        await rm(folder, { recursive: true, force: true });
        if (result.played) played += 1;
        if (result.unseen !== undefined) unseen.push(`${next.path}: ${next.how}: named only ${result.unseen}`);
      }
    };
    await Promise.all([1, 2, 3, 4].map(worker));
    expect(unseen).toEqual([]);
    expect(played).toBe(PLAYED[mode]);
  });
});
