import { type Argument, type Command, Help, type HelpConfiguration, type Option } from "commander";
import type { Language } from "./language.ts";
import { EXAMPLES } from "./words/examples.ts";
import { HELP_EN, PLACEHOLDERS_EN } from "./words/help-en.ts";

const TITLES = {
  fr: { "Usage:": "Usage :", "Arguments:": "Arguments :", "Options:": "Options :", "Commands:": "Commandes :" },
  en: {},
} as const satisfies Record<Language, Readonly<Record<string, string>>>;

/** The help of the argument parser in the operator's language: its titles, its sentences, and what it adds behind a description. */
export function helpIn(language: Language): HelpConfiguration {
  const standard = new Help();
  const titles: Readonly<Record<string, string>> = TITLES[language];
  const said = sentenceIn(language);
  return {
    styleTitle: (title) => titles[title] ?? title,
    styleUsage: (usage) => inUsage(language === "fr" ? usage.replace("[command]", "[commande]") : usage, language),
    subcommandTerm: (command) => inUsage(standard.subcommandTerm(command), language),
    argumentTerm: (argument) => inUsage(`<${argument.name()}>`, language).slice(1, -1),
    optionTerm: (option) => inUsage(option.flags, language),
    commandDescription: (command) => said(command.description()),
    subcommandDescription: (command) => said(command.summary() || command.description()),
    optionDescription: (option) =>
      withAdded(
        option,
        option.required || option.optional ? option.defaultValue : undefined,
        option.argChoices,
        language,
      ),
    argumentDescription: (argument) => withAdded(argument, argument.defaultValue, undefined, language),
  };
}

/** Adds to each command what teaches it: remarks, and examples. */
export function addExamples(command: Command, language: Language, name = ""): void {
  const found = EXAMPLES[name];
  if (found !== undefined) {
    const title =
      language === "fr"
        ? found.lines.length > 1
          ? "Exemples :"
          : "Exemple :"
        : found.lines.length > 1
          ? "Examples:"
          : "Example:";
    const remark = found[language] === undefined ? "" : `\n${found[language]}\n`;
    command.addHelpText("after", `${remark}\n${title}\n${found.lines.map((line) => `  ${line}`).join("\n")}`);
  }
  for (const inner of command.commands) addExamples(inner, language, `${name} ${inner.name()}`.trim());
}

function withAdded(
  { description, defaultValueDescription }: Option | Argument,
  value: unknown,
  choices: readonly string[] | undefined,
  language: Language,
): string {
  const said = sentenceIn(language);
  const byDefault = language === "fr" ? "défaut : " : "default: ";
  const added = [
    ...(choices === undefined ? [] : [choices.join(", ")]),
    ...(value === undefined
      ? []
      : [
          `${byDefault}${defaultValueDescription === undefined ? shown(value, language) : said(defaultValueDescription)}`,
        ]),
  ];
  if (added.length === 0) return said(description);
  return `${said(description)} (${added.join(language === "fr" ? " ; " : "; ")})`;
}

function shown(value: unknown, language: Language): string {
  if (typeof value === "number") return value.toLocaleString(language);
  return Array.isArray(value) ? value.join(" ") : String(value);
}

/** No-break spaces are typography, not part of a sentence's name. */
function sentenceIn(language: Language): (french: string) => string {
  return (french) => (language === "fr" ? french : (HELP_EN[french.replace(/[\u00a0\u202f]/g, " ")] ?? french));
}

function inUsage(text: string, language: Language): string {
  if (language === "fr") return text;
  return text.replace(/([<[])([a-z]+)/g, (whole, sign: string, word: string) => {
    const english = PLACEHOLDERS_EN[word];
    return english === undefined ? whole : `${sign}${english}`;
  });
}
