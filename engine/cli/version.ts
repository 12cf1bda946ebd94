import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The product's folder: where `package.json`, `templates/` and `lab/` stand, in a clone and in an installed package. */
export const HOME = findHome(dirname(fileURLToPath(import.meta.url)));

/** The engine's version, as package.json says. */
export const VERSION: string = (JSON.parse(readFileSync(join(HOME, "package.json"), "utf8")) as { version: string })
  .version;

function findHome(folder: string): string {
  try {
    readFileSync(join(folder, "package.json"));
    return folder;
  } catch {
    const above = dirname(folder);
    if (above === folder) throw new Error("package.json not found above the program");
    return findHome(above);
  }
}
