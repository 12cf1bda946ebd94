import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "@cantoo/pdf-lib";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { readSignerCertificate } from "../../../engine/evidence/seal/index.ts";
import { signPdf } from "../../../engine/seal/index.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const PHRASE = "une phrase d’essai";

/** A root, a certificate of it, and a PDF of two pages, in a folder. */
async function prepared(kind: "rsa:2048" | "ec"): Promise<string> {
  const folder = await tempFolder();
  const openssl = (...args: readonly string[]) => execa("openssl", args, { cwd: folder });
  const fresh = ["-nodes", "-newkey", ...(kind === "ec" ? ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"] : [kind])];
  await openssl(
    "req",
    "-x509",
    "-days",
    "30",
    ...fresh,
    "-subj",
    "/CN=Racine",
    "-keyout",
    "racine.key",
    "-out",
    "racine.pem",
  );
  await openssl("req", "-new", ...fresh, "-subj", "/CN=Équipe", "-utf8", "-keyout", "cle.pem", "-out", "demande.csr");
  const ca = ["-CA", "racine.pem", "-CAkey", "racine.key", "-CAcreateserial"];
  await openssl("x509", "-req", "-in", "demande.csr", "-days", "20", ...ca, "-out", "cert.pem");
  const p12 = ["-inkey", "cle.pem", "-in", "cert.pem", "-certfile", "racine.pem", "-passout", `pass:${PHRASE}`];
  await openssl("pkcs12", "-export", ...p12, "-out", "cert.p12");
  await openssl("pkcs8", "-topk8", "-in", "cle.pem", "-passout", `pass:${PHRASE}`, "-out", "fermee.pem");
  const document = await PDFDocument.create();
  for (const text of ["un", "deux"]) document.addPage([200, 200]).drawText(text);
  await writeFile(join(folder, "avant.pdf"), await document.save({ useObjectStreams: false }));
  return folder;
}

const sources = {
  "PKCS#12": (folder: string) => ({ certificate: join(folder, "cert.p12"), phrase: PHRASE }),
  PEM: (folder: string) => ({ certificate: join(folder, "cert.pem"), key: join(folder, "cle.pem") }),
  "PEM with a pass phrase": (folder: string) => ({
    certificate: join(folder, "cert.pem"),
    key: join(folder, "fermee.pem"),
    phrase: PHRASE,
  }),
};

describe("signPdf()", () => {
  it.each([
    ["rsa:2048", "PKCS#12"],
    ["ec", "PEM"],
    ["rsa:2048", "PEM with a pass phrase"],
  ] as const)("signs with %s from %s, and pdfsig finds it valid until a byte is changed", async (kind, source) => {
    const folder = await prepared(kind);
    const before = await readFile(join(folder, "avant.pdf"));
    const signer = await readSignerCertificate(sources[source](folder));
    expect(signer.name).toBe("Équipe");
    const signed = await signPdf(before, {
      signer,
      at: new Date("2026-11-23T12:00:00Z"),
      reason: "Scellement de l’essai",
    });
    expect(Buffer.from(signed).subarray(0, before.length).equals(before)).toBe(true);
    await writeFile(join(folder, "apres.pdf"), signed);
    const look = async (file: string) =>
      (await execa("pdfsig", ["-nocert", file], { cwd: folder, reject: false })).stdout;
    const found = await look("apres.pdf");
    expect(found).toContain("Signature is Valid");
    expect(found).toContain("Total document signed");
    expect(found).toContain("ETSI.CAdES.detached");
    expect((await execa("qpdf", ["--check", "apres.pdf"], { cwd: folder, reject: false })).stdout).toContain(
      "No syntax or stream",
    );
    const changed = Buffer.from(signed);
    changed[60] = (changed[60] ?? 0) ^ 1;
    await writeFile(join(folder, "change.pdf"), changed);
    expect(await look("change.pdf")).not.toContain("Signature is Valid");
  });

  it.each([
    ["a wrong pass phrase", (folder: string) => ({ certificate: join(folder, "cert.p12"), phrase: "autre" })],
    [
      "a key of another certificate",
      (folder: string) => ({ certificate: join(folder, "cert.pem"), key: join(folder, "racine.key") }),
    ],
    ["a file that is none", (folder: string) => ({ certificate: join(folder, "avant.pdf") })],
    ["no file", (folder: string) => ({ certificate: join(folder, "absent.p12") })],
  ])("refuses %s", async (_, files) => {
    const folder = await prepared("ec");
    await expect(readSignerCertificate(files(folder))).rejects.toMatchObject({ code: "SIGN_CERTIFICATE" });
  });
});
