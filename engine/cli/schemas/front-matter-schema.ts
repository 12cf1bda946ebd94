import { z } from "zod";
import { blockSettingsSchema } from "../../model/block-settings.ts";

const variableName = z.string().regex(/^[A-Za-zÀ-ɏ_][A-Za-zÀ-ɏ0-9_.-]*$/);
const plain = z.union([z.string(), z.number(), z.boolean()]);

/** What a runbook's YAML front matter may say, for editors; `runbook/front-matter.ts` is the reader, and a test holds the two together. */
export const frontMatterSchema = z.strictObject({
  constat: z.literal(1).optional().describe("Version de la forme du document."),
  chapitre: z.int().nonnegative().optional().describe("Numéro du chapitre dans le rapport ; sinon celui du titre."),
  titre: z.string().optional().describe("Titre du chapitre ; sinon celui du document."),
  variables: z
    .record(variableName, z.union([plain, z.strictObject({ default: plain, description: plain.optional() })]))
    .nullable()
    .optional()
    .describe("Valeurs que l’inventaire d’un site peut changer : nom: { default: …, description: … }."),
  defaults: blockSettingsSchema.nullable().optional().describe("Réglages de tous les blocs du document."),
});
