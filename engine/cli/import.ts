import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { decodeText, type ImportedReport, importReport } from "../import/index.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { printImport } from "./print-import.ts";
import { schemaText } from "./schemas/index.ts";
import { shown } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

export interface ImportOptions {
  readonly out: string;
  readonly json?: boolean | undefined;
}

/** A document that a person can read entirely; more is no report. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** `constat import`: a prose report as runbook skeletons with the settings and the inventory that they need. Nothing that exists is written over. */
export async function importFile(path: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const text = decodeText(await read(path), shown(path));
  const title = basename(path, extname(path))
    .replace(/[-_\s]+/g, " ")
    .trim();
  const markdown = /^\.(?:md|markdown)$/i.test(extname(path));
  const report = importReport(text, { markdown, title: title.charAt(0).toUpperCase() + title.slice(1) });
  if (report.chapters.length === 0) {
    throw refused("IMPORT_EMPTY", `${shown(path)} ne contient rien à reprendre.`, "Vérifiez que c’est le bon fichier.");
  }
  const files = filesOf(report, title);
  const there = files.filter(({ name }) => existsSync(join(options.out, name)));
  const inTheWay = there.filter(({ kept }) => !kept);
  if (inTheWay.length > 0) {
    throw refused(
      "IMPORT_EXISTS",
      `Déjà là, et laissé tel quel : ${inTheWay.map(({ name }) => shown(join(options.out, name))).join(", ")}.`,
      "Rien n’a été écrit. Donnez un autre dossier à --out, ou déplacez d’abord ces fichiers.",
    );
  }
  for (const { name, text: content } of files.filter((file) => !there.includes(file))) {
    await write(join(options.out, name), content);
  }
  if (options.json === true) terminal.out(`${JSON.stringify(asJson(report), undefined, 2)}\n`);
  else printImport(report, { folder: shown(options.out), left: there.map(({ name }) => name) }, terminal);
  return EXIT.ok;
}

interface NewFile {
  readonly name: string;
  readonly text: string;
  /** A file of the site that is there already is kept, and does not stand in the way. */
  readonly kept: boolean;
}

function filesOf({ chapters, nodes }: ImportedReport, title: string): readonly NewFile[] {
  const settings = [
    "# yaml-language-server: $schema=rapport.schema.json",
    `titre: ${JSON.stringify(title.charAt(0).toUpperCase() + title.slice(1))}`,
    "langue: fr",
    `chapitres: [${[...new Set(chapters.map(({ number }) => number))].filter((number) => number > 0).join(", ")}]`,
    "",
  ];
  const group = nodes.length > 0 ? nodes : ["local"];
  const inventory = [
    "# yaml-language-server: $schema=inventory.schema.json",
    "# Les nœuds que le rapport nomme. Leurs adresses sont à donner : celles-ci (192.0.2.0/24) ne mènent nulle part.",
    "nom: site",
    "guard: none",
    ...(nodes.length > 0 ? ["groups:", `  noeuds: [${group.join(", ")}]`] : []),
    "nodes:",
    ...(nodes.length > 0
      ? nodes.map((node, index) => `  ${node}: { address: 192.0.2.${(index % 250) + 1} }`)
      : ["  # Le rapport n’en nomme aucun.", "  poste: { address: 127.0.0.1 }"]),
    "",
  ];
  return [
    ...chapters.map(({ file, text }) => ({ name: file, text, kept: false })),
    { name: "rapport.yaml", text: settings.join("\n"), kept: true },
    { name: "rapport.schema.json", text: schemaText("rapport"), kept: true },
    { name: "inventory/site.yaml", text: inventory.join("\n"), kept: true },
    { name: "inventory/inventory.schema.json", text: schemaText("inventory"), kept: true },
  ];
}

function asJson({ chapters, left, secrets, commands, written, nodes }: ImportedReport): object {
  return {
    chapters: chapters.map(({ file, number, title, placeholders }) => ({
      file,
      number,
      title,
      placeholders: placeholders.map(({ caption, target, hint }) => ({
        caption,
        target: target ?? null,
        hint: hint ?? null,
      })),
    })),
    placeholders: { written, kept: chapters.reduce((sum, { placeholders }) => sum + placeholders.length, 0) },
    left: left.map(({ number, text, why }) => ({ line: number, text, why })),
    secrets,
    commands: commands.map(({ line, command, host }) => ({ line, command, host: host ?? null })),
    nodes,
  };
}

async function read(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "EISDIR")
      throw refused("IMPORT_SOURCE", `${shown(path)} est un dossier.`, "Donnez un fichier .txt ou .md.", cause);
    throw refused("IMPORT_SOURCE", `${shown(path)} ne se lit pas.`, "Vérifiez le chemin et les droits.", cause);
  });
  if (bytes.length <= LARGEST_BYTES) return bytes;
  throw refused("IMPORT_SOURCE", `${shown(path)} dépasse 64 Mio.`, "Coupez-le par chapitres, et importez chacun.");
}

async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    throw new ProblemError("IMPORT_WRITE", `${shown(path)} ne s’écrit pas : ${(cause as Error).message}.`, {
      scope: "environment",
      hint: "Vérifiez le dossier, ses droits et la place.",
      cause,
    });
  }
}

function refused(code: string, message: string, hint: string, cause?: unknown): ProblemError {
  return new ProblemError(code, message, { scope: "author", hint, cause });
}
