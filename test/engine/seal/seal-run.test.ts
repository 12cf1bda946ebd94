import { generateKeyPairSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { ownSigningKey, readSigningKey, SEAL, type SigningKey } from "../../../engine/evidence/seal/index.ts";
import { prepareStamp, sealRun, stampRun } from "../../../engine/seal/index.ts";
import { startAuthority } from "../../support/local-authority.ts";
import { writeFullRun, writeReport } from "../../support/sealed-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const OPERATOR = { user: "testeur", host: "poste" };
const NOW = new Date("2026-11-23T12:00:00.000Z");

async function sealed(root: string, stamped = false): Promise<{ folder: string; key: SigningKey }> {
  const folder = await writeFullRun(root, "essai");
  const { key } = await ownSigningKey(join(root, "cles", "scellement.pem"));
  await sealRun({ folder, key, operator: OPERATOR, version: "0.1.0", now: NOW, stamped });
  return { folder, key };
}

/** A report of three words says no tools, and a lab's certificate was taken at first contact. */
const NOTED = ["report-tools", "first-contact"];

describe("sealRun()", () => {
  it("gives a folder in which the audit finds nothing, and whose verdict says that nobody vouched for the key", async () => {
    const { folder, key } = await sealed(await tempFolder());
    const { findings, seal } = await auditRun(folder);
    expect(findings.map(({ rule }) => rule)).toEqual(NOTED);
    expect(seal).toMatchObject({ state: "unknown-signer", fingerprint: key.fingerprint, number: 1 });
    const trusted = await auditRun(folder, { signers: [key.fingerprint] });
    expect(trusted.findings.map(({ rule }) => rule)).toEqual(NOTED);
    expect(trusted.seal.state).toBe("trusted");
  });

  it("makes a bag that sha256sum and openssl agree with", async () => {
    const { folder } = await sealed(await tempFolder());
    for (const manifest of [SEAL.manifest, SEAL.tags])
      await execa("sha256sum", ["-c", "--quiet", "--strict", manifest], { cwd: folder });
    const args = [
      "pkeyutl",
      "-verify",
      "-pubin",
      "-inkey",
      SEAL.key,
      "-rawin",
      "-in",
      SEAL.tags,
      "-sigfile",
      SEAL.signature,
    ];
    expect((await execa("openssl", args, { cwd: folder })).stdout).toContain("Signature Verified Successfully");
  });

  it("leaves a sealed folder as it is, and seals a changed one again, naming and keeping the seal before", async () => {
    const { folder, key } = await sealed(await tempFolder());
    const request = { folder, key, operator: OPERATOR, version: "0.1.0", now: NOW, stamped: false };
    const before = await readFile(join(folder, SEAL.attestation));
    expect(await sealRun(request)).toMatchObject({ fresh: false, number: 1 });
    await writeReport(folder, "un autre rapport");
    expect((await auditRun(folder)).seal.state).toBe("broken");
    expect(await sealRun(request)).toMatchObject({ fresh: true, number: 2 });
    const { findings, seal } = await auditRun(folder, { signers: [key.fingerprint] });
    expect(findings.map(({ rule }) => rule)).toEqual(NOTED);
    expect(seal).toMatchObject({ state: "trusted", number: 2 });
    expect(await readFile(join(folder, "data/seals/0001/attestation.dsse.json"))).toEqual(before);
    await writeReport(folder, "un troisième");
    expect(await sealRun(request)).toMatchObject({ number: 3 });
    expect((await auditRun(folder, { signers: [key.fingerprint] })).seal).toMatchObject({
      state: "trusted",
      number: 3,
    });
  });

  it("keeps no private key in the folder, and the operator's own for them alone", async () => {
    const root = await tempFolder();
    const { folder } = await sealed(root);
    const secret = await readFile(join(root, "cles", "scellement.pem"), "utf8");
    const { stdout } = await execa("grep", ["-rlF", secret.split("\n")[1] ?? "", folder], { reject: false });
    expect(stdout).toBe("");
    expect((await execa("stat", ["-c", "%a", join(root, "cles", "scellement.pem")])).stdout).toBe("600");
  });

  it("shows the seal to an authority over HTTP, at once or later, and openssl agrees with the token", async () => {
    const root = await tempFolder();
    const { folder, key } = await sealed(root, true);
    await prepareStamp(folder);
    expect((await auditRun(folder)).findings.map(({ rule }) => rule)).toContain("seal-stamp-pending");
    const authority = await startAuthority(join(root, "autorite"));
    await stampRun(folder, authority.url, new AbortController().signal);
    const args = ["ts", "-verify", "-data", SEAL.tags, "-in", SEAL.stamp, "-CAfile", authority.root];
    expect((await execa("openssl", args, { cwd: folder })).stdout).toContain("Verification: OK");
    const authorities = await readFile(authority.root, "utf8");
    const { findings, seal } = await auditRun(folder, { signers: [key.fingerprint], authorities });
    expect(findings.map(({ rule }) => rule)).toEqual(NOTED);
    expect(seal.stamp).toMatchObject({ authority: "Horodatage d'essai", trusted: true });
    expect((await auditRun(folder)).findings.map(({ rule }) => rule)).toContain("seal-stamp-unknown");
    const other = await startAuthority(join(root, "autre"));
    const wrong = await auditRun(folder, { authorities: await readFile(other.root, "utf8") });
    expect(wrong.findings.map(({ rule, severity }) => `${rule} ${severity}`)).toContain("seal-stamp error");
  });

  it("keeps the question when no authority answers", async () => {
    const { folder } = await sealed(await tempFolder(), true);
    const dead = "http://127.0.0.1:9/";
    await expect(stampRun(folder, dead, new AbortController().signal)).rejects.toMatchObject({ code: "STAMP_FAILED" });
    await expect(readFile(join(folder, SEAL.query))).resolves.toBeDefined();
  });
});

describe("readSigningKey()", () => {
  it.each<[string, string]>([
    ["no key at all", "bonjour"],
    [
      "an RSA key",
      generateKeyPairSync("rsa", { modulusLength: 2048 })
        .privateKey.export({ type: "pkcs8", format: "pem" })
        .toString(),
    ],
    ["a public key", generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString()],
  ])("refuses %s", async (_, text) => {
    const path = join(await tempFolder(), "cle.pem");
    await writeFile(path, text);
    await expect(readSigningKey(path)).rejects.toMatchObject({ code: "SEAL_KEY" });
  });

  it("refuses an own key that others can read", async () => {
    const path = join(await tempFolder(), "cle.pem");
    await ownSigningKey(path);
    await execa("chmod", ["644", path]);
    await expect(ownSigningKey(path)).rejects.toMatchObject({ code: "SEAL_KEY" });
  });
});
