import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "../base/digest.ts";
import { filesBelow, type RunRecord, readManifest } from "../evidence/index.ts";
import type { Artefact, Event } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";

/** Files that belong to a run without being evidence themselves: they are made from it, or describe it. */
const DERIVED = new Set(["journal.jsonl", "run.json", "rapport.pdf", "rapport.html"]);

interface Expected {
  readonly sha256: string;
  readonly source: string;
}

/** Compares every file with the digest that the journal and the manifest keep of it; names what is changed, missing or too many. */
export async function auditFiles(record: RunRecord): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const byJournal = expectedByJournal(record.events);
  const manifest = await readManifest(record.folder);
  const present = (await filesBelow(record.folder, "data")).map((path) => path.slice("data/".length));
  for (const path of present) {
    const stat = await lstat(join(record.folder, "data", path));
    if (!stat.isFile()) {
      findings.push(wrong("file-kind", path, "Ce n’est pas un fichier ordinaire (lien ou autre)."));
      continue;
    }
    const digest = sha256(await readFile(join(record.folder, "data", path)));
    const expected = byJournal.get(path);
    if (expected !== undefined && expected.sha256 !== digest) findings.push(changed(path, expected, digest));
    else if (expected === undefined && !DERIVED.has(path)) {
      findings.push(wrong("file-unknown", path, "Aucun événement du journal ne connaît ce fichier : il a été ajouté."));
    }
    const listed = manifest?.digests.get(`data/${path}`);
    if (manifest !== undefined && listed === undefined) {
      findings.push(wrong("manifest-missing-entry", path, "Le fichier n’est pas dans manifest-sha256.txt."));
    } else if (listed !== undefined && listed !== digest && (expected === undefined || expected.sha256 === digest)) {
      findings.push(changed(path, { sha256: listed, source: "manifest-sha256.txt" }, digest));
    }
  }
  const here = new Set(present);
  for (const [path, expected] of byJournal) {
    if (!here.has(path)) findings.push(wrong("file-missing", path, `Le fichier manque (${expected.source}).`));
  }
  for (const path of manifest?.digests.keys() ?? []) {
    const name = path.slice("data/".length);
    if (!here.has(name) && !byJournal.has(name))
      findings.push(wrong("file-missing", name, "Le fichier manque (manifest-sha256.txt)."));
  }
  for (const line of manifest?.malformed ?? []) {
    findings.push(wrong("manifest-line", "manifest-sha256.txt", `Ligne illisible : ${line.slice(0, 60)}`));
  }
  return findings;
}

function expectedByJournal(events: readonly Event[]): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>();
  const add = (artefact: Artefact, source: string): void => {
    expected.set(artefact.path, { sha256: artefact.sha256, source });
  };
  for (const event of events) {
    if (event.type === "run-started") {
      for (const { file, sha256 } of [...event.runbooks, event.settings, event.inventory.source]) {
        expected.set(`runbook/${file}`, { sha256, source: "source de l’exécution" });
      }
    }
    if (event.type === "attempt-finished") {
      for (const artefact of event.artefacts) add(artefact, `étape #${event.step}, essai ${event.attempt}`);
    }
    if (event.type === "figure-reused") {
      for (const artefact of event.artefacts) add(artefact, `figure reprise ${event.placeholder}`);
    }
  }
  return expected;
}

function changed(path: string, expected: Expected, digest: string): Finding {
  const text = `Le contenu a changé depuis l’exécution (${expected.source}) : SHA-256 ${digest.slice(0, 12)}… au lieu de ${expected.sha256.slice(0, 12)}…`;
  return wrong("file-changed", path, text);
}

function wrong(rule: string, path: string, text: string): Finding {
  const remedy =
    "Comparez avec une copie du dossier faite à la fin de l’exécution ; cette pièce ne peut plus être retenue.";
  return { rule, severity: "error", subject: path, text, remedy };
}
