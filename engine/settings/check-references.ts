import type { VFile } from "vfile";
import { closest } from "../base/closest.ts";
import { readYamlFile, type YamlPath } from "./yaml-file.ts";

/** Names that the runbooks hold. */
export interface RunbookNames {
  readonly steps: readonly string[];
  /** Captions and ids of placeholders. */
  readonly figures: readonly string[];
  /** Requirements that a block proves. */
  readonly requirements: readonly string[];
}

/** Warns, on a file that was read without mistakes, of requirements that no block proves and of waivers that name nothing. */
export function checkReferences(file: VFile, names: RunbookNames): void {
  const source = readYamlFile(file);
  const data = source.data;
  if (typeof data !== "object" || data === null) return;
  const warn = (path: YamlPath, rule: string, reason: string, remedy: string, at: "value" | "key" = "value") =>
    source.complain(path, { rule, reason, remedy }, at, "warning");
  if ("exigences" in data && typeof data.exigences === "object" && data.exigences !== null) {
    for (const id of Object.keys(data.exigences)) {
      if (names.requirements.includes(id)) continue;
      const reason = `Aucun bloc ne prouve l’exigence « ${id} ».`;
      warn(
        ["exigences", id],
        "uncovered-requirement",
        reason,
        `Écrivez exigence=${id} sur le bloc qui la prouve.`,
        "key",
      );
    }
  }
  checkDeviations(data, names, warn);
  const list = Array.isArray(data) ? data : "derogations" in data ? data.derogations : [];
  const base = Array.isArray(data) ? [] : ["derogations"];
  if (!Array.isArray(list)) return;
  for (const [index, entry] of list.entries()) {
    for (const [key, known, what] of [
      ["bloc", names.steps, "Aucun bloc ne s’appelle"],
      ["figure", names.figures, "Aucune figure ne s’appelle"],
      ["exigence", names.requirements, "Aucun bloc ne prouve l’exigence"],
    ] as const) {
      const name = typeof entry === "object" && entry !== null ? Reflect.get(entry, key) : undefined;
      if (typeof name !== "string" || known.some((each) => plain(each) === plain(name))) continue;
      const near = closest(plain(name), known);
      const remedy =
        near === undefined ? "Retirez cette dérogation ou corrigez ce nom." : `Vouliez-vous écrire « ${near} » ?`;
      warn([...base, index, key], "unmatched-waiver", `${what} « ${name} » : cette dérogation ne couvre rien.`, remedy);
    }
  }
}

type Warn = (path: YamlPath, rule: string, reason: string, remedy: string) => void;

/** Who answers for a deviation answers for something that exists. */
function checkDeviations(data: object, names: RunbookNames, warn: Warn): void {
  const list: unknown = Reflect.get(data, "ecarts");
  const known = [...names.steps, ...names.figures, ...names.requirements];
  for (const [index, entry] of (Array.isArray(list) ? list : []).entries()) {
    const name: unknown = typeof entry === "object" && entry !== null ? Reflect.get(entry, "sur") : undefined;
    if (typeof name !== "string" || known.some((each) => plain(each) === plain(name))) continue;
    const near = closest(plain(name), known);
    const remedy = near === undefined ? "Corrigez ce nom." : `Vouliez-vous écrire « ${near} » ?`;
    warn(["ecarts", index, "sur"], "unmatched-deviation", `Ni bloc, ni figure, ni exigence « ${name} ».`, remedy);
  }
}

function plain(name: string): string {
  return name.normalize("NFC").replace(/^#/, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
}
