import { InvalidArgumentError } from "commander";

/** The languages of the terminal. Reports have theirs in `rapport.yaml`. */
export const LANGUAGES = ["fr", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The language that a command line asks for by `--lang`, else the environment's (CONSTAT_LANG, then the locale), and the arguments without it. A
 * locale that names no language (unset, `C`) is French, as the documents are; one that is neither of ours is English. Throws
 * InvalidArgumentError for a `--lang` that is none of them.
 */
export function takeLanguage(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly language: Language; readonly rest: readonly string[] } {
  const rest: string[] = [];
  let language = languageOf(env);
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    // What follows belongs to another program, or to nobody.
    if (word === "--" || (index === 0 && word === "lab")) return { language, rest: [...rest, ...args.slice(index)] };
    if (word === "--lang" || word.startsWith("--lang=")) {
      language = known(word === "--lang" ? args[index + 1] : word.slice("--lang=".length));
      if (word === "--lang") index += 1;
    } else rest.push(word);
  }
  return { language, rest };
}

function known(given: string | undefined): Language {
  const found = LANGUAGES.find((each) => each === given?.toLowerCase());
  if (found !== undefined) return found;
  throw new InvalidArgumentError(`--lang : ${LANGUAGES.join(" / ")}`);
}

/** The language of the environment: the first of these variables that is not empty decides, as POSIX has it. */
export function languageOf(env: NodeJS.ProcessEnv): Language {
  const chosen = [env["CONSTAT_LANG"], env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find(Boolean) ?? "";
  const name = chosen.toLowerCase();
  return name === "" || /^(?:c|posix)(?:[._@]|$)/.test(name) || name.startsWith("fr") ? "fr" : "en";
}
