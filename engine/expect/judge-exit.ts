import { exhaustive } from "../base/exhaustive.ts";
import type { Judgement } from "../model/expectation.ts";

/** How a script ended, as the shell transport tells it. */
export type ScriptEnd =
  | { readonly status: "exited"; readonly code: number }
  | { readonly status: "signalled"; readonly signal: string }
  | { readonly status: "stopped" }
  | { readonly status: "lost"; readonly reason: string };

const CODES: Readonly<Record<number, string>> = {
  126: "commande trouvée, mais non exécutable",
  127: "commande introuvable",
  255: "erreur générale ; Proxmox et ssh sortent ainsi quand ils refusent",
};

const SIGNALS: Readonly<Record<string, { readonly number: number; readonly words: string }>> = {
  HUP: { number: 1, words: "terminal fermé" },
  INT: { number: 2, words: "interrompu au clavier" },
  QUIT: { number: 3, words: "interrompu au clavier, avec image mémoire" },
  ABRT: { number: 6, words: "abandon du programme lui-même" },
  KILL: { number: 9, words: "tué, souvent par manque de mémoire" },
  SEGV: { number: 11, words: "accès mémoire interdit" },
  PIPE: { number: 13, words: "plus personne ne lisait la sortie" },
  ALRM: { number: 14, words: "minuterie échue" },
  TERM: { number: 15, words: "arrêt demandé de l’extérieur" },
};

/** Judges how a script ended by the exit codes that are allowed; only 0 when none are named. */
export function judgeExit(allowed: readonly number[] | undefined, end: ScriptEnd): Judgement {
  const codes = allowed === undefined || allowed.length === 0 ? [0] : allowed;
  const expected = codes.length === 1 ? `code de sortie ${codes[0]}` : `code de sortie parmi ${codes.join(", ")}`;
  return { ok: end.status === "exited" && codes.includes(end.code), expected, obtained: describeEnd(end) };
}

/** The end of a script in French words: `code 127 (commande introuvable)`. */
export function describeEnd(end: ScriptEnd): string {
  switch (end.status) {
    case "exited": {
      const words = CODES[end.code] ?? signalWords(end.code - 128);
      return words === undefined ? `code ${end.code}` : `code ${end.code} (${words})`;
    }
    case "signalled": {
      const name = end.signal.replace(/^SIG/, "");
      const words = SIGNALS[name]?.words;
      return words === undefined ? `signal ${name}` : `signal ${name} (${words})`;
    }
    case "stopped":
      return "arrêté avant sa fin";
    case "lost":
      return `liaison perdue avant la fin : ${end.reason}`;
    default:
      return exhaustive(end);
  }
}

/** Shells answer 128 + n for a command that signal n ended. */
function signalWords(number: number): string | undefined {
  const found = Object.entries(SIGNALS).find(([, signal]) => signal.number === number);
  return found && `signal ${found[0]} : ${found[1].words}`;
}
