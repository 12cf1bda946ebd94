import { readdir, readFile, readlink } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Redactor } from "../../base/redact.ts";
import type { Finding } from "../../model/finding.ts";
import { readableParts } from "./readable-parts.ts";

/**
 * Looks for known secrets in every file of a folder and in what these files hold packed (streams and pages of a PDF, zip, gzip, texts of
 * pictures, included files), in their names too. One finding a file and secret, the secret by its name; none is what a seal asks for.
 * `only` narrows it to some files, by their path below the folder.
 */
export async function sweepForSecrets(
  folder: string,
  redactor: Pick<Redactor, "leftovers">,
  only?: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).split(sep).join("/");
    if (only !== undefined && !only.includes(path)) continue;
    const found = new Map<string, { count: number; where: Set<string> }>();
    const look = (bytes: Uint8Array, where: string) => {
      for (const [rule, count] of Object.entries(redactor.leftovers(bytes))) {
        const known = found.get(rule) ?? { count: 0, where: new Set<string>() };
        // The same place is read in several ways: the one that shows most counts.
        known.count = Math.max(known.count, count);
        known.where.add(where);
        found.set(rule, known);
      }
    };
    look(Buffer.from(path, "utf8"), "son nom");
    if (entry.isSymbolicLink()) look(Buffer.from(await readlink(file), "utf8"), "sa cible");
    if (entry.isFile()) for (const { where, bytes } of await readableParts(await readFile(file))) look(bytes, where);
    for (const [rule, { count, where }] of found) findings.push(leftover(path, rule, count, [...where]));
  }
  return findings.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
}

function leftover(path: string, rule: string, count: number, where: readonly string[]): Finding {
  const places = where.filter((each) => each !== "").slice(0, 3);
  const at = places.length === 0 ? "" : ` (${places.join(" ; ")})`;
  return {
    rule: "secret-left",
    severity: "error",
    subject: path,
    text: `Le secret « ${rule} » y est lisible, ${count} fois${at}.`,
    remedy: "Changez ce secret, puis détruisez ce dossier ; masquez ce qui l’a montré avant de relancer.",
  };
}
