import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { PDFDocument } from "@cantoo/pdf-lib";
import { beforeAll, describe, expect, it } from "vitest";
import { Redactor } from "../../../engine/base/redact.ts";
import { sweepForSecrets } from "../../../engine/evidence/index.ts";
import { printPdf } from "../../../engine/report/pdf.ts";
import { findBrowser } from "../../../engine/transports/browser/index.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { RED_WHITE, segment } from "../../support/test-jpeg.ts";
import { testPng } from "../../support/test-png.ts";

const SECRET = "Correct-Horse 9/é";
const redactor = new Redactor();
redactor.add(SECRET, "clef");

type Content = string | Buffer;

async function found(files: Readonly<Record<string, Content>>): Promise<readonly string[]> {
  const folder = await tempFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return (await sweepForSecrets(folder, redactor)).map(
    ({ rule, severity, subject, text }) => `${rule} ${severity} ${subject} ${text}`,
  );
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A picture with one more chunk before its end. */
function png(type: string, data: Buffer): Buffer {
  const plain = testPng(4, 4);
  return Buffer.concat([plain.subarray(0, -12), chunk(type, data), plain.subarray(-12)]);
}

function zip(name: string, content: Buffer): Buffer {
  const data = deflateRawSync(content);
  const fields = Buffer.alloc(22);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(data.length, 14);
  fields.writeUInt32LE(content.length, 18);
  const local = Buffer.concat([
    Buffer.from("PK\u0003\u0004"),
    fields,
    u16(name.length),
    u16(0),
    Buffer.from(name),
    data,
  ]);
  const directory = Buffer.concat([
    Buffer.from("PK\u0001\u0002"),
    u16(20),
    fields,
    u16(name.length),
    Buffer.alloc(16),
    Buffer.from(name),
  ]);
  const end = Buffer.concat([
    Buffer.from("PK\u0005\u0006"),
    Buffer.alloc(4),
    u16(1),
    u16(1),
    u32(directory.length),
    u32(local.length),
    u16(0),
  ]);
  return Buffer.concat([local, directory, end]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

let browserPath = "";
beforeAll(async () => {
  browserPath = await findBrowser({ chosen: process.env["CONSTAT_BROWSER"], path: process.env["PATH"] });
});

async function printed(body: string, title = "Essai"): Promise<Buffer> {
  const html = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;
  const { pdf } = await printPdf({
    html,
    files: new Map([["point.png", testPng(4, 4)]]),
    browserPath,
    signal: AbortSignal.timeout(50_000),
  });
  return Buffer.from(pdf);
}

async function attached(content: Buffer): Promise<Buffer> {
  const document = await PDFDocument.create();
  document.addPage([50, 50]);
  await document.attach(content, "run.json", { mimeType: "application/json" });
  return Buffer.from(await document.save());
}

const secret = Buffer.from(SECRET);
const wrapped = Buffer.from(`${"x".repeat(50)}${SECRET}`)
  .toString("base64")
  .replace(/.{40}/g, "$&\n");

describe("sweepForSecrets()", () => {
  it.each<[string, string, () => Content | Promise<Content>]>([
    ["text", "data/a.txt", () => `mot de passe : ${SECRET}`],
    ["base64 broken into lines", "data/a.txt", () => wrapped],
    ["quoted-printable", "data/mail.eml", () => `Correct-Ho=\r\nrse 9/é`],
    [
      "a terminal's recording, in two of its pieces",
      "data/t.cast",
      () => '{"version":3}\n[0.1,"o","Correct-Hor"]\n[0.2,"o","se 9/é"]\n',
    ],
    ["gzip", "data/journal.gz", () => gzipSync(`a ${SECRET} b`)],
    ["gzip in gzip", "data/deep.gz", () => gzipSync(gzipSync(secret))],
    ["zip", "data/export.zip", () => zip("a/b.txt", Buffer.from(`${"-".repeat(300)}${SECRET}`))],
    ["a name in a zip", "data/export.zip", () => zip("Correct-Horse 9/é".replace("é", "é"), Buffer.from("rien"))],
    ["a text of a PNG", "data/figures/a.png", () => png("tEXt", Buffer.concat([Buffer.from("Comment\0"), secret]))],
    [
      "a packed text of a PNG",
      "data/figures/a.png",
      () => png("zTXt", Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(secret)])),
    ],
    [
      "a packed text of a PNG in Unicode",
      "data/figures/a.png",
      () => png("iTXt", Buffer.concat([Buffer.from("Comment\0\u0001\0fr\0\0"), deflateSync(secret)])),
    ],
    ["what stands behind a PNG", "data/figures/a.png", () => Buffer.concat([testPng(4, 4), secret])],
    [
      "a comment of a JPEG",
      "data/figures/a.jpg",
      () => Buffer.concat([RED_WHITE.subarray(0, 2), segment(0xfe, secret), RED_WHITE.subarray(2)]),
    ],
    ["what stands behind a JPEG", "data/figures/a.jpg", () => Buffer.concat([RED_WHITE, secret])],
    [
      "a picture inside a page",
      "data/rapport.html",
      () => `<img src="data:image/png;base64,${png("tEXt", secret).toString("base64")}">`,
    ],
    ["the text of a PDF", "data/rapport.pdf", async () => printed(`<p>Le mot est ${SECRET}, dit-on.</p>`)],
    [
      "the text of a PDF, over two lines",
      "data/rapport.pdf",
      async () => printed(`<p style="width:6em;font-size:40px;word-break:break-all">${SECRET}</p>`),
    ],
    [
      "the alternative of a PDF's figure",
      "data/rapport.pdf",
      async () => printed(`<img src="point.png" alt="écran avec ${SECRET}">`),
    ],
    ["the title of a PDF", "data/rapport.pdf", async () => printed("<p>rien</p>", SECRET)],
    [
      "a link of a PDF",
      "data/rapport.pdf",
      async () => printed(`<a href="https://x.example/?p=${encodeURIComponent(SECRET)}">ici</a>`),
    ],
    [
      "the name of an anchor of a PDF",
      "data/rapport.pdf",
      async () => printed(`<a href="#${SECRET}">ici</a><h1 id="${SECRET}">là</h1>`),
    ],
    ["a file inside a PDF", "data/rapport.pdf", async () => attached(Buffer.from(JSON.stringify({ p: SECRET })))],
    ["a packed file inside a PDF", "data/rapport.pdf", async () => attached(gzipSync(secret))],
    ["a PDF that nobody can open", "data/rapport.pdf", () => `%PDF-1.7\n${SECRET}`],
    ["UTF-16", "data/a.bin", () => Buffer.from(SECRET, "utf16le")],
  ])("finds a secret in %s", async (_, path, content) => {
    const findings = await found({ [path]: await content(), "data/propre.txt": "rien ici" });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(new RegExp(`^secret-left error ${path} Le secret « clef » y est lisible`));
    expect(findings[0]).not.toContain("Correct");
  });

  it("finds one in the name of a file and in the target of a link", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, `note ${SECRET.replace("/", "%2F")}.txt`), "");
    await symlink(`/tmp/${SECRET}`, join(folder, "lien"));
    expect((await sweepForSecrets(folder, redactor)).map(({ text }) => /\((.*)\)/.exec(text)?.[1])).toEqual([
      "sa cible",
    ]);
    const other = new Redactor();
    other.add("Correct-Horse", "début");
    expect((await sweepForSecrets(folder, other)).map(({ text }) => /\((.*)\)/.exec(text)?.[1])).toEqual([
      "sa cible",
      "son nom",
    ]);
  });

  it("finds nothing in files that hold none, pictures, pages and packages included", async () => {
    const files = {
      "data/a.txt": "Correct-Horse, mais pas le reste",
      "data/a.png": testPng(64, 64),
      "data/a.jpg": RED_WHITE,
      "data/a.pdf": await printed("<h1>Correct</h1><p>Horse 9</p><img src=point.png alt=point>"),
      "data/a.zip": zip("a.txt", Buffer.from("rien")),
      "data/cut.gz": gzipSync("rien").subarray(0, 12),
      "data/empty": "",
    };
    expect(await found(files)).toEqual([]);
    expect(await found({})).toEqual([]);
  });

  it("looks only at the files that are named", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "a"), SECRET);
    await writeFile(join(folder, "b"), SECRET);
    expect((await sweepForSecrets(folder, redactor, ["b"])).map(({ subject }) => subject)).toEqual(["b"]);
  });
});
