import { z } from "zod";

const said = z.string().trim().min(1, "texte attendu");

/** The name of a requirement, in `exigence=` of a block and in `rapport.yaml`. */
export const REQUIREMENT_ID = /^[\p{L}\p{N}](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}])?$/u;

const requirementId = z.string().regex(REQUIREMENT_ID, "identifiant d’exigence attendu, par exemple SEC-12");

/** One waiver, as `derogations:` writes it: exactly one of `bloc`, `figure`, `exigence` and `constatation` says what is accepted. */
const waiverSchema = z.strictObject({
  id: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_./-]*$/u, "identifiant attendu, par exemple DER-01"),
  bloc: said.optional(),
  figure: said.optional(),
  exigence: requirementId.optional(),
  constatation: said.optional(),
  motif: said,
  auteur: said,
  echeance: z.iso.date("date attendue, par exemple 2027-03-31"),
});

export const waiversSchema = z.array(waiverSchema);
export type WrittenWaiver = z.output<typeof waiverSchema>;

const personSchema = z.strictObject({
  role: z.string(),
  nom: z.string().default(""),
  fonction: z.string().default(""),
  date: z.string().default(""),
});

const versionSchema = z.strictObject({
  version: z.string(),
  date: z.string(),
  auteur: z.string().default(""),
  objet: z.string(),
  remplace: z.string().optional(),
});

const deviationSchema = z.strictObject({
  sur: said,
  gravite: z.enum(["majeure", "mineure"]).optional(),
  impact: z.string().optional(),
  action: z.string().optional(),
  responsable: z.string().optional(),
  echeance: z.string().optional(),
});

/** `runbooks/rapport.yaml`: what the report says of itself, the chapters it must be complete for, what it must prove, what is accepted. */
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
  cartouche: z.array(personSchema).optional(),
  /** Who receives it. */
  diffusion: z.array(z.string()).default([]),
  /** Earlier versions and this one; `remplace`: SHA-256 of the report that a version stands for. */
  versions: z.array(versionSchema).default([]),
  /** Why the document exists, and what the author says of its scope; Markdown. */
  objet: z.string().optional(),
  perimetre: z.string().optional(),
  /** Documents that it refers to. */
  documents: z.array(z.string()).default([]),
  /** Terms and their meaning; null takes one of the engine's own away. */
  glossaire: z.record(z.string(), z.union([z.string(), z.null()])).default({}),
  /** What the annex of notes says; Markdown. */
  notes: z.string().optional(),
  /** Who answers for a deviation and until when: `sur` names a block (`#id`), a caption or a requirement. */
  ecarts: z.array(deviationSchema).default([]),
  logo: z.string().optional(),
  couleur: z.string().optional(),
  /** Address of a time stamping authority (RFC 3161 over HTTP) that the seal is shown to. */
  horodatage: z.url({ protocol: /^https?$/, error: "adresse http:// ou https:// attendue" }).optional(),
  /** Chapters in scope, in the order of the report. Absent: all that exist. */
  chapitres: z.array(z.int().positive("numéro de chapitre attendu, à partir de 1")).optional(),
  /** Requirements to be covered, each with its title. */
  exigences: z.record(requirementId, z.union([z.string(), z.null()])).optional(),
  /** Accepted deviations, or the name of the file beside this one that lists them. */
  derogations: z.union([said, waiversSchema]).optional(),
});

export type ReportSettings = z.output<typeof reportSettingsSchema>;

/** The keys that may stand in the file itself (`""`) and in each entry of its lists. */
export const SETTING_KEYS = {
  "": Object.keys(reportSettingsSchema.shape),
  cartouche: Object.keys(personSchema.shape),
  versions: Object.keys(versionSchema.shape),
  ecarts: Object.keys(deviationSchema.shape),
  derogations: Object.keys(waiverSchema.shape),
} as const;
