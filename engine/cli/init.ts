import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { ProblemError } from "../base/problem.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { schemaText } from "./schemas/index.ts";
import { shown } from "./sources.ts";
import type { Terminal } from "./terminal.ts";
import { HOME } from "./version.ts";

/** A file of a new project; paths are relative to its folder, forward slashes. */
interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** npm renames a `.gitignore` that it packs, so the model has no dot. */
const IGNORE = ".gitignore";

/** `constat init`: a project that lints and runs as it is. Nothing that exists is written over: it is named, and nothing is done. */
export async function init(folder: string, terminal: Terminal): Promise<ExitCode> {
  const files = await newFiles();
  const taken = files.map(({ path }) => path).filter((path) => existsSync(join(folder, path)));
  const inTheWay = taken.filter((path) => path !== IGNORE);
  if (inTheWay.length > 0) {
    throw new ProblemError("INIT_EXISTS", `Déjà là, et laissé tel quel : ${inTheWay.join(", ")}.`, {
      scope: "author",
      hint: "Rien n’a été écrit. Nommez un autre dossier (constat init mon-projet), ou déplacez d’abord ces fichiers.",
    });
  }
  for (const { path, text } of files) {
    if (taken.includes(path)) continue;
    await write(join(folder, path), text);
    terminal.out(`  ${shown(join(folder, path))}\n`);
  }
  const ignored = taken.includes(IGNORE) ? await readFile(join(folder, IGNORE), "utf8") : "/output";
  if (!/^\/?output\/?\s*$/m.test(ignored))
    terminal.out(`${shown(join(folder, IGNORE))} existe déjà : ajoutez-y la ligne « /output ».\n`);
  terminal.out(nextSteps(folder));
  return EXIT.ok;
}

async function newFiles(): Promise<readonly NewFile[]> {
  const models = join(HOME, "templates", "init");
  const entries = await readdir(models, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const copied = await Promise.all(
    paths.map(async (path) => ({
      path: relative(models, path)
        .split(sep)
        .join("/")
        .replace(/^gitignore$/, IGNORE),
      text: await readFile(path, "utf8"),
    })),
  );
  return [
    ...copied,
    { path: "runbooks/rapport.schema.json", text: schemaText("rapport") },
    { path: "runbooks/inventory/inventory.schema.json", text: schemaText("inventory") },
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** A file that came there in the meantime stays too. */
async function write(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: "wx" });
  } catch (cause) {
    throw new ProblemError("INIT_WRITE", `${shown(path)} ne s’écrit pas : ${(cause as Error).message}.`, {
      scope: "environment",
      hint: "Vérifiez le dossier, ses droits et la place.",
      cause,
    });
  }
}

function nextSteps(folder: string): string {
  const there = shown(folder);
  return [
    "",
    "Ensuite :",
    ...(there === "." ? [] : [`  cd ${/[^\w./-]/.test(there) ? JSON.stringify(there) : there}`]),
    "  constat lint      ce que le runbook a de fautif : rien, pour l’instant",
    "  constat plan      tout ce qui serait exécuté, sans rien toucher",
    "  constat run       l’exécuter sur cette machine, et en faire le rapport",
    "",
    "Puis écrivez votre procédure dans runbooks/, décrivez vos machines d’après runbooks/inventory/site.example.yaml ;",
    "un rapport déjà écrit se reprend par « constat import rapport.txt --out runbooks ».",
    "",
  ].join("\n");
}
