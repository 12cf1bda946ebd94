import type { Argument, HelpConfiguration, Option } from "commander";

const TITLES: Readonly<Record<string, string>> = {
  "Usage:": "Usage :",
  "Arguments:": "Arguments :",
  "Options:": "Options :",
  "Commands:": "Commandes :",
};

/** The help of the argument parser in the operator's language: its titles, and what it adds behind a description. */
export const FRENCH_HELP: HelpConfiguration = {
  styleTitle: (title) => TITLES[title] ?? title,
  styleUsage: (usage) => usage.replace("[command]", "[commande]"),
  optionDescription: (option) =>
    withAdded(
      option,
      option.required || option.optional ? (option.defaultValue ?? option.defaultValueDescription) : undefined,
      option.argChoices,
    ),
  argumentDescription: (argument) => withAdded(argument, argument.defaultValue, undefined),
};

function withAdded(
  { description, defaultValueDescription }: Option | Argument,
  value: unknown,
  choices: readonly string[] | undefined,
): string {
  const added = [
    ...(choices === undefined ? [] : [choices.join(", ")]),
    ...(value === undefined ? [] : [`défaut : ${defaultValueDescription ?? shown(value)}`]),
  ];
  if (added.length === 0) return description;
  return `${description} (${added.join(" ; ")})`;
}

function shown(value: unknown): string {
  if (typeof value === "number") return value.toLocaleString("fr");
  return Array.isArray(value) ? value.join(" ") : String(value);
}
