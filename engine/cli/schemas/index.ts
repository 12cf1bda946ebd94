import { z } from "zod";
import { inventoryJsonSchema } from "../../inventory/index.ts";
import { blockSettingsSchema } from "../../model/block-settings.ts";
import { browserSpecSchema } from "../../model/browser-spec.ts";
import { consoleSpecSchema } from "../../model/console-spec.ts";
import { reportSettingsSchema } from "../../model/report-settings.ts";
import { watchSpecSchema } from "../../model/watch-spec.ts";
import { frontMatterSchema } from "./front-matter-schema.ts";
import { REPORT_WORDS, SETTING_WORDS } from "./setting-words.ts";

interface Published {
  /** One line for the list. */
  readonly what: string;
  /** The JSON Schema itself (draft 2020-12). */
  readonly schema: () => object;
}

/** Every JSON Schema that an editor can be given, by the name `constat schema` knows it by. */
export const SCHEMAS: Readonly<Record<string, Published>> = {
  inventory: { what: "un inventaire", schema: inventoryJsonSchema },
  rapport: published("rapport.yaml", "Réglages du rapport de Constat", reportSettingsSchema),
  "en-tete": published("l’en-tête d’un runbook, entre « --- »", "En-tête d’un runbook de Constat", frontMatterSchema),
  reglages: published(
    "les réglages d’un bloc : lignes « #| », commentaires « constat: »",
    "Réglages d’un bloc",
    blockSettingsSchema,
  ),
  browser: published("le corps d’un bloc yaml {.browser}", "Bloc yaml {.browser}", browserSpecSchema),
  console: published("le corps d’un bloc yaml {.console}", "Bloc yaml {.console}", consoleSpecSchema),
  watch: published("le corps d’un bloc yaml {.watch}", "Bloc yaml {.watch}", watchSpecSchema),
};

/** A schema as it is written in a file; its name is one of `SCHEMAS`. */
export function schemaText(name: string): string {
  const found = SCHEMAS[name];
  if (found === undefined) throw new Error(`no schema ${name}`);
  return `${JSON.stringify(found.schema(), undefined, 2)}\n`;
}

function published(what: string, title: string, schema: z.ZodType): Published {
  return { what, schema: () => portable(title, z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })) };
}

/** Not every editor compiles patterns for Unicode: Latin letters stand for all of them. Known keys get their sentence. */
function portable(title: string, schema: object): object {
  const plain = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "pattern" && typeof value === "string"
      ? value.replaceAll("\\p{L}", "A-Za-zÀ-ɏ").replaceAll("\\p{N}", "0-9")
      : value,
  ) as Node;
  describeKeys(plain);
  return { title, ...plain };
}

interface Node {
  readonly properties?: Record<string, Node & { description?: string }>;
  readonly anyOf?: readonly Node[];
}

function describeKeys(node: Node): void {
  const { properties = {}, anyOf = [] } = node;
  const words = wordsFor(properties);
  for (const [key, inner] of Object.entries(properties)) {
    const sentence = words[key];
    if (sentence !== undefined) inner.description = sentence;
    describeKeys(inner);
  }
  for (const inner of anyOf) describeKeys(inner);
}

/** Bodies of blocks have keys of the same names with a sense of their own: only these two objects are known by what they hold. */
function wordsFor(properties: object): Readonly<Record<string, string>> {
  if ("unless" in properties && "verify" in properties) return SETTING_WORDS;
  return "sous-titre" in properties ? REPORT_WORDS : {};
}
