import { createWriteStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { TextReader, ZipWriter } from "@zip.js/zip.js";
import { describe, expect, it } from "vitest";
import { unpackBundle } from "../../../engine/audit/index.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const LINK = 0o120777 * 0x10000;

async function zipOf(names: readonly string[], attributes = 0): Promise<string> {
  const path = join(await tempFolder(), "a.zip");
  const sink = Writable.toWeb(createWriteStream(path)) as WritableStream<Uint8Array>;
  const writer = new ZipWriter(sink, { useWebWorkers: false });
  for (const name of names)
    await writer.add(
      name,
      new TextReader("x"),
      attributes === 0 ? {} : { versionMadeBy: 0x314, externalFileAttributes: attributes },
    );
  await writer.close();
  return path;
}

describe("unpackBundle()", () => {
  it("unpacks what stands below one folder, and takes it away again", async () => {
    const unpacked = await unpackBundle(await zipOf(["essai/bagit.txt", "essai/data/a.txt"]));
    expect(await readdir(unpacked.folder)).toEqual(["bagit.txt", "data"]);
    await unpacked.release();
    await expect(readdir(unpacked.folder)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it.each<[string, readonly string[], number]>([
    ["a name that leads out of the folder", ["essai/a", "essai/../../b"], 0],
    ["an absolute name", ["essai/a", "/tmp/b"], 0],
    ["a second folder", ["essai/a", "autre/b"], 0],
    ["names that differ in case alone", ["essai/a", "essai/A"], 0],
    ["a link", ["essai/a"], LINK],
    ["nothing", [], 0],
  ])("refuses %s, and leaves nothing behind", async (_, names, attributes) => {
    const path = await zipOf(names, attributes);
    const before = (await readdir(tmpdir())).filter((name) => name.startsWith("constat-audit-"));
    await expect(unpackBundle(path)).rejects.toMatchObject({ code: "BUNDLE_UNREADABLE" });
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith("constat-audit-"));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
