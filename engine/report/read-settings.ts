import { VFile } from "vfile";
import { sha256 } from "../base/digest.ts";
import { isProblem, ProblemError } from "../base/problem.ts";
import type { RunRecord } from "../evidence/index.ts";
import type { RunStarted } from "../model/event.ts";
import type { Identity } from "../model/report-identity.ts";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Waiver } from "../model/waiver.ts";
import { parseReportSettings, parseWaiverFile } from "../settings/index.ts";
import { readArtefact } from "./read-artefact.ts";
import { type Rewriting, requireSameScope } from "./rewriting.ts";
import { typeset } from "./typography.ts";
import { wordsOf } from "./words.ts";

const LOGO_TYPES: Readonly<Record<string, string>> = { png: "image/png", jpg: "image/jpeg", svg: "image/svg+xml" };

/** `rapport.yaml` as it was when the run began, and the waivers with it. Throws ProblemError REPORT_SETTINGS when it cannot be read. */
export async function readSettings(
  record: RunRecord,
  started: RunStarted,
  rewriting: Rewriting = new Map(),
): Promise<{
  readonly settings: ReportSettings;
  readonly waivers: readonly Waiver[];
  /** `rapport.yaml` when it is not the one of the run. */
  readonly rewritten: readonly string[];
}> {
  const { waivers, ...ran } = await keptSettings(record, started);
  const text = rewriting.get(started.settings.file);
  if (text === undefined || sha256(text) === started.settings.sha256) return { ...ran, waivers, rewritten: [] };
  const file = new VFile({ path: started.settings.file, value: text });
  const now = parseReportSettings(file);
  if (now === undefined) throw unreadable(file);
  requireSameScope(ran.settings, now.settings);
  return { settings: now.settings, waivers, rewritten: [started.settings.file] };
}

async function keptSettings(
  record: RunRecord,
  started: RunStarted,
): Promise<{ readonly settings: ReportSettings; readonly waivers: readonly Waiver[] }> {
  const file = await kept(record, started.settings);
  const read = parseReportSettings(file);
  if (read === undefined) throw unreadable(file);
  if (started.waivers === undefined) return { settings: read.settings, waivers: read.waivers };
  const list = await kept(record, started.waivers);
  const waivers = parseWaiverFile(list);
  if (waivers === undefined) throw unreadable(list);
  return { settings: read.settings, waivers };
}

async function kept(record: RunRecord, source: { readonly file: string; readonly sha256: string }): Promise<VFile> {
  const path = `runbook/${source.file}`;
  return new VFile({ path, value: (await readArtefact(record, { path, sha256: source.sha256 })).toString("utf8") });
}

function unreadable(file: VFile): ProblemError {
  const why = file.messages.map(({ line, column, reason }) => `ligne ${line}, colonne ${column} : ${reason}`);
  return new ProblemError("REPORT_SETTINGS", `${file.path} n’est pas lisible : ${why.join(" ; ")}`, {
    scope: "author",
    hint: "Corrigez ce fichier et lancez l’exécution à nouveau.",
  });
}

/** What the report says of itself, set in the typography of its language. */
export async function toIdentity(settings: ReportSettings, record: RunRecord): Promise<Identity> {
  const set = (text: string | undefined) => (text === undefined ? null : typeset(text, settings.langue, "title"));
  const name = (text: string) => typeset(text, settings.langue, "title");
  return {
    title: typeset(settings.titre, settings.langue, "title"),
    subtitle: set(settings["sous-titre"]),
    reference: settings.reference ?? null,
    version: settings.version,
    confidentiality: set(settings.confidentialite),
    client: set(settings.client),
    authors: settings.auteurs.map(name),
    people: peopleOf(settings).map(({ role, nom, fonction, date }) => ({
      role: name(role),
      name: name(nom),
      duty: name(fonction),
      date,
    })),
    distribution: settings.diffusion.map(name),
    versions: settings.versions.map(({ version, date, auteur, objet, remplace }) => ({
      version,
      date,
      author: name(auteur),
      subject: name(objet),
      replaces: remplace ?? null,
    })),
    colour: /^#[0-9a-f]{6}$/i.test(settings.couleur ?? "") ? (settings.couleur ?? null) : null,
    logo: await toLogo(settings.logo, record),
  };
}

/** Without a cartouche the authors wrote it; who checks and who approves is left to be signed. */
function peopleOf({ cartouche, auteurs, langue }: ReportSettings): NonNullable<ReportSettings["cartouche"]> {
  if (cartouche !== undefined) return cartouche;
  const words = wordsOf(langue);
  const nobody = { nom: "", fonction: "", date: "" };
  return [
    { ...nobody, role: words.authors, nom: auteurs.join(", ") },
    { ...nobody, role: words.checking },
    { ...nobody, role: words.approval },
  ];
}

/** A logo that the run did not keep is left out: it proves nothing. */
async function toLogo(name: string | undefined, record: RunRecord): Promise<Identity["logo"]> {
  const mediaType = LOGO_TYPES[name?.split(".").at(-1)?.toLowerCase() ?? ""];
  if (name === undefined || mediaType === undefined) return null;
  const path = `runbook/${name}`;
  try {
    await record.read(path);
    return { path, mediaType };
  } catch (error) {
    if (isProblem(error) && error.code === "EVIDENCE_FILE_MISSING") return null;
    throw error;
  }
}
