import type { Finding } from "../../model/finding.ts";

const REMEDY = "Demandez à qui a scellé une copie d’origine du dossier ; celle-ci n’est plus ce qui a été scellé.";

/** A part of the seal, or something it covers, that does not hold. */
export function broken(rule: string, subject: string, text: string, remedy = REMEDY): Finding {
  return { rule, severity: "error", subject, text, remedy };
}

/** Something about the seal that its reader should know. */
export function noted(rule: string, subject: string, text: string, remedy: string): Finding {
  return { rule, severity: "note", subject, text, remedy };
}
