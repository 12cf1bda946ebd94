import { counted } from "../base/counted.ts";
import type { RunFinished } from "../model/event.ts";
import type { StepKept } from "../model/operator-event.ts";
import type { OutcomeStatus } from "../model/outcome.ts";

/** The words of the plain lines; reasons come from the journal, which is French. */
export interface LineWords {
  readonly run: string;
  readonly node: string;
  readonly colon: string;
  readonly unknownVersion: string;
  /** Of one width. */
  readonly outcomes: Readonly<Record<OutcomeStatus, string>>;
  readonly reused: string;
  readonly given: string;
  readonly resumed: string;
  /** What became of a step that a resumed run had done before; of one width. */
  readonly kept: Readonly<Record<StepKept["because"], string>>;
  readonly taken: (node: string) => string;
  readonly renewed: (node: string) => string;
  readonly different: string;
  readonly expected: string;
  readonly obtained: string;
  readonly summary: (ended: RunFinished, reused: number) => string;
}

const FRENCH: LineWords = {
  run: "Exécution",
  node: "nœud",
  colon: " : ",
  unknownVersion: "version inconnue",
  outcomes: { passed: "OK     ", failed: "ÉCHEC  ", skipped: "IGNORÉ ", blocked: "BLOQUÉ ", errored: "ERREUR " },
  reused: "figure reprise de l’exécution",
  given: "image donnée par",
  resumed: "Reprise par",
  kept: { proven: "TIENT  ", given: "DÉJÀ   ", changed: "CHANGÉ ", unproven: "GARDÉ  " },
  taken: (node) => `certificat du contrôleur de ${node} pris au premier contact`,
  renewed: (node) => `certificat de ${node} renouvelé`,
  different: "chaque nœud a sa propre réponse",
  expected: "attendu",
  obtained: "obtenu ",
  summary: ({ counts, placeholders, interrupted }, reused) => {
    const parts = [
      counted(counts.passed, "réussie"),
      counted(counts.skipped, "ignorée"),
      `${counts.failed} en échec`,
      `${counts.errored} en erreur`,
      counted(counts.blocked, "bloquée"),
    ];
    const ending = interrupted ? "Exécution interrompue" : "Exécution terminée";
    const taken = reused === 0 ? "" : `, dont ${counted(reused, "reprise")}`;
    return `${ending} : ${parts.join(", ")} ; figures ${placeholders.filled}/${placeholders.expected}${taken}.`;
  },
};

const ENGLISH: LineWords = {
  run: "Run",
  node: "node",
  colon: ": ",
  unknownVersion: "unknown version",
  outcomes: { passed: "OK     ", failed: "FAILED ", skipped: "SKIPPED", blocked: "BLOCKED", errored: "ERROR  " },
  reused: "figure taken from run",
  given: "picture given by",
  resumed: "Resumed by",
  kept: { proven: "HOLDS  ", given: "KNOWN  ", changed: "CHANGED", unproven: "KEPT   " },
  taken: (node) => `certificate of ${node}'s controller taken at first contact`,
  renewed: (node) => `certificate of ${node} renewed`,
  different: "each node has an answer of its own",
  expected: "expected",
  obtained: "obtained",
  summary: ({ counts, placeholders, interrupted }, reused) => {
    const { passed, skipped, failed, errored, blocked } = counts;
    const steps = `${passed} passed, ${skipped} skipped, ${failed} failed, ${errored} in error, ${blocked} blocked`;
    const taken = reused === 0 ? "" : `, ${reused} of them from an earlier run`;
    const ending = interrupted ? "Run interrupted" : "Run finished";
    return `${ending}: ${steps}; figures ${placeholders.filled}/${placeholders.expected}${taken}.`;
  },
};

/** The words of a language; French when none is named. */
export function lineWords(language: "fr" | "en" | undefined): LineWords {
  return language === "en" ? ENGLISH : FRENCH;
}
