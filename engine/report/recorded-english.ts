import { typeset } from "./typography.ts";

/** A sentence of the engine as runs record it, and its English; what stands in parentheses is data and stays. */
type Rule = readonly [pattern: RegExp, english: (...data: readonly string[]) => string];

/** Conditions that follow what they are about. */
const CONDITIONS: readonly Rule[] = [
  [/^égale à « ([\s\S]*) »$/u, (text) => `equal to “${text}”`],
  [/^égale à ([\s\S]*)$/u, (text) => `equal to ${text}`],
  [/^qui correspond(?:e)? à ([\s\S]*)$/u, (pattern) => `matching ${pattern}`],
  [/^de la forme « ([\s\S]*) »$/u, (shape) => `of the form “${shape}”`],
  [/^au moins ([\s\S]*)$/u, (least) => `at least ${least}`],
  [/^au plus ([\s\S]*)$/u, (most) => `at most ${most}`],
  [/^avec ([\s\S]*)$/u, (fields) => `with ${fields}`],
  [/^où ([\s\S]*)$/u, (fields) => `where ${fields}`],
];

const condition = (text: string): string => firstOf(CONDITIONS, text) ?? text;
const counted = (text: string): string =>
  text
    .replace(/^aucune$/u, "no")
    .replace(/^au moins une$/u, "at least one")
    .replace(/^une$/u, "a")
    .replace(/^au moins (\d+)$/u, "at least $1")
    .replace(/^au plus (\d+)$/u, "at most $1");
const many = (word: string, plural: string): string => (plural === "" ? word : `${word}s`);

const RULES: readonly Rule[] = [
  [/^(API \S+ : )(?=\S)([\s\S]*)$/u, (call, rest) => `${call.replace(" : ", ": ")}${inEnglish(rest)}`],
  [/^code de sortie (\d+)$/u, (code) => `exit code ${code}`],
  [/^code de sortie parmi ([\d, ]+)$/u, (codes) => `exit code among ${codes}`],
  [/^code (\d+)$/u, (code) => `exit ${code}`],
  [/^une réponse HTTP ([\s\S]*)$/u, (codes) => `an HTTP answer ${codes.replace(" ou ", " or ")}`],
  [
    /^(aucune|une|au moins une|(?:au (?:moins|plus) )?\d+) (valeur)(s?) dans (.+?)(?:,? ((?:égale à|qui corr|de la forme|au moins|au plus|avec|où) ?[\s\S]*))?$/u,
    (n, _word, s, path, rest = "") =>
      `${counted(n)} ${many("value", s)} in ${path}${rest === "" ? "" : ` ${condition(rest)}`}`,
  ],
  [
    /^(aucune|une|au moins une|(?:au (?:moins|plus) )?\d+) (ligne)(s?) ((?:égale|qui corr|de la forme|avec|où)[\s\S]*)$/u,
    (n, _word, s, rest) => `${counted(n)} ${many("line", s)} ${condition(rest)}`,
  ],
  [/^aucune valeur$/u, () => "no value"],
  [/^aucune sortie$/u, () => "no output"],
  [/^aucune réponse$/u, () => "no answer"],
  [/^aucune parmi (\d+) lignes?$/u, (n) => `none of ${n} lines`],
  [/^(\d+) lignes?$/u, (n) => `${n} ${n === "1" ? "line" : "lines"}`],
  [/^texte qui correspond à ([\s\S]*)$/u, (pattern) => `text matching ${pattern}`],
  [/^à l’écran, un texte qui corresponde à ([\s\S]*)$/u, (pattern) => `on the screen, a text matching ${pattern}`],
  [/^rien à l’écran qui corresponde à ([\s\S]*)$/u, (pattern) => `nothing on the screen matching ${pattern}`],
  [/^une tâche Redfish qui aboutit$/u, () => "a Redfish task that succeeds"],
  [/^une tâche Proxmox qui finit par OK$/u, () => "a Proxmox task that ends with OK"],
  [/^tâche finie : OK$/u, () => "task ended: OK"],
  [
    /^une interruption de « (.*) » d’au moins (.*) et d’au plus (.*)$/u,
    (of, least, most) => `an interruption of “${of}” of at least ${least} and at most ${most}`,
  ],
  [/^une interruption de « (.*) » d’au plus (.*)$/u, (of, most) => `an interruption of “${of}” of at most ${most}`],
  [
    /^aucune interruption vue, avec une mesure toutes les (.*)$/u,
    (every) => `no interruption seen, with a sample every ${every}`,
  ],
  [/^une image prise quand ([\s\S]*)$/u, (when) => `a picture taken when ${when}`],
  [/^l’arrêt quand ([\s\S]*)$/u, (when) => `the stop when ${when}`],
  [/^condition d’arrêt atteinte$/u, () => "stop condition met"],
  [/^fin de l’action et de sa vérification$/u, () => "end of the action and of its verification"],
  [
    /^image : ([\s\S]*?), entre (\+[\s\S]*) et (\+[\s\S]*)$/u,
    (what, from, to) => `picture: ${what}, between ${from} and ${to}`,
  ],
  [
    /^personne ne peut répondre ici ?: ni terminal, ni image préparée ; la capture « (.*) » est servie par #(\S+)$/u,
    (caption, step) =>
      `nobody can answer here: neither terminal nor prepared picture; the capture “${caption}” is served by #${step}`,
  ],
  [/^page photographiée$/u, () => "page photographed"],
  [/^écran photographié$/u, () => "screen photographed"],
  [
    /^ce site offre « (.*) » pour (\S+) : un autre bloc s’en charge$/u,
    (offer, node) => `this site offers “${offer}” for ${node}: another block does it`,
  ],
  [/^ce site n’offre pas « (.*) » pour (\S+)$/u, (offer, node) => `this site does not offer “${offer}” for ${node}`],
  [/^déjà satisfait : #(\S+) passe$/iu, (check) => `already satisfied: #${check} passes`],
  [
    /^Déjà satisfait : #(\S+) le confirme, rien n’a été fait\.$/u,
    (check) => `Already satisfied: #${check} confirms it, nothing was done.`,
  ],
  [/^attend #(\S+), qui a échoué$/u, (step) => `waits for #${step}, which failed`],
  [/^laboratoire simulé$/u, () => "simulated lab"],
  [/^champ (\S[\s\S]*?) = ([\s\S]*)$/u, (field, value) => `field ${field} = ${value}`],
  [/^(Interface web de Proxmox VE[\s\S]*)$/u, (text) => picture(text)],
  [
    /^Écran d(?:u serveur|e la machine virtuelle) ([\s\S]*)$/u,
    (text) =>
      `Screen of ${text
        .replace(/^(\d+) sur /u, "virtual machine $1 on ")
        .replace(". On y lit : ", ". It reads: ")
        .replace(/ ; /gu, "; ")}`,
  ],
];

/** A text that the run recorded in French, in English when it is one of the engine's own sentences; else as it is. */
export function inEnglish(text: string): string {
  const plain = text.replace(/[\u00a0\u202f](?=[:;!?»])|(?<=«)[\u00a0\u202f]/gu, " ");
  const known = firstOf(RULES, plain);
  if (known !== undefined) return typeset(known, "en", "title");
  const [, before = "", rest] = /^((?:[A-Z ]+ – )|(?:[\w-]+, [A-Z ]+: ))([\s\S]+)$/u.exec(plain) ?? [];
  return rest === undefined ? text : before + inEnglish(rest);
}

/** The keys of the report under which recorded sentences stand. */
const RECORDED = new Set(["expected", "obtained", "reason", "answer", "alternative", "simulated", "hint", "text"]);

/** A model with the recorded sentences of the engine in English; everything else is untouched. */
export function recordedInEnglish<T>(model: T): T {
  return walk(model, "") as T;
}

function walk(value: unknown, key: string): unknown {
  if (typeof value === "string") return RECORDED.has(key) ? inEnglish(value) : value;
  if (Array.isArray(value)) return value.map((each) => walk(each, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each, name)]));
}

function firstOf(rules: readonly Rule[], text: string): string | undefined {
  for (const [pattern, english] of rules) {
    const match = pattern.exec(text);
    if (match !== null) return english(...match.slice(1).map((each) => each ?? ""));
  }
  return undefined;
}

/** What a picture of the web interface shows; names and values are the interface's own. */
function picture(text: string): string {
  return text
    .replace(/^Interface web de (Proxmox VE(?: [\d.]+)?) sur /u, "Web interface of $1 on ")
    .replace(/, onglet « (.*?) »/gu, ", tab “$1”")
    .replace(/Fenêtre « (.*?) »\./gu, "Window “$1”.")
    .replace(/Champs : /gu, "Fields: ")
    .replace(
      /Tableau(?: « (.*?) »)?, (\d+) lignes? : /gu,
      (_all, name: string | undefined, n: string) =>
        `Table${name === undefined ? "" : ` “${name}”`}, ${n} ${n === "1" ? "line" : "lines"}: `,
    )
    .replace(
      /Tableau(?: « (.*?) »)? : vide\./gu,
      (_all, name: string | undefined) => `Table${name === undefined ? "" : ` “${name}”`}: empty.`,
    )
    .replace(/Mis en évidence : /gu, "Highlighted: ")
    .replace(/ ; /gu, "; ")
    .replace(/(?<=\w) : /gu, ": ");
}
