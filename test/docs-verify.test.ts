import { existsSync } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesBelow } from "../engine/evidence/index.ts";
import { ownSigningKey, type SigningKey } from "../engine/evidence/seal/index.ts";
import { prepareStamp, sealRun, stampRun } from "../engine/seal/index.ts";
import { repairHashes, sealForeign } from "./support/forger.ts";
import { type LocalAuthority, startAuthority } from "./support/local-authority.ts";
import { writeFullRun } from "./support/sealed-run.ts";
import { TAMPERINGS, tamper } from "./support/tamperings.ts";

const PAGE = join(import.meta.dirname, "..", "docs", "verifier-sans-constat.md");

let root: string;
let bundle: string;
let authority: LocalAuthority;
let key: SigningKey;
let page: string;
let files: readonly string[];

beforeAll(async () => {
  root = await mkdtemp(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "constat-page-"));
  const blocks = [...(await readFile(PAGE, "utf8")).matchAll(/^```sh\n(.*?)^```$/gms)].map(([, body]) => body ?? "");
  expect(blocks.length).toBe(8);
  // Each block as its reader plays it: in a shell of its own that stops at the first thing that fails.
  for (const [index, body] of blocks.entries()) await writeFile(join(root, `bloc-${index + 1}.sh`), body);
  page = blocks
    .map((_, index) => `sh -e "$TMPDIR/bloc-${index + 1}.sh" || { echo "bloc ${index + 1}"; exit 1; }\n`)
    .join("");
  authority = await startAuthority(join(root, "autorite"), "file");
  key = (await ownSigningKey(join(root, "cle.pem"))).key;
  bundle = await writeFullRun(root, "essai");
  const operator = { user: "testeur", host: "poste" };
  await sealRun({
    folder: bundle,
    key,
    operator,
    version: "0.1.0",
    now: new Date("2026-11-23T12:00:00Z"),
    stamped: true,
  });
  await prepareStamp(bundle);
  await stampRun(bundle, authority.url, new AbortController().signal);
  const beside = (await readdir(bundle)).filter((name) => name !== "data");
  files = [...beside, ...(await filesBelow(bundle, "data"))].sort();
});

afterAll(async () => {
  await authority.close();
  await rm(root, { recursive: true, force: true });
});

async function play(folder: string, fingerprint = key.fingerprint): Promise<string> {
  const env = { EMPREINTE: fingerprint, AUTORITE: authority.root, LC_ALL: "C.UTF-8", TMPDIR: root };
  const { exitCode, all } = await execa("sh", ["-c", page], { cwd: folder, env, all: true, reject: false });
  return exitCode === 0 ? "passes" : `fails: ${all.trim().split("\n").at(-1) ?? ""}`;
}

describe("the page on verifying without Constat", () => {
  it("passes on a bundle as it was sealed, and on another one only with its own key", async () => {
    expect(await play(bundle)).toBe("passes");
    expect(await play(bundle, "0".repeat(64))).toMatch(/^fails/);
  });

  it("fails on every file that was tampered with, hashes left or repaired", { timeout: 300_000 }, async () => {
    const folder = join(root, "cas");
    const passed: string[] = [];
    let played = 0;
    for (const [index, path] of files.entries()) {
      const other = files[(index + 5) % files.length] ?? "";
      // Each deed in turn on the files as they are; a byte of each once more with every hash repaired.
      const rotated = TAMPERINGS[index % TAMPERINGS.length] ?? "cut";
      for (const [how, repaired] of [
        [rotated, false],
        ["middle byte flipped", true],
      ] as const) {
        await cp(bundle, folder, { recursive: true });
        const older = Buffer.from("une autre pièce\n");
        const target = await tamper(folder, path, how, { other, older });
        if (repaired) await repairHashes(folder, path).catch(() => {});
        if (target !== undefined) {
          played += 1;
          if ((await play(folder)) === "passes") passed.push(`${path}: ${how}`);
        }
        await rm(folder, { recursive: true, force: true });
      }
    }
    expect(passed).toEqual([]);
    expect(played).toBe(53);
  });

  it("fails on a bundle that was signed again with a foreign key", async () => {
    const folder = join(root, "autre");
    await cp(bundle, folder, { recursive: true });
    const foreign = (await ownSigningKey(join(root, "etrangere.pem"))).key;
    expect(await sealForeign(folder, "data/terminal/bloc-001.out", foreign)).toBe(true);
    expect(await play(folder, foreign.fingerprint)).toBe("passes");
    expect(await play(folder)).toMatch(/^fails/);
  });
});
