import { createWriteStream, openAsBlob } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { BlobReader, configure, type FileEntry, ZipReader } from "@zip.js/zip.js";
import { ProblemError } from "../base/problem.ts";

/** A run of 500 figures is 150 MB; what pretends to be a thousand times that would fill the disk. */
const LARGEST = 64 * 1024 ** 3;

/** A bundle that was unpacked to be looked at; `release` takes it away. */
export interface Unpacked {
  readonly folder: string;
  release(): Promise<void>;
}

/**
 * Unpacks a zipped bag into a folder of its own. Throws BUNDLE_UNREADABLE for what is no zip file, for names that lead elsewhere or that
 * stand twice (another reader would take the other one), for links, and for anything that is not below one folder.
 */
export async function unpackBundle(path: string): Promise<Unpacked> {
  const root = await mkdtemp(join(tmpdir(), "constat-audit-"));
  const release = (): Promise<void> => rm(root, { recursive: true, force: true });
  configure({ useWebWorkers: false });
  try {
    const reader = new ZipReader(new BlobReader(await openAsBlob(path)), { checkSignature: true });
    const entries = await reader.getEntries({ filenameEncoding: "utf-8" });
    const top = check(entries);
    for (const entry of entries) if (!entry.directory) await unpack(entry, root);
    await reader.close();
    return { folder: join(root, top), release };
  } catch (error) {
    await release();
    if (error instanceof ProblemError) throw error;
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

type Entries = Awaited<ReturnType<ZipReader<unknown>["getEntries"]>>;

function check(entries: Entries): string {
  const names = entries.map(({ filename }) => filename);
  const top = names[0]?.split("/")[0] ?? "";
  const odd = names.find((name) => isOdd(name) || name.split("/")[0] !== top);
  if (top === "" || odd !== undefined)
    throw unreadable(odd ?? "", "un nom mène hors du dossier de l’exécution, ou il n’y a aucun fichier");
  // Some file systems take names for equal that differ in case alone.
  const lower = names.map((name) => name.toLowerCase());
  if (new Set(lower).size !== names.length) throw unreadable("", "deux fichiers y portent le même nom");
  const size = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (size > LARGEST) throw unreadable("", "le contenu annoncé est démesuré");
  const link = entries.find(({ externalFileAttributes }) => (externalFileAttributes ?? 0) >>> 28 === 0xa);
  if (link !== undefined) throw unreadable(link.filename, "c’est un lien");
  return top;
}

function isOdd(name: string): boolean {
  const parts = name.replace(/\/$/, "").split("/");
  return (
    name.includes("\\") || name.includes("\0") || parts.some((part) => part === "" || part === "." || part === "..")
  );
}

async function unpack(entry: FileEntry, root: string): Promise<void> {
  const target = join(root, entry.filename);
  await mkdir(dirname(target), { recursive: true });
  const sink = Writable.toWeb(createWriteStream(target, { flags: "wx" })) as WritableStream<Uint8Array>;
  await entry.getData(sink, { checkSignature: true });
}

function unreadable(subject: string, reason: string): ProblemError {
  return new ProblemError("BUNDLE_UNREADABLE", `L’archive ne peut pas être lue (${subject}) : ${reason}.`, {
    scope: "environment",
    hint: "Demandez de nouveau l’archive à qui l’a faite, ou auditez le dossier lui-même.",
  });
}
