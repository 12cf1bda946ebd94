import { counted } from "../base/counted.ts";
import type { Json } from "../base/json.ts";
import type { TextDifference } from "../compare/index.ts";
import { figureDiffers } from "./compare-runs.ts";
import { sourceDiffers } from "./compare-sources.ts";
import type { AnswerDifference, Compared, FigureDifference, RunDifference, Side, StepDetail } from "./difference.ts";
import { briefText } from "./visible-text.ts";
import { FIGURE_WORDS, momentWords, pixelWords, STEP_WORDS, shareWords, verdictWords } from "./words.ts";

/** So many of each list are printed; the page and `--json` hold all. */
const MOST = 15;
const MOST_LINES = 4;
const WIDTH = 150;

/** The comparison for a terminal: what differs, most telling first, long lists cut with a word about it. */
export function summaryText(difference: RunDifference): string {
  const { before, after, facts, sources, steps, answers, figures } = difference;
  const counting = facts.filter(({ counts }) => counts);
  const sections = [
    `Ancienne : ${sideWords(before)}\nNouvelle : ${sideWords(after)}\n`,
    ...(after.startedAt < before.startedAt ? ["Note : la « nouvelle » a commencé avant l’« ancienne ».\n"] : []),
    ...damageText("ancienne", before),
    ...damageText("nouvelle", after),
    list("Contexte", counting, ({ fact, before: old, after: now }) => `${fact} : ${brief(old)} → ${brief(now)}`),
    list("Sources", sources.filter(sourceDiffers), ({ file, status, text, reason }) =>
      text === null
        ? `${file} : ${status === "new" ? "nouvelle" : status === "gone" ? "disparue" : reason}`
        : `${file} : ${text.removed} − ${text.added} +`,
    ),
    list("Étapes", steps, ({ step, status, details }) =>
      [`#${step} : ${STEP_WORDS[status]}`, ...details.flatMap(detailLines)].join("\n"),
    ),
    list(
      "Réponses",
      answers.filter(({ differs }) => differs),
      answerText,
    ),
    list("Figures", figures.filter(figureDiffers), figureText),
  ];
  return `${sections.filter((section) => section !== "").join("\n")}\n${verdictWords(difference)}\n`;
}

function sideWords({ run, startedAt, finishedAt }: Side): string {
  return `${run} (${momentWords(startedAt)}${finishedAt === null ? ", inachevée" : ""})`;
}

function damageText(which: string, { damage }: Side): readonly string[] {
  return damage.length === 0
    ? []
    : [list(`Preuves abîmées (${which})`, damage, ({ subject, text, rule }) => `${subject} : ${text} [${rule}]`)];
}

function list<T>(title: string, items: readonly T[], text: (item: T) => string): string {
  if (items.length === 0) return "";
  const lines = items.slice(0, MOST).map((item) => `  ${text(item).replaceAll("\n", "\n  ")}`);
  const rest = items.length > MOST ? [`  … et ${items.length - MOST} de plus (page HTML, ou --json)`] : [];
  return `${title} : ${counted(items.length, "différence")}\n${[...lines, ...rest].join("\n")}\n`;
}

function detailLines({ what, before, after, text }: StepDetail): readonly string[] {
  if (text === null) return [`    ${what} : ${brief(before)} → ${brief(after)}`];
  return [`    ${what} :`, ...fewLines(textLines(text), "      ")];
}

function answerText({ step, target, role, compared }: AnswerDifference): string {
  return [`#${step} sur ${target}, ${role}`, ...fewLines(changedLines(compared), "    ")].join("\n");
}

function fewLines(lines: readonly string[], indent: string): readonly string[] {
  const shown = lines.slice(0, MOST_LINES).map((line) => `${indent}${briefText(line, WIDTH)}`);
  return lines.length <= MOST_LINES ? shown : [...shown, `${indent}… ${counted(lines.length - MOST_LINES, "autre")}`];
}

function textLines({ lines }: TextDifference): readonly string[] {
  return lines.flatMap(({ mark, text }) => (mark === "-" ? [`− ${text}`] : mark === "+" ? [`+ ${text}`] : []));
}

/** What differs between two answers, a line each. */
export function changedLines(compared: Compared): readonly string[] {
  switch (compared.type) {
    case "text":
      return textLines(compared.difference);
    case "data":
      return compared.changes.flatMap((change) => {
        if (change.rule !== undefined) return [];
        const old = change.change === "added" ? "—" : value(change.before);
        return [`${change.path} : ${old} → ${change.change === "removed" ? "—" : value(change.after)}`];
      });
    case "uncompared":
      return [`non comparée : ${compared.reason}`];
    case "only":
      return [compared.side === "before" ? "seulement dans l’ancienne" : "seulement dans la nouvelle"];
  }
}

/** A figure and how it differs. */
export function figureText({ caption, status, picture, notes }: FigureDifference): string {
  const parts = [
    ...(picture?.status === "compared"
      ? [`${pixelWords(picture.pixels)} (${shareWords(picture.share)}), ${counted(picture.regions.length, "zone")}`]
      : []),
    ...(picture?.status === "uncompared" ? [picture.reason] : []),
    ...notes,
  ];
  return `« ${caption} » : ${[FIGURE_WORDS[status], ...parts].join(" ; ")}`;
}

function brief(text: string): string {
  return text === "" ? "—" : briefText(text, 60);
}

function value(json: Json): string {
  return briefText(typeof json === "string" ? json : JSON.stringify(json), 60);
}
