import type { VFile } from "vfile";
import type { z } from "zod";
import {
  type ReportSettings,
  reportSettingsSchema,
  type WrittenWaiver,
  waiversSchema,
} from "../model/report-settings.ts";
import type { Waiver } from "../model/waiver.ts";
import { explainIssue } from "./explain-issue.ts";
import { readYamlFile, type YamlFile, type YamlPath } from "./yaml-file.ts";

export interface ReadSettings {
  readonly settings: ReportSettings;
  /** The waivers that stand in the file itself. */
  readonly waivers: readonly Waiver[];
  /** The file that holds them instead, as the settings name it. */
  readonly waiverFile: string | undefined;
}

/** Reads `rapport.yaml`. Every mistake is a fatal message on the file, with line, column and remedy; with one, there are no settings. */
export function parseReportSettings(file: VFile): ReadSettings | undefined {
  const source = readYamlFile(file);
  const settings = checked(source, reportSettingsSchema, []);
  if (settings === undefined) return undefined;
  const { derogations } = settings;
  if (typeof derogations === "string") return { settings, waivers: [], waiverFile: derogations };
  const waivers = toWaivers(source, derogations ?? [], ["derogations"]);
  return waivers && { settings, waivers, waiverFile: undefined };
}

/** Reads a file of waivers: a list, or a map whose one key `derogations` holds it. Mistakes are messages, as in `parseReportSettings`. */
export function parseWaiverFile(file: VFile): readonly Waiver[] | undefined {
  const source = readYamlFile(file);
  const { data } = source;
  const wrapped = typeof data === "object" && data !== null && "derogations" in data;
  const path = wrapped ? ["derogations"] : [];
  // An empty file is an empty list; YAML gives an empty map for it.
  const list = wrapped ? data.derogations : isEmpty(data) ? [] : data;
  const written = data === undefined ? undefined : checked({ ...source, data: list }, waiversSchema, path);
  return written && toWaivers(source, written, path);
}

function isEmpty(data: unknown): boolean {
  return typeof data === "object" && data !== null && !Array.isArray(data) && Object.keys(data).length === 0;
}

function checked<T extends z.ZodType>(source: YamlFile, schema: T, base: YamlPath): z.output<T> | undefined {
  if (source.data === undefined) return undefined;
  const result = schema.safeParse(source.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues)
    for (const { path, at, ...mistake } of explainIssue(issue, source.data))
      source.complain([...base, ...path], mistake, at);
  return undefined;
}

const SUBJECTS = [
  ["bloc", "step"],
  ["figure", "figure"],
  ["exigence", "requirement"],
  ["constatation", "finding"],
] as const;

function toWaivers(source: YamlFile, written: readonly WrittenWaiver[], base: YamlPath): readonly Waiver[] | undefined {
  const known = new Map<string, number>();
  let sound = true;
  const wrong = (path: YamlPath, rule: string, reason: string, remedy: string) => {
    sound = false;
    source.complain([...base, ...path], { rule, reason, remedy });
  };
  const waivers = written.flatMap((entry, index): readonly Waiver[] => {
    const named = SUBJECTS.flatMap(([key, type]) => (entry[key] === undefined ? [] : [{ type, name: entry[key] }]));
    if (known.has(entry.id))
      wrong(
        [index, "id"],
        "waiver-twice",
        `La dérogation « ${entry.id} » est écrite deux fois.`,
        "Donnez à chacune son identifiant.",
      );
    known.set(entry.id, index);
    const [covers] = named;
    if (covers === undefined || named.length > 1) {
      const reason = `La dérogation « ${entry.id} » ${covers === undefined ? "ne dit pas ce qu’elle couvre" : "couvre plusieurs choses"}.`;
      wrong([index], "waiver-subject", reason, "Écrivez une seule des clés bloc, figure, exigence ou constatation.");
      return [];
    }
    const name = covers.type === "step" ? covers.name.replace(/^#/, "") : covers.name;
    return [
      {
        id: entry.id,
        covers: { type: covers.type, name },
        reason: entry.motif,
        by: entry.auteur,
        until: entry.echeance,
      },
    ];
  });
  return sound ? waivers : undefined;
}
