import { z } from "zod";

/** `runbooks/rapport.yaml`: what the report says of itself, and the chapters it must be complete for. */
export const reportSettingsSchema = z.strictObject({
  titre: z.string(),
  "sous-titre": z.string().optional(),
  reference: z.string().optional(),
  version: z.string().default("1.0"),
  confidentialite: z.string().optional(),
  langue: z.enum(["fr", "en"]).default("fr"),
  auteurs: z.array(z.string()).default([]),
  client: z.string().optional(),
  /** Who wrote, checked and approved the document. Absent: the authors wrote it, the rest is left to be signed. */
  cartouche: z
    .array(
      z.strictObject({
        role: z.string(),
        nom: z.string().default(""),
        fonction: z.string().default(""),
        date: z.string().default(""),
      }),
    )
    .optional(),
  /** Who receives it. */
  diffusion: z.array(z.string()).default([]),
  /** Earlier versions and this one; `remplace`: SHA-256 of the report that a version stands for. */
  versions: z
    .array(
      z.strictObject({
        version: z.string(),
        date: z.string(),
        auteur: z.string().default(""),
        objet: z.string(),
        remplace: z.string().optional(),
      }),
    )
    .default([]),
  logo: z.string().optional(),
  couleur: z.string().optional(),
  /** Chapters in scope, in the order of the report. Absent: all that exist. */
  chapitres: z.array(z.int().positive()).optional(),
});

export type ReportSettings = z.output<typeof reportSettingsSchema>;
