import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { buildProgram } from "../../../engine/cli/commands.ts";
import { type Language, languageOf, takeLanguage } from "../../../engine/cli/language.ts";
import { main } from "../../../engine/cli/main.ts";
import type { Terminal } from "../../../engine/cli/terminal.ts";
import { EXAMPLES } from "../../../engine/cli/words/examples.ts";
import { NEXT_STEPS } from "../../../engine/cli/words/next-steps.ts";
import { chapter, cliProject } from "../../support/cli-project.ts";

function program(language: Language): Command {
  const silent = () => {};
  const terminal: Terminal = { out: silent, err: silent, style: (_, text) => text, interactive: false, language };
  return buildProgram(terminal).program;
}

/** Every command with its words, but the program itself and the two that have a help of their own. */
function commandsOf(command: Command, name = ""): readonly (readonly [string, Command])[] {
  return command.commands.flatMap((inner) => {
    const words = `${name} ${inner.name()}`.trim();
    return words === "lab" || words === "help" ? [] : [[words, inner] as const, ...commandsOf(inner, words)];
  });
}

const TREE = new Map([["", program("fr")], ...commandsOf(program("fr"))]);

/** The words of a line as a shell has them, without what it does itself. */
function wordsOf(line: string): readonly string[] {
  const plain = line.replace(/^source <\((.*)\)$/, "$1").replace(/ > \S+$/, "");
  return [...plain.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
}

describe("the help in English", () => {
  it.each(commandsOf(program("en")))("has every sentence: %s", (_, command) => {
    // Below the options come the examples, whose captions and files stay as they are.
    const help = command.helpInformation().replace(/’/g, "'");
    expect(help).not.toMatch(/[àâçéèêëîïôûùœ«»]|\b(?:dossier|exécution|défaut|fichier|sans|seulement|avec)\b/i);
  });
});

describe("the examples of each command", () => {
  it("are there for every command, and for no other", () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual([...TREE.keys()].sort());
  });

  it.each(Object.entries(EXAMPLES).flatMap(([name, { lines }]) => lines.map((line) => [name, line] as const)))(
    "can be typed as they are: %s — %s",
    (_, line) => {
      const [first, ...words] = wordsOf(line);
      expect(first).toBe("constat");
      let command = program("fr");
      let next = command.commands.find((inner) => inner.name() === words[0]);
      while (next !== undefined) {
        command = next;
        words.shift();
        next = command.commands.find((inner) => inner.name() === words[0]);
      }
      const { operands, unknown } = command.parseOptions(words.filter((word) => word !== "--help"));
      expect(unknown).toEqual([]);
      const needed = command.registeredArguments.filter(({ required }) => required).length;
      const most = command.registeredArguments.some(({ variadic }) => variadic)
        ? 99
        : command.registeredArguments.length;
      expect(operands.length).toBeGreaterThanOrEqual(words.includes("--help") ? 0 : needed);
      expect(operands.length).toBeLessThanOrEqual(most);
      for (const option of command.options)
        if (option.mandatory) expect(command.getOptionValue(option.attributeName())).toBeDefined();
    },
  );
});

describe("what to do next", () => {
  it("is known for commands that exist", () => {
    for (const name of Object.keys(NEXT_STEPS)) expect(TREE.has(name), name).toBe(true);
  });

  it.each([
    [true, ["lint"], "Ensuite : constat plan"],
    [true, ["lint", "--lang", "en"], "Next: constat plan"],
    [true, ["lint", "--json"], undefined],
    [false, ["lint"], undefined],
  ] as const)("is told to a person alone (terminal: %s, %j)", async (interactive, args, said) => {
    const project = await cliProject({ "03.md": chapter("Rien.") });
    let err = "";
    const write = (text: string) => {
      err += text;
    };
    const terminal: Terminal = { out: () => {}, err: write, style: (_, text) => text, interactive };
    expect(await main([args[0], project.path("03.md"), ...args.slice(1)], terminal)).toBe(0);
    if (said === undefined) expect(err).toBe("");
    else expect(err).toContain(said);
  });
});

describe("the language of the terminal", () => {
  it.each([
    [{}, "fr"],
    [{ LANG: "" }, "fr"],
    [{ LANG: "C.UTF-8" }, "fr"],
    [{ LANG: "POSIX" }, "fr"],
    [{ LANG: "fr_CH.UTF-8" }, "fr"],
    [{ LANG: "en_GB.UTF-8" }, "en"],
    [{ LANG: "de_DE.UTF-8" }, "en"],
    [{ LANG: "fr_FR.UTF-8", LC_MESSAGES: "en_US.UTF-8" }, "en"],
    [{ LANG: "en_US", LC_MESSAGES: "en_US", LC_ALL: "fr_FR" }, "fr"],
    [{ LANG: "fr_FR", CONSTAT_LANG: "en" }, "en"],
  ] as const)("%j is %s", (env, language) => {
    expect(languageOf(env)).toBe(language);
  });

  it.each([
    [["run", "--lang", "en", "x"], "en", ["run", "x"]],
    [["--lang=EN", "plan"], "en", ["plan"]],
    [["plan"], "fr", ["plan"]],
    [["lab", "--lang", "en"], "fr", ["lab", "--lang", "en"]],
    [["run", "--", "--lang", "en"], "fr", ["run", "--", "--lang", "en"]],
  ] as const)("%j asks for %s", (args, language, rest) => {
    expect(takeLanguage(args, {})).toEqual({ language, rest });
  });

  it.each([[["--lang", "de"]], [["--lang"]], [["run", "--lang="]]])("%j is refused", (args) => {
    expect(() => takeLanguage(args, {})).toThrow("fr / en");
  });
});
