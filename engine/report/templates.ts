import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { ProblemError } from "../base/problem.ts";
import type { Templates } from "./render-html.ts";

/** The texts of a templates folder and where its fonts are. Throws ProblemError TEMPLATES_NOT_FOUND. */
export async function readTemplates(folder: string): Promise<Templates> {
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
