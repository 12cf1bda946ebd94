import { ProblemError } from "../base/problem.ts";

// The programs read two lines, so that a transfer cut short never runs half a script: `read` fails without the line break.
// They are POSIX sh, run by bash or dash whatever the login shell is; `eval` keeps the author's line numbers and leaves $0 = bash.
// biome-ignore lint/suspicious/noTemplateCurlyInString: shell, not TypeScript
const DECODE = '__cp=$(printf %b. "$__cp"); __cs=$(printf %b. "$__cs"); __cp=${__cp%.}; __cs=${__cs%.}';
const READ = "IFS= read -r __cp && IFS= read -r __cs || exit 254";
const STARTED = 'printf "%s %s\\n" "$1" "$$"';
const RUN = 'shift; eval "$__cp"; unset __cp; eval "$__cs"';

/**
 * Piped: reads preamble and script from standard input, gives the script /dev/null instead, then prints `MARKER PID` on stdout and
 * `MARKER` on stderr. Whatever came before (a noisy ~/.bashrc) is not the script's.
 */
const PIPED = `${READ}; ${DECODE}; exec </dev/null; ${STARTED}; printf "%s\\n" "$1" >&2; ${RUN}`;

/** Terminal: prints `MARKER` once the echo is off, reads the two lines from the terminal, restores it, prints `MARKER PID`. */
const TERMINAL = `__ct=$(stty -g); stty raw -echo; printf "%s\\n" "$1"; ${READ}; ${DECODE}; stty "$__ct"; unset __ct; ${STARTED}; ${RUN}`;

/**
 * Session: prints the start marks, then for each pair of lines runs the script in this same shell and prints `MARKER end CODE` on
 * stdout and `MARKER end` on stderr. The script sees neither the descriptor of the lines nor those of the marks.
 */
const SESSION =
  `exec 7>&1 8>&2 9<&0 </dev/null; ${STARTED}; printf "%s\\n" "$1" >&2; __cm=$1; shift; ` +
  `while IFS= read -r __cp <&9 && IFS= read -r __cs <&9; do ${DECODE}; ` +
  'eval "$__cp"; { eval "$__cs"; } 7>&- 8>&- 9<&-; __cr=$?; ' +
  'printf "%s end %s\\n" "$__cm" "$__cr" >&7; printf "%s end\\n" "$__cm" >&8; done';

const PROGRAMS = { piped: PIPED, terminal: TERMINAL, session: SESSION } as const;
export type ScriptMode = keyof typeof PROGRAMS;

/** The program that will run a script in this mode. `marker` is a word that no output can hold by chance. */
export function wrapperArgv(mode: ScriptMode, interpreter: "bash" | "sh", marker: string): readonly string[] {
  const shell = interpreter === "bash" ? ["bash", "--noprofile", "--norc"] : ["sh"];
  return [...shell, "-c", PROGRAMS[mode], interpreter, marker];
}

/** The two lines that carry a script and its environment. Throws ProblemError ENVIRONMENT_NAME_INVALID. */
export function scriptLines(script: string, environment: Readonly<Record<string, string>>): string {
  return `${encodeLine(preamble(environment))}\n${encodeLine(script)}\n`;
}

/** The argument list as one command line for a remote login shell of any make. */
export function commandLine(argv: readonly string[]): string {
  return `exec ${argv.map(shellQuote).join(" ")}`;
}

/** One word of a shell command line, in single quotes when it needs them. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function preamble(environment: Readonly<Record<string, string>>): string {
  const assignments = Object.entries(environment).map(([name, value]) => {
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return `${name}='${value.replaceAll("'", "'\\''")}'`;
    throw new ProblemError("ENVIRONMENT_NAME_INVALID", `« ${name} » ne peut pas nommer une variable d’environnement.`, {
      scope: "author",
      hint: "Employez des lettres sans accent, des chiffres et des traits bas, sans commencer par un chiffre.",
    });
  });
  return assignments.length === 0 ? "" : `export ${assignments.join(" ")}`;
}

/** As `printf %b` undoes it: one line, without control characters, so that a terminal in any mode lets it through. */
function encodeLine(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll("\n", "\\n")
    .replace(/\p{Cc}/gu, (control) => (control > "\x7f" ? control : octal(control)));
}

function octal(character: string): string {
  return `\\0${character.charCodeAt(0).toString(8).padStart(3, "0")}`;
}
