import { stat } from "node:fs/promises";
import { join } from "node:path";
import { auditRun, obstaclesToSeal } from "../audit/index.ts";
import { systemClock } from "../base/clock.ts";
import { counted } from "../base/counted.ts";
import { ProblemError } from "../base/problem.ts";
import { addToRun, openRun } from "../evidence/index.ts";
import type { FigureGiven } from "../model/event.ts";
import { againSealing } from "./again-sealing.ts";
import { attest } from "./capture/attest.ts";
import { type Choice, chosenFromFolder, chosenPicture, isFolderOfPictures } from "./capture/chosen-pictures.ts";
import { givenFigure, readyPicture } from "./capture/given-figure.ts";
import { capturePlaces } from "./capture/places.ts";
import { EXIT, type ExitCode, worstOf } from "./exit-code.ts";
import { type Interrupts, onInterrupt } from "./interrupt.ts";
import { operatorHere } from "./operator-here.ts";
import { refuseSecrets } from "./recorded-secrets.ts";
import { renderReport } from "./report.ts";
import { runPath } from "./run-path.ts";
import { type SealOptions, sealFolder } from "./sealing.ts";
import type { Terminal } from "./terminal.ts";

export interface CaptureAddOptions extends SealOptions {
  readonly run: string;
  readonly origin: string;
  readonly chapter?: number | undefined;
  readonly replace?: boolean | undefined;
  readonly yes?: boolean | undefined;
  readonly report: boolean;
}

/** `constat capture add`: pictures that exist already become evidence of a person, in a run that has ended. */
export async function captureAdd(
  given: readonly [string, string | undefined],
  options: CaptureAddOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const path = await runPath(options.run);
  const interrupts = onInterrupt(terminal, "rien d’autre n’est ajouté.");
  try {
    const choice = await choose(given, path, options);
    for (const { text } of choice.aside) terminal.err(`Laissée de côté — ${text}\n`);
    const wrong = choice.aside.some((each) => each.wrong) ? EXIT.author : EXIT.ok;
    if (choice.chosen.length === 0) {
      terminal.err("Rien à ajouter.\n");
      return wrong;
    }
    return worstOf([wrong, await add(path, choice, options, { terminal, interrupts })]);
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    interrupts.release();
  }
}

async function choose(
  [first, picture]: readonly [string, string | undefined],
  path: string,
  { chapter, replace = false }: CaptureAddOptions,
): Promise<Choice> {
  const places = capturePlaces((await openRun(path)).events);
  const wanted = { chapter, replace };
  if (picture !== undefined) return { chosen: [chosenPicture(places, first, picture, wanted)], aside: [] };
  if (await isFolderOfPictures(first)) return await chosenFromFolder(places, first, wanted);
  throw new ProblemError("CAPTURE_PATH", `${first} est une image, et rien ne dit quelle capture elle remplit.`, {
    scope: "author",
    hint: "Donnez d’abord la légende, ou le numéro : constat capture add 12 photo.png.",
  });
}

interface Beside {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
}

/** Everything that can be refused is refused before the first byte is written. */
async function add(
  path: string,
  { chosen }: Choice,
  options: CaptureAddOptions,
  { terminal, interrupts }: Beside,
): Promise<ExitCode> {
  const origin = options.origin.trim();
  if (origin === "")
    throw new ProblemError("CAPTURE_ORIGIN", "L’origine des images est vide.", {
      scope: "author",
      hint: "Dites en quelques mots d’où elles viennent : --origin « photographiée par A. B. le 12 mars ».",
    });
  await refuseBroken(path);
  const ready = await Promise.all(chosen.map(readyPicture));
  const again = await againSealing(path, options, terminal);
  const attestation = await attest(chosen, options.yes === true, terminal, interrupts.first);
  if (attestation === undefined) {
    terminal.err("Sans attestation, rien n’est ajouté.\n");
    return EXIT.failed;
  }
  const words: Pick<FigureGiven, "by" | "origin" | "attestation"> = {
    by: operatorHere(),
    origin,
    attestation,
  };
  await addToRun(path, async (addition) => {
    for (const picture of ready) {
      await addition.append(await givenFigure(picture, words, addition), systemClock.now());
      const { place, name, read } = picture;
      const without = read.removed.length === 0 ? "" : ` (sans ${read.removed.join(", ")})`;
      terminal.out(`n° ${place.number}, « ${place.caption} » : ${name}${without}\n`);
    }
  });
  terminal.out(`${counted(ready.length, "image")} dans ${path}.\n`);
  const stale = !options.report && (await hasReport(path));
  if (stale)
    terminal.err(
      `Le rapport de ${path} ne montre pas encore ce qui est ajouté : « constat report ${path} » le refait, et scelle l’exécution de nouveau si elle l’était.\n`,
    );
  const code = options.report ? await renderReport(path, {}, terminal, interrupts.first) : EXIT.ok;
  // A report of the time before is not sealed with evidence that it does not show.
  if (again === undefined || stale) return code;
  await refuseSecrets(again.folder, terminal, interrupts.second);
  await sealFolder(again.folder, again.sealing, terminal, interrupts.second);
  return code;
}

async function hasReport(path: string): Promise<boolean> {
  const found = await stat(join(path, "data", "rapport.pdf")).catch(() => undefined);
  return found !== undefined;
}

/** Nothing is added to evidence that does not hold; a report that is behind is made again. */
async function refuseBroken(path: string): Promise<void> {
  const [first] = obstaclesToSeal((await auditRun(path)).findings).filter(({ rule }) => !rule.startsWith("report-"));
  if (first === undefined) return;
  throw new ProblemError("CAPTURE_BROKEN", `Les preuves ne sont plus intactes (${first.subject} : ${first.text})`, {
    scope: "environment",
    hint: `Rien ne s’y ajoute. « constat audit ${path} » dit tout ce qui a changé.`,
  });
}
