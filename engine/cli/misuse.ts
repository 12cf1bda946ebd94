/** What commander says of a misused command line, and the same in French; `$1` … are its words. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^unknown option '(.+?)'/, "option inconnue « $1 »"],
  [/^unknown command '(.+?)'/, "commande inconnue « $1 »"],
  [/^missing required argument '(.+?)'/, "il manque l’argument « $1 »"],
  [/^option '(?:-\w, )?(--\S+)[^']*' argument missing/, "$1 attend une valeur"],
  [
    /^option '(?:-\w, )?(--\S+)[^']*' argument '(.*?)' is invalid\. Allowed choices are (.+)\./,
    "« $2 » n’est pas un choix de $1 : $3",
  ],
  [/^option '(?:-\w, )?(--\S+)[^']*' argument '(.*?)' is invalid\. (.+)/, "$1 « $2 » : $3"],
  [/^option '(--\S+)' cannot be used without '(--\S+)'/, "$1 ne sert qu’avec $2"],
  [/^required option '(?:-\w, )?(--\S+)[^']*' not specified/, "il manque l’option « $1 »"],
  [
    /^too many arguments(?: for '(.+?)')?\. Expected (\d+) arguments? but got (\d+).*/,
    "trop d’arguments : $3 au lieu de $2",
  ],
];

/** A complaint of the argument parser in the operator's language; one that is not known is given as it is. */
export function inFrench(text: string): string {
  const [first = "", ...rest] = text.replace(/^error: /, "").split("\n");
  const found = SENTENCES.find(([pattern]) => pattern.test(first));
  const sentence = found === undefined ? first : first.replace(found[0], found[1]);
  const hint = rest.join("\n").replace(/\(Did you mean (?:one of )?(.+?)\?\)/, "    → vouliez-vous dire $1 ?");
  return `erreur : ${sentence}\n${hint === "" ? "    → constat --help\n" : hint}`;
}
