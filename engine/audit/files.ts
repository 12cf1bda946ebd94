import { readdir } from "node:fs/promises";
import { type RunRecord, readManifest } from "../evidence/index.ts";
import { isMadeBySealing, TAG_FILES } from "../evidence/seal/index.ts";
import type { Artefact, Event, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Lying } from "./payload.ts";

/** Files that belong to a run without being evidence themselves: they are made from it, or describe it. */
const DERIVED = new Set(["journal.jsonl", "run.json", "rapport.pdf", "rapport.html", "derive.json"]);

const DATA = "data/";
const MANIFEST = "manifest-sha256.txt";

interface Expected {
  readonly sha256: string;
  readonly source: string;
}

/** Compares every file with the digest that the journal and the manifest keep of it; names what is changed, missing or too many. */
export async function auditFiles(
  record: RunRecord,
  payload: ReadonlyMap<string, Lying>,
  finished: boolean,
): Promise<readonly Finding[]> {
  const byJournal = expectedByJournal(record.events);
  const wasCut = !finished || record.events.some(({ type }) => type === "run-resumed");
  const manifest = await readManifest(record.folder);
  const findings: Finding[] = [...(await auditBeside(record.folder))];
  const here = new Map<string, string | undefined>();
  for (const [name, { sha256: digest }] of payload) {
    const path = name.slice(DATA.length);
    here.set(path, digest);
    if (digest === undefined) {
      findings.push(wrong("file-kind", path, "Ce n’est pas un fichier ordinaire (lien ou autre)."));
      continue;
    }
    const expected = byJournal.get(path);
    if (expected === undefined && !DERIVED.has(path) && !isMadeBySealing(name)) {
      findings.push(wasCut && isRemnant(path, digest, record.events) ? remnant(path) : unknown(path));
    } else if (expected !== undefined && expected.sha256 !== digest) findings.push(changed(path, expected, digest));
  }
  for (const [path, expected] of byJournal) {
    if (!here.has(path)) findings.push(wrong("file-missing", path, `Le fichier manque (${expected.source}).`));
  }
  return [...findings, ...auditManifest(manifest, here, byJournal, finished)];
}

function auditManifest(
  manifest: Awaited<ReturnType<typeof readManifest>>,
  here: ReadonlyMap<string, string | undefined>,
  byJournal: ReadonlyMap<string, Expected>,
  finished: boolean,
): readonly Finding[] {
  if (manifest === undefined) {
    if (!finished) return [];
    return [
      wrong("manifest-missing", MANIFEST, "Le manifeste manque : le résumé et le rapport ne sont plus couverts."),
    ];
  }
  const findings: Finding[] = [];
  for (const [path, digest] of here) {
    const listed = manifest.digests.get(`${DATA}${path}`);
    const expected = byJournal.get(path);
    if (listed === undefined) {
      findings.push(wrong("manifest-missing-entry", path, `Le fichier n’est pas dans ${MANIFEST}.`));
    } else if (digest !== undefined && listed !== digest && (expected === undefined || expected.sha256 === digest)) {
      findings.push(changed(path, { sha256: listed, source: MANIFEST }, digest));
    }
  }
  for (const name of manifest.digests.keys()) {
    const path = name.slice(DATA.length);
    if (!name.startsWith(DATA)) findings.push(wrong("manifest-line", MANIFEST, `Chemin hors de data/ : ${name}`));
    else if (!here.has(path) && !byJournal.has(path))
      findings.push(wrong("file-missing", path, `Le fichier manque (${MANIFEST}).`));
  }
  for (const line of manifest.malformed) {
    findings.push(wrong("manifest-line", MANIFEST, `Ligne illisible ou en double : ${line.slice(0, 160)}`));
  }
  return findings;
}

/** What stands beside `data/`: the manifest, the parts of a seal and nothing else, each a real file or folder. */
async function auditBeside(folder: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const real = entry.name === "data" ? entry.isDirectory() : entry.isFile();
    if (entry.name !== "data" && !TAG_FILES.has(entry.name))
      findings.push(
        wrong("file-beside", entry.name, "Ce fichier ne fait pas partie de l’exécution : il a été ajouté à côté."),
      );
    else if (!real)
      findings.push(wrong("file-kind", entry.name, "Ce n’est pas un fichier ou dossier ordinaire (lien ou autre)."));
  }
  return findings;
}

/** What a run that was cut short may leave: output of an attempt without an end, a file kept or half written just before. */
function isRemnant(path: string, digest: string, events: readonly Event[]): boolean {
  if (path.endsWith(".part")) return true;
  if (/^(?:blobs|figures)\//.test(path)) return path.includes(digest);
  const attempt = Number(/^terminal\/bloc-(\d+)\.(?:out|err|timing)$/.exec(path)?.[1]);
  const known = (type: Event["type"]): boolean =>
    events.some((event) => event.type === type && "attempt" in event && event.attempt === attempt);
  return known("attempt-started") && !known("attempt-finished");
}

function expectedByJournal(events: readonly Event[]): ReadonlyMap<string, Expected> {
  const expected = new Map<string, Expected>();
  const add = (artefact: Artefact, source: string): void => {
    expected.set(artefact.path, { sha256: artefact.sha256, source });
  };
  for (const event of events) {
    if (event.type === "run-started") {
      for (const { file, sha256 } of [
        ...event.runbooks,
        event.settings,
        ...waiversOf(event),
        ...inventorySources(event),
      ]) {
        expected.set(`runbook/${file}`, { sha256, source: "source de l’exécution" });
      }
    }
    if (event.type === "attempt-finished") {
      for (const artefact of event.artefacts) add(artefact, `étape #${event.step}, essai ${event.attempt}`);
    }
    if (event.type === "figure-reused") {
      for (const artefact of event.artefacts) add(artefact, `figure reprise ${event.placeholder}`);
    }
    if (event.type === "figure-given") {
      for (const artefact of event.artefacts) add(artefact, `image donnée pour ${event.placeholder}`);
    }
  }
  return expected;
}

function waiversOf({ waivers }: RunStarted) {
  return waivers === undefined ? [] : [waivers];
}

function inventorySources({ inventory }: RunStarted) {
  return [...(inventory.bases ?? []), inventory.source];
}

function remnant(path: string): Finding {
  const text = "L’exécution a été coupée pendant que ce fichier était écrit ; aucun événement n’en garde l’empreinte.";
  return { ...wrong("file-unfinished", path, text), severity: "warning" };
}

function unknown(path: string): Finding {
  return wrong("file-unknown", path, "Aucun événement du journal ne connaît ce fichier : il a été ajouté.");
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
