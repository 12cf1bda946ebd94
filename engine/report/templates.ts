import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { ProblemError } from "../base/problem.ts";
import type { Templates } from "./render-html.ts";

/**
 * The texts of a templates folder; those of a project's own folder take the place of the files of the same name. Throws ProblemError
 * TEMPLATES_NOT_FOUND, TEMPLATE_UNKNOWN for a file of the project that nothing would read.
 */
export async function readTemplates(folder: string, project?: string): Promise<Templates> {
  const own = await readFolder(folder);
  if (project === undefined) return own;
  const changed = await readFolder(project);
  const called = Object.keys(changed.pages).map((name) => [name, `${name}.hbs`] as const);
  const styled = Object.keys(changed.styles).map((name) => [name, `assets/${name}.css`] as const);
  for (const [name, file] of [...called, ...styled]) {
    const known = file.endsWith(".css") ? own.styles : own.pages;
    // A page of its own is called by another of the project's pages.
    const used = Object.values(changed.pages).some((text) => text.includes(`> ${name}`));
    if (!Object.hasOwn(known, name) && !used) throw unknown(join(project, file));
  }
  return {
    pages: { ...own.pages, ...changed.pages },
    styles: { ...own.styles, ...changed.styles },
    places: { ...own.places, ...changed.places },
  };
}

function unknown(file: string): ProblemError {
  return new ProblemError("TEMPLATE_UNKNOWN", `${file} ne remplace aucun gabarit : rien ne le lirait.`, {
    scope: "author",
    hint: "Donnez-lui le nom d’un fichier du dossier templates/ de Constat (sous-dossiers compris), ou appelez-le d’un autre gabarit.",
  });
}

async function readFolder(folder: string): Promise<Templates> {
  const files = await listFiles(folder);
  const read = async (ending: string): Promise<Readonly<Record<string, string>>> =>
    Object.fromEntries(
      await Promise.all(
        files
          .filter((file) => extname(file) === ending)
          .map(async (file) => [nameOf(folder, file), await readFile(file, "utf8")]),
      ),
    );
  const [pages, styles] = await Promise.all([read(".hbs"), read(".css")]);
  return {
    pages,
    places: Object.fromEntries(Object.keys(pages).map((name) => [name, join(folder, `${name}.hbs`)])),
    styles: Object.fromEntries(Object.entries(styles).map(([name, text]) => [name.replace(/^assets\//, ""), text])),
  };
}

/** The fonts that the page's style sheet names, by file name. */
export async function readFonts(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const fonts = (await listFiles(join(folder, "assets", "fonts"))).filter((file) => extname(file) === ".ttf");
  return new Map(
    await Promise.all(fonts.map(async (file) => [file.split(sep).at(-1) ?? file, await readFile(file)] as const)),
  );
}

async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch (cause) {
    throw new ProblemError("TEMPLATES_NOT_FOUND", `Les gabarits du rapport manquent : ${folder}`, {
      scope: "environment",
      hint: "Réinstallez Constat, ou donnez un dossier qui contient report.hbs.",
      cause,
    });
  }
}

function nameOf(folder: string, file: string): string {
  return relative(folder, file).slice(0, -extname(file).length).split(sep).join("/");
}
