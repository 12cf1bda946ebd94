import { ProblemError } from "../base/problem.ts";
import type { ShellEnd } from "./port.ts";
import type { OutputSink, ScriptProcess } from "./script-process.ts";

/** A prompt in the words of the machine, when its PAM does not take ours. */
const OWN_PROMPT = /(?:^|\n)(?:\[sudo\] )?(?:password|mot de passe)[^\n]{0,60}: ?$/i;
const KEPT = 16_384;

/** The argument list that runs another one as root. With a marker, sudo may ask for a password, and says with it when it starts. */
export function asRoot(argv: readonly string[], marker: string | undefined): readonly string[] {
  if (marker === undefined) return ["sudo", "-n", "--", ...argv];
  const start = 'printf "%s\\n" "$0" >&2; exec "$@"';
  return ["sudo", "-S", "-p", `${marker}?`, "--", "sh", "-c", start, `${marker}!`, ...argv];
}

/**
 * Stands between sudo and a script: answers the password once, when it is asked for, and holds back what is meant for the script until
 * sudo has started it. What sudo says is no output of the script.
 */
export class SudoDoor {
  readonly #marker: string;
  readonly #password: string;
  readonly #sink: OutputSink;
  readonly #gaveUp = Promise.withResolvers<ShellEnd>();
  readonly #said = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  readonly #held: string[] = [];
  #endHeld = false;
  #open = false;
  #answered = false;
  #process: ScriptProcess | undefined;

  constructor(marker: string, password: string, sink: OutputSink) {
    this.#marker = marker;
    this.#password = password;
    this.#sink = sink;
  }

  readonly sink: OutputSink = (stream, chunk) => {
    if (this.#open) {
      this.#sink(stream, chunk);
      return;
    }
    const said = Buffer.concat([this.#said[stream], chunk]).subarray(-KEPT);
    this.#said[stream] = said;
    const text = said.toString("latin1");
    const started = text.indexOf(`${this.#marker}!`);
    const lineEnd = text.indexOf("\n", started);
    if (started >= 0 && lineEnd >= 0) this.#begin(stream, said.subarray(lineEnd + 1));
    else if (text.includes(`${this.#marker}?`) || OWN_PROMPT.test(text)) this.#asked(stream);
  };

  /** The same process, seen from the script's side of the door. */
  around(process: ScriptProcess): ScriptProcess {
    this.#process = process;
    void process.ended.then(() => this.#flush());
    return {
      ...process,
      ended: Promise.race([process.ended, this.#gaveUp.promise]),
      write: (data) => {
        if (this.#open) process.write(data);
        else this.#held.push(data);
      },
      endInput: () => {
        if (this.#open) process.endInput();
        else this.#endHeld = true;
      },
    };
  }

  #begin(stream: "stdout" | "stderr", rest: Buffer): void {
    this.#open = true;
    this.#said[stream] = Buffer.alloc(0);
    for (const data of this.#held.splice(0)) this.#process?.write(data);
    if (this.#endHeld) this.#process?.endInput();
    if (rest.length > 0) this.#sink(stream, rest);
    // The two streams come in any order: the other one may have brought the script's first bytes already.
    const other = stream === "stdout" ? "stderr" : "stdout";
    const early = this.#said[other];
    this.#said[other] = Buffer.alloc(0);
    if (early.length > 0) this.#sink(other, early);
  }

  #asked(stream: "stdout" | "stderr"): void {
    if (this.#answered) {
      // Asked again: the password was wrong, and another try could lock the account.
      this.#flush();
      this.#gaveUp.resolve({ status: "exited", code: 1 });
      this.#process?.close();
      return;
    }
    this.#answered = true;
    this.#said[stream] = Buffer.alloc(0);
    this.#process?.write(`${this.#password}\n`);
  }

  /** What sudo said, for the reason of a refusal; without what stands for our prompt. */
  #flush(): void {
    if (this.#open) return;
    for (const stream of ["stdout", "stderr"] as const) {
      const text = this.#said[stream].toString("utf8").replaceAll(`${this.#marker}?`, "");
      this.#said[stream] = Buffer.alloc(0);
      if (text !== "") this.#sink(stream, Buffer.from(text));
    }
  }
}

/** Why sudo started nothing: ProblemError SUDO_REFUSED with its last words. */
export function sudoRefused(label: string, user: string, password: string | undefined, lastLine: string): ProblemError {
  const said = lastLine === "" ? "sans rien dire" : `« ${lastLine} »`;
  return new ProblemError("SUDO_REFUSED", `sudo ne donne pas root à ${user} sur ${label} : ${said}.`, {
    scope: "environment",
    hint:
      password === undefined
        ? "Donnez à ce compte NOPASSWD dans sudoers, ou nommez dans l’inventaire le secret que sudo demande (`sudo: nom_du_secret`)."
        : `Vérifiez le secret « ${password} », que ce compte est dans sudoers, et que sudo est installé.`,
  });
}
