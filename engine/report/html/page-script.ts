import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The parts of the page's script, each before those that use it. */
const PARTS = ["page", "search", "filters", "reading", "lens", "terminals", "verify", "start"];

/**
 * The page's script as one module: the parts of `scripts/` in a row, without the lines that join them. Always the product's own: a
 * project's templates may change what a page looks like, never what it runs.
 */
export async function pageScript(ownTemplates: string): Promise<string> {
  const parts = await Promise.all(PARTS.map((name) => readFile(join(ownTemplates, "scripts", `${name}.js`), "utf8")));
  return parts.map((text) => text.replace(/^import [^;]*;\n/gm, "").replace(/^export /gm, "")).join("\n");
}
