import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { VFile } from "vfile";
import type { ReportSettings } from "../model/report-settings.ts";
import type { Waiver } from "../model/waiver.ts";
import { parseReportSettings, parseWaiverFile } from "../settings/index.ts";
import { isInventoryName } from "./inventory-sources.ts";
import { shown } from "./sources.ts";

/** The settings of a report as they stand beside the runbooks. */
export interface LoadedSettings {
  readonly text: string;
  readonly settings: ReportSettings;
  readonly waivers: readonly Waiver[];
  /** The file of waivers that the settings name. */
  readonly waiverFile: { readonly name: string; readonly text: string } | undefined;
}

/** What `loadReportSettings` read, with the files that carry its messages; `loaded` is undefined when one of them has a mistake. */
export interface CheckedSettings {
  readonly files: readonly VFile[];
  readonly loaded: LoadedSettings | undefined;
}

const DEFAULT = "titre: Rapport d’exécution\n";

/** Reads `rapport.yaml` beside the runbooks, and the waivers that it names; without one, the report has a title of its own. */
export async function loadReportSettings(folder: string): Promise<CheckedSettings> {
  const path = join(folder, "rapport.yaml");
  const text = await textOf(path);
  const file = new VFile({ path: shown(path), value: typeof text === "string" ? text : DEFAULT });
  if (typeof text === "object")
    return { files: [withMessage(file, "unreadable-file", text.reason)], loaded: undefined };
  const read = parseReportSettings(file);
  if (read === undefined) return { files: [file], loaded: undefined };
  const { settings, waivers, waiverFile: name } = read;
  if (name === undefined)
    return { files: [file], loaded: { text: String(file), settings, waivers, waiverFile: undefined } };
  const listed = await textOf(join(folder, name));
  if (typeof listed !== "string" || !mayBeKept(name)) {
    const missing = mayBeKept(name)
      ? `Le fichier de dérogations « ${name} » n’est pas à côté de rapport.yaml.`
      : `« ${name} » ne peut pas être le nom d’un fichier de dérogations.`;
    const reason = typeof listed === "object" ? listed.reason : missing;
    return { files: [withMessage(file, "waiver-file", reason)], loaded: undefined };
  }
  const list = new VFile({ path: shown(join(folder, name)), value: listed });
  const named = parseWaiverFile(list);
  const loaded = named && { text: String(file), settings, waivers: named, waiverFile: { name, text: listed } };
  return { files: [file, list], loaded };
}

/** A YAML file beside the settings, under a name that nothing else of a run has. */
function mayBeKept(name: string): boolean {
  return name === basename(name) && /\.ya?ml$/.test(name) && name !== "rapport.yaml" && !isInventoryName(name);
}

async function textOf(path: string): Promise<string | { readonly reason: string } | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { reason: `${shown(path)} ne se lit pas : ${(cause as Error).message}` };
  }
}

function withMessage(file: VFile, rule: string, reason: string): VFile {
  const line =
    String(file)
      .split("\n")
      .findIndex((text) => text.startsWith("derogations")) + 1;
  const message = file.message(reason, {
    place: { line: Math.max(1, line), column: 1 },
    ruleId: rule,
    source: "constat",
  });
  message.fatal = true;
  message.note =
    "Vérifiez le nom et les droits de ce fichier ; il se tient à côté de rapport.yaml, par exemple derogations.yaml.";
  return file;
}
