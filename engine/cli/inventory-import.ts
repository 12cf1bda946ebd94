import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { VFile } from "vfile";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { type AnsibleFormat, importAnsible, inventoryText, parseInventory } from "../inventory/index.ts";
import { ansibleVariables } from "./ansible-variables.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { printMessages } from "./messages.ts";
import type { Terminal } from "./terminal.ts";

export interface ImportOptions {
  readonly format?: AnsibleFormat | undefined;
  readonly out?: string | undefined;
}

const SCHEMA = "inventory.schema.json";

/** `constat inventory import`: an Ansible inventory as one of ours, on standard output or in a new file. What is not taken over is said. */
export async function inventoryImport(path: string, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const file = new VFile({ path, value: await readSource(path) });
  const beside = await ansibleVariables(path);
  const layer = importAnsible(file, options.format ?? formatOf(path, String(file)), beside);
  const files = [file, ...beside.map((each) => each.file)];
  const errors = printMessages(files, terminal);
  if (layer === undefined || errors > 0) return EXIT.author;
  const text = inventoryText(layer, [
    ...(options.out !== undefined && existsSync(join(dirname(options.out), SCHEMA))
      ? [`yaml-language-server: $schema=${SCHEMA}`]
      : []),
    `Repris de ${basename(path)} (Ansible). À compléter : clés d’hôte (host-key), accès pve, et ce que l’import a dit ne pas reprendre.`,
  ]);
  const written = new VFile({ path: options.out ?? "inventaire.yaml", value: text });
  parseInventory([written]);
  // Whatever Ansible's said: what is written must be readable here.
  if (printMessages([written], terminal) > 0) return EXIT.author;
  if (options.out === undefined) terminal.out(text);
  else await keep(options.out, text);
  const nodes = counted(Object.keys(layer.nodes ?? {}).length, "nœud");
  const left = counted(files.flatMap(({ messages }) => messages).length, "remarque");
  terminal.err(`${options.out ?? "Inventaire"} : ${nodes}, ${left}. « constat doctor » dit ce qui reste à corriger.\n`);
  return EXIT.ok;
}

async function readSource(path: string): Promise<string> {
  const found = await stat(path).catch((cause: unknown) => {
    throw refused(`${path} : ce fichier n’existe pas.`, "Vérifiez le chemin.", cause);
  });
  if (found.isDirectory())
    throw refused(
      `${path} est un dossier.`,
      `Donnez un fichier, ou ce qu’écrit « ansible-inventory -i ${path} --list --yaml ».`,
    );
  const text = await readFile(path, "utf8");
  if (!text.startsWith("#!") && !text.includes("\0")) return text;
  throw refused(`${path} est un programme.`, `Donnez ce qu’écrit « ansible-inventory -i ${path} --list --yaml ».`);
}

/** By the file's name, else by its first line that says something: YAML begins with `---`, a key or a brace. */
function formatOf(path: string, text: string): AnsibleFormat {
  const extension = extname(path).toLowerCase();
  if (extension === ".yaml" || extension === ".yml" || extension === ".json") return "yaml";
  if (extension === ".ini" || extension === ".cfg") return "ini";
  const first = text.split(/\r?\n/).find((line) => /\S/.test(line) && !/^\s*[#;]/.test(line)) ?? "";
  return /^---|^\{|^[\w.-]+:\s*(?:#.*)?$/.test(first) ? "yaml" : "ini";
}

/** A file that is there stays as it is: somebody may have completed it. */
async function keep(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx" }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "EEXIST")
      throw refused(`${path} existe déjà.`, "Donnez un autre nom, ou retirez-le d’abord.", cause);
    throw refused(`${path} ne s’écrit pas.`, "Vérifiez le dossier et ses droits.", cause);
  });
}

function refused(message: string, hint: string, cause?: unknown): ProblemError {
  return new ProblemError("INVENTORY_IMPORT", message, { scope: "author", hint, cause });
}
