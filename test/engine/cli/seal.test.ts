import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { main } from "../../../engine/cli/main.ts";
import { lockRun } from "../../../engine/evidence/index.ts";
import { startAuthority } from "../../support/local-authority.ts";
import { writeFullRun } from "../../support/sealed-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** The command line in this process: what it wrote, and its exit code. */
async function constat(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    style: (_, text) => text,
    interactive: false,
  });
  return { code, out, err };
}

async function newKey(path: string): Promise<string> {
  await execa("openssl", ["genpkey", "-algorithm", "ed25519", "-out", path]);
  return path;
}

function fingerprintIn(text: string): string {
  return /clé ([0-9a-f]{64})/.exec(text)?.[1] ?? "";
}

describe("constat seal and audit", () => {
  it("seal, then say again that nothing changed, and the audit knows the key only when told", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const key = await newKey(join(root, "cle.pem"));
    const first = await constat("seal", folder, "--key", key);
    expect(first).toMatchObject({ code: 0 });
    expect((await constat("seal", folder, "--key", key)).out).toContain("rien n’a changé");
    const unknown = await constat("audit", folder);
    expect(unknown.code).toBe(0);
    expect(unknown.out).toContain("signature valable d’une clé inconnue");
    expect((await constat("audit", folder, "--signer", fingerprintIn(first.out))).out).toContain(
      "scellé par la clé attendue",
    );
    await execa("openssl", ["pkey", "-in", key, "-pubout", "-out", join(root, "pub.pem")]);
    expect((await constat("audit", folder, "--signer", join(root, "pub.pem"))).code).toBe(0);
    const other = await constat("audit", folder, "--signer", "0".repeat(64));
    expect(other.code).toBe(1);
    expect(other.out).toContain("SCELLEMENT ROMPU");
    expect((await constat("audit", folder, "--signer", "bonjour")).code).toBe(2);
  });

  it("audit a zip file as the folder, and refuse one that is none or was cut", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const sealed = await constat("seal", folder, "--zip", "--key", await newKey(join(root, "cle.pem")));
    expect(sealed.out).toContain(`${folder}.zip`);
    await execa("unzip", ["-tq", `${folder}.zip`]);
    const audited = await constat("audit", `${folder}.zip`, "--signer", fingerprintIn(sealed.out), "--json");
    expect(JSON.parse(audited.out)).toMatchObject({ run: "essai", seal: { state: "trusted" } });
    const bytes = await readFile(`${folder}.zip`);
    await writeFile(join(root, "coupe.zip"), bytes.subarray(0, bytes.length - 100));
    await writeFile(join(root, "texte.zip"), "bonjour");
    for (const name of ["coupe.zip", "texte.zip"])
      expect(await constat("audit", join(root, name))).toMatchObject({
        code: 3,
        err: expect.stringContaining("BUNDLE_UNREADABLE"),
      });
  });

  it("wait for nobody: a run that is still written, or being sealed, is not sealed", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const key = await newKey(join(root, "cle.pem"));
    const lock = await lockRun(folder);
    expect(await constat("seal", folder, "--key", key)).toMatchObject({
      code: 3,
      err: expect.stringContaining("RUN_LOCKED"),
    });
    expect(await readdir(folder)).toEqual(["data", "manifest-sha256.txt"]);
    await lock.release();
    expect(await constat("seal", folder, "--key", key)).toMatchObject({ code: 0, err: "" });
    expect(await readdir(root)).not.toContain("essai.lock");
  });

  it("refuse to seal evidence that was changed, whether it was sealed before or not", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const key = await newKey(join(root, "cle.pem"));
    const before = join(root, "avant");
    await cp(folder, before, { recursive: true });
    await constat("seal", folder, "--key", key);
    for (const each of [folder, before]) {
      await writeFile(join(each, "data/terminal/bloc-001.out"), "autre sortie\n");
      expect(await constat("seal", each, "--key", key)).toMatchObject({
        code: 3,
        err: expect.stringContaining("SEAL_REFUSED"),
      });
    }
  });

  it("sign the report with a certificate, have the seal stamped, and the audit finds a signed report that was changed", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const authority = await startAuthority(join(root, "autorite"));
    const files = ["-keyout", join(root, "c.key"), "-out", join(root, "c.pem")];
    await execa("openssl", ["req", "-x509", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=Essai", ...files]);
    const certificate = ["--certificate", join(root, "c.pem"), "--certificate-key", join(root, "c.key")];
    const key = await newKey(join(root, "cle.pem"));
    const sealed = await constat("seal", folder, "--key", key, "--tsa", authority.url, ...certificate);
    expect(sealed).toMatchObject({ code: 0, err: "" });
    expect(sealed.out).toContain("Rapport PDF signé par « Essai »");
    expect(sealed.out).toContain("Horodaté le");
    expect(await constat("report", folder, "--key", key)).toMatchObject({
      code: 2,
      err: expect.stringContaining("REPORT_SIGNED"),
    });
    const { stdout } = await execa("pdfsig", ["-nocert", join(folder, "data/rapport.pdf")], { reject: false });
    expect(stdout).toContain("Signature is Valid");
    const trust = ["--signer", fingerprintIn(sealed.out), "--tsa-ca", authority.root];
    expect((await constat("audit", folder, ...trust)).out).toMatch(
      /scellé par la clé attendue, horodaté le [0-9TZ:.-]+\.\n/,
    );
    const pdf = await readFile(join(folder, "data/rapport.pdf"));
    pdf[40] = (pdf[40] ?? 0) ^ 1;
    await writeFile(join(folder, "data/rapport.pdf"), pdf);
    expect((await constat("audit", folder, ...trust)).out).toContain("[pdf-signature]");
  });

  it("keep the question of an authority that does not answer, and ask it later", async () => {
    const root = await tempFolder();
    const folder = await writeFullRun(root, "essai");
    const key = await newKey(join(root, "cle.pem"));
    const offline = await constat("seal", folder, "--key", key, "--tsa", "http://127.0.0.1:9/");
    expect(offline).toMatchObject({ code: 0, err: expect.stringContaining("La demande est gardée") });
    expect((await constat("audit", folder)).out).toContain("[seal-stamp-pending]");
    const authority = await startAuthority(join(root, "autorite"));
    expect(await constat("seal", folder, "--stamp", "--tsa", authority.url)).toMatchObject({ code: 0 });
    expect((await constat("audit", folder, "--tsa-ca", authority.root)).code).toBe(0);
    expect((await constat("seal", folder, "--stamp")).code).toBe(2);
  });
});
