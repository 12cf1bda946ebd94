import { InvalidArgumentError } from "commander";
import type { FormatName } from "../export/index.ts";
import type { ReporterName } from "../reporters/index.ts";

/** An option that can be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Those of the export room, named here so that `--help` need not load it. */
export const FORMAT_NAMES = [
  "junit",
  "ctrf",
  "hdf",
  "oscal",
  "ro-crate",
  "markdown",
  "sarif",
] as const satisfies readonly FormatName[];

/** Names of export formats, several in one word with commas. Throws InvalidArgumentError. */
export function formats(value: string, previous: readonly FormatName[] = []): readonly FormatName[] {
  const found = value.split(",").map((word) => {
    const name = FORMAT_NAMES.find((each) => each === word.trim().toLowerCase());
    if (name === undefined)
      throw new InvalidArgumentError(`l’un de ces formats est attendu : ${FORMAT_NAMES.join(", ")}.`);
    return name;
  });
  return [...previous, ...found];
}

/** A view of a run, on the terminal or in a file; those that sum up a whole run are files only. */
export interface ReporterChoice {
  readonly view: ReporterName | "junit" | "markdown";
  readonly file?: string;
}

/** Views that can go to the terminal, and those that are files alone. */
export const SCREEN_VIEWS = ["ligne", "detail", "json", "github"] as const satisfies readonly ReporterName[];
const FILE_VIEWS = ["junit", "markdown"] as const;

/** `ligne`, or `junit=resultats.xml`. Throws InvalidArgumentError. */
export function reporter(value: string, previous: readonly ReporterChoice[] = []): readonly ReporterChoice[] {
  const [, name = "", file] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? [];
  const view = [...SCREEN_VIEWS, ...FILE_VIEWS].find((each) => each === name);
  if (view === undefined || file === "" || (file === undefined && !isScreenView(view)))
    throw new InvalidArgumentError(
      view === undefined
        ? `Allowed choices are ${[...SCREEN_VIEWS, ...FILE_VIEWS.map((each) => `${each}=<fichier>`)].join(", ")}.`
        : `donnez un fichier : ${view}=<fichier>.`,
    );
  return [...previous, file === undefined ? { view } : { view, file }];
}

/** The view of the terminal (the last one given), and those that go to files. */
export function splitReporters(choices: readonly ReporterChoice[]): {
  readonly reporter: ReporterName | undefined;
  readonly reporterFiles: readonly Required<ReporterChoice>[];
} {
  const screen = choices.findLast(({ file }) => file === undefined)?.view;
  return {
    reporter: screen !== undefined && isScreenView(screen) ? screen : undefined,
    reporterFiles: choices.flatMap(({ view, file }) => (file === undefined ? [] : [{ view, file }])),
  };
}

function isScreenView(view: ReporterChoice["view"]): view is ReporterName {
  return (SCREEN_VIEWS as readonly string[]).includes(view);
}

/** From 0 to 100, a comma or a point in it. Throws InvalidArgumentError. */
export function percent(value: string): number {
  const number = numberOf(value.replace(/\s*%$/, ""));
  if (number === undefined || number > 100) throw new InvalidArgumentError("un pourcentage de 0 à 100 est attendu.");
  return number;
}

/** From 0 to 1. Throws InvalidArgumentError. */
export function fraction(value: string): number {
  const number = numberOf(value);
  if (number === undefined || number > 1) throw new InvalidArgumentError("un nombre de 0 à 1 est attendu.");
  return number;
}

function numberOf(value: string): number | undefined {
  return /^\d+(?:[.,]\d+)?$/.test(value) ? Number(value.replace(",", ".")) : undefined;
}

/** A chapter as its runbook numbers it. Throws InvalidArgumentError. */
export function chapterNumber(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError("un numéro de chapitre est attendu.");
  return Number(value);
}

export function megabytes(value: string): number {
  const number = numberOf(value.replace(/\s*Mo$/i, ""));
  if (number === undefined) throw new InvalidArgumentError("un nombre de mégaoctets est attendu.");
  return number;
}
