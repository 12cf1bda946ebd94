import type { Language } from "../language.ts";

/** What stands around every command's answer: typed, so that neither language can lack a word. */
interface FrameWords {
  readonly error: string;
  readonly warning: string;
  readonly internal: string;
  readonly defect: string;
  readonly defectHint: string;
  /** Said once below a problem or a lint message, whose own text is French only; empty in French. */
  readonly frenchOnly: (code: string) => string;
  readonly soundDocuments: (runbooks: number, blocks: number) => string;
}

const FRENCH: FrameWords = {
  error: "erreur",
  warning: "avertissement",
  internal: "INTERNE",
  defect: "Défaut de Constat : ",
  defectHint: "Ce qui était écrit dans le dossier d’exécution est conservé. Signalez ce texte.",
  frenchOnly: () => "",
  soundDocuments: (runbooks, blocks) =>
    `${runbooks} runbook${runbooks >= 2 ? "s" : ""}, ${blocks} bloc${blocks >= 2 ? "s" : ""} : rien à signaler.`,
};

const ENGLISH: FrameWords = {
  error: "error",
  warning: "warning",
  internal: "INTERNAL",
  defect: "A defect of Constat: ",
  defectHint: "What was written into the run folder is kept. Please report this text.",
  frenchOnly: (code) =>
    `(This text exists in French only; its cause and remedy: docs/erreurs.md#${code.toLowerCase()})`,
  soundDocuments: (runbooks, blocks) =>
    `${runbooks} runbook${runbooks === 1 ? "" : "s"}, ${blocks} block${blocks === 1 ? "" : "s"}: nothing to report.`,
};

/** The frame's words in a language; French when a terminal names none. */
export function frameWords(language: Language | undefined): FrameWords {
  return language === "en" ? ENGLISH : FRENCH;
}
