import type { z } from "zod";
import { closest } from "../base/closest.ts";
import { fieldAt, keysAt, type YamlPath } from "./field-at.ts";
import { type Layer, layerSchema } from "./inventory-schema.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

/** Checks the form of one inventory file; each mistake is a message at its place, and then there is no layer. */
export function checkLayer(source: YamlSource): Layer | undefined {
  if (source.data === undefined) return undefined;
  const result = layerSchema.safeParse(source.data);
  if (result.success) return result.data;
  for (const issue of result.error.issues) report(source, issue, []);
  return undefined;
}

function report(source: YamlSource, issue: Issue, above: YamlPath): void {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) reportUnknownKey(source, path, key);
      return;
    case "invalid_key":
      source.complain(
        path,
        {
          rule: "inventory-name",
          reason: `nom inutilisable : « ${String(path.at(-1))} »`,
          remedy:
            path[0] === "versions" && path.length === 2
              ? "écrivez le numéro d’une version de Proxmox VE, ou son début : « 8.4 », « 9 »"
              : "un nom commence par une lettre et ne tient que lettres, chiffres, tirets et soulignés",
        },
        "key",
      );
      return;
    case "invalid_union": {
      const meant = branchMeant(issue.errors);
      if (meant === undefined) reportValue(source, path);
      else for (const inner of meant) report(source, inner, path);
      return;
    }
    default:
      reportValue(source, path);
  }
}

/** The only branch of a union whose basic type the author met: its mistakes are the ones to explain. */
function branchMeant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const basic = (issue: Issue) => issue.path.length === 0 && ["invalid_type", "invalid_value"].includes(issue.code);
  const met = branches.filter((issues) => !issues.some(basic));
  return met.length === 1 ? met[0] : undefined;
}

function reportUnknownKey(source: YamlSource, path: YamlPath, key: string): void {
  const keys = keysAt(path);
  const suggestion = closest(key, keys);
  const complaint = {
    rule: "inventory-unknown-key",
    reason: `clé inconnue : « ${key} »`,
    remedy:
      suggestion === undefined ? `clés possibles ici : ${keys.join(", ")}` : `vouliez-vous dire « ${suggestion} » ?`,
  };
  source.complain([...path, key], complaint, "key");
}

function reportValue(source: YamlSource, path: YamlPath): void {
  if (path[0] === "secrets" && path.length === 2 && typeof valueAt(source.data, path) !== "object") {
    // The value itself is never repeated: it may be the secret.
    source.complain(path, {
      rule: "secret-in-clear",
      reason: `secret en clair : « ${String(path[1])} » contient une valeur au lieu d’une référence`,
      remedy: `écrivez { env: NOM }, { file: chemin } ou { command: "…" }, et changez ce secret s’il a été partagé`,
    });
    return;
  }
  const { what, example } = fieldAt(path);
  const subject = path.length === 0 ? "l’inventaire" : `« ${path.map(String).join(".")} »`;
  source.complain(path, {
    rule: "inventory-value",
    reason: `${subject} doit être ${what}`,
    remedy: `par exemple ${example}`,
  });
}

function valueAt(data: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], data);
}
