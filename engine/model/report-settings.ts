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
  logo: z.string().optional(),
  couleur: z.string().optional(),
  /** Address of a time stamping authority (RFC 3161 over HTTP) that the seal is shown to. */
  horodatage: z.url({ protocol: /^https?$/ }).optional(),
  /** Chapters in scope, in the order of the report. Absent: all that exist. */
  chapitres: z.array(z.int().positive()).optional(),
});

export type ReportSettings = z.output<typeof reportSettingsSchema>;
