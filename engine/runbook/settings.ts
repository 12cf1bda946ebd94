import type { z } from "zod";
import type { Json } from "../base/json.ts";
import { type BlockSettings, blockSettingsSchema } from "../model/block-settings.ts";
import type { Place } from "../model/place.ts";
import type { Origin, RawSetting, RawSettings } from "../model/setting.ts";
import type { Report } from "./author-message.ts";
import { describeIssue } from "./setting-issues.ts";
import { suggest } from "./suggest.ts";
import type { YamlMap } from "./yaml-map.ts";

/** Keys that concern one block only: as a default of many they would contradict themselves. */
const OWN_KEYS = ["capture", "save", "each", "answers", "background", "during", "stops", "path"] as const;
const KEYS = Object.keys(blockSettingsSchema.shape);
/** What people used to other tools write, and how it is said here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["id", "L’identifiant s’écrit dans les accolades : {#identifiant}."],
  ["class", "Le rôle s’écrit dans les accolades : {.check} ou {.action}."],
  ["role", "Le rôle s’écrit dans les accolades : {.check} ou {.action}."],
  ["host", "Le nœud s’écrit on=."],
  ["node", "Le nœud s’écrit on=."],
  ["depends", "L’ordre s’écrit needs=#identifiant."],
  ["if", "La condition s’écrit unless=#vérification."],
]);

/** The settings a YAML mapping gives, each with the place of its key. */
export function rawSettings(map: YamlMap, origin: Origin, under: readonly string[] = []): RawSettings {
  let values: Json = map.values;
  for (const step of under) values = (values as Readonly<Record<string, Json>>)[step] ?? {};
  const entries = Object.entries(values as Readonly<Record<string, Json>>);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, { value, origin, place: map.placeOf([...under, key]) }]),
  );
}

/** Where a path inside a layer's settings stands; the key's place when nothing finer is known. */
export type Locate = (path: readonly (string | number)[]) => Place | undefined;

/** The settings of one layer that can be used: unknown keys and values of a wrong type are reported and left out. */
export function checkedSettings(layer: RawSettings, report: Report, locate?: Locate): RawSettings {
  const usable = new Map<string, RawSetting>();
  for (const [key, setting] of Object.entries(layer)) {
    if (!KEYS.includes(key)) reportUnknown(key, setting, report);
    else if (isOneOf(OWN_KEYS, key) && !["block", "command-line"].includes(setting.origin)) {
      report({
        rule: "misplaced-key",
        place: setting.place,
        reason: `La clé « ${key} » ne peut pas valoir pour plusieurs blocs.`,
        remedy: `Écrivez « ${key} » sur le bloc concerné.`,
      });
    } else usable.set(key, setting);
  }
  for (const issue of issuesOf(Object.fromEntries(usable))) {
    const { path, reason, remedy } = describeIssue(issue);
    const key = String(path[0] ?? "");
    const setting = usable.get(key);
    if (setting === undefined) continue;
    const inside = path.length > 1 ? ` (${path.slice(1).map(spoken).join(" › ")})` : "";
    report({
      rule: "bad-value",
      place: locate?.(path) ?? setting.place,
      reason: `Réglage « ${key} »${inside} : ${reason}.`,
      remedy,
    });
  }
  for (const issue of issuesOf(Object.fromEntries(usable))) usable.delete(String(issue.path[0]));
  return Object.fromEntries(usable);
}

/** Lays layers over one another, weakest first. */
export function mergedSettings(layers: readonly RawSettings[]): RawSettings {
  return Object.fromEntries(layers.flatMap((layer) => Object.entries(layer)));
}

/** The typed settings of checked layers, and every key's winner: what the schema added is marked as a default. */
export function typedSettings(raw: RawSettings): { readonly raw: RawSettings; readonly settings: BlockSettings } {
  const settings = blockSettingsSchema.parse(plain(raw));
  const added = Object.entries(settings).filter(([key, value]) => !Object.hasOwn(raw, key) && value !== undefined);
  const defaults = added.map(([key, value]) => [key, { value: value as Json, origin: "default" as const }]);
  return { raw: { ...Object.fromEntries(defaults), ...raw }, settings };
}

/** People count from one. */
function spoken(step: string | number): string {
  return typeof step === "number" ? `nº ${step + 1}` : step;
}

function issuesOf(raw: RawSettings): readonly z.core.$ZodIssue[] {
  return blockSettingsSchema.safeParse(plain(raw), { reportInput: true }).error?.issues ?? [];
}

function plain(raw: RawSettings): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(raw).map(([key, setting]) => [key, setting.value]));
}

function reportUnknown(key: string, setting: RawSetting, report: Report): void {
  report({
    rule: "unknown-key",
    place: setting.place,
    reason: `Clé inconnue « ${key} ».`,
    remedy: ELSEWHERE.get(key) ?? suggest(key, KEYS, `Clés admises : ${KEYS.join(", ")}.`),
  });
}

function isOneOf<T extends string>(list: readonly T[], word: string): word is T {
  return (list as readonly string[]).includes(word);
}
