import { ProblemError } from "../../base/problem.ts";

/** Where a line of an ssh configuration stands; `file` as the operator would write it (`~/.ssh/config`). */
export interface ConfigPlace {
  readonly file: string;
  readonly line: number;
}

/** One line of an ssh configuration that says something. */
export interface ConfigLine {
  /** In lower case: OpenSSH does not tell capitals apart here. */
  readonly keyword: string;
  /** Its arguments without their quotes. */
  readonly words: readonly string[];
  readonly place: ConfigPlace;
  /** Of `Include`: the lines of each file that it names, in order. */
  readonly included?: readonly (readonly ConfigLine[])[] | undefined;
}

/** `~/.ssh/config ligne 4`. */
export function placeText({ file, line }: ConfigPlace): string {
  return `${file} ligne ${line}`;
}

/** What OpenSSH would refuse too: the ProblemError SSH_CONFIG_INVALID at a line. */
export function invalidConfig(place: ConfigPlace, what: string, remedy: string): ProblemError {
  return new ProblemError("SSH_CONFIG_INVALID", `Configuration ssh illisible, ${placeText(place)} : ${what}.`, {
    scope: "environment",
    hint: remedy,
  });
}

/** What OpenSSH would do and Constat does not: the ProblemError SSH_CONFIG_UNSUPPORTED at a line. */
export function unsupportedConfig(place: ConfigPlace, what: string, remedy: string): ProblemError {
  return new ProblemError("SSH_CONFIG_UNSUPPORTED", `${what} (${placeText(place)}) : Constat ne le fait pas.`, {
    scope: "environment",
    hint: remedy,
  });
}
