import { openRun, type RunFolder, sweepForSecrets, writeManifest } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { EventBody, RunFinished } from "../model/event.ts";
import { REPORTERS, type Reporter, type ReporterName, shieldedReporters } from "../reporters/index.ts";
import { type EarlierRun, executePlan } from "../run/index.ts";
import type { ReporterChoice } from "./argument-values.ts";
import { type Composition, compose, openOperator, openPerson } from "./compose.ts";
import { createConfirm } from "./confirm.ts";
import { earlierRun } from "./earlier-run.ts";
import { EXIT, type ExitCode, worstOf } from "./exit-code.ts";
import { type Interrupts, onInterrupt } from "./interrupt.ts";
import { newRunFolder } from "./new-run-folder.ts";
import { type Prepared, preparePlan, type Selection } from "./prepare-plan.ts";
import { renderReport } from "./report.ts";
import { openReporterFiles } from "./reporter-files.ts";
import { keepSources, refuseSameNames, runStarted } from "./run-started.ts";
import { openSealing, type Sealing, type SealOptions, sealFolder } from "./sealing.ts";
import { learnSecrets, printMissingCredentials } from "./secrets-needed.ts";
import { isSleepingLab, refuseSleepingLab } from "./sleeping-lab.ts";
import { stampAuthority } from "./stamp-authority.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export interface RunOptions extends Selection, SealOptions {
  readonly output: string;
  readonly run?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly report: boolean;
  readonly seal: boolean;
  /** What the terminal shows; plain lines when undefined. */
  readonly reporter?: ReporterName | undefined;
  /** Views that are written to files. */
  readonly reporterFiles: readonly Required<ReporterChoice>[];
  /** An earlier run whose figures may fill what cannot be seen any more. */
  readonly reuse?: string | undefined;
}

/** `constat run`: executes the plan, keeps what came back, renders the report. */
export async function run(paths: readonly string[], options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const operator = await openOperator(options.pictures, terminal);
  const prepared = await preparePlan(paths, options, terminal, operator);
  if (prepared === undefined) return EXIT.author;
  if (isSleepingLab(prepared)) refuseSleepingLab(prepared.inventory);
  if (printMissingCredentials(prepared, terminal) > 0) return EXIT.author;
  refuseSameNames(prepared);
  const sealing = options.seal ? await openSealing(options, terminal) : undefined;
  const earlier = options.reuse === undefined ? undefined : await earlierRun(options.reuse, prepared.inventory);
  const files = await openReporterFiles(options.reporterFiles);
  const transports = compose(prepared.inventory, {
    operator,
    person: openPerson(terminal),
    warn: (text) => terminal.err(`${text}\n`),
  });
  const interrupts = onInterrupt(terminal);
  try {
    const folder = await newRunFolder(options.output, options.run, transports.clock.now());
    if (folder.latestFailure !== undefined)
      terminal.err(`« latest » n’a pas pu être mis à jour : ${folder.latestFailure}\n`);
    const surroundings = { options, terminal, transports, interrupts, sealing };
    const code = await executeInto(folder, { ...surroundings, prepared, earlier, views: files.reporters }).finally(() =>
      files.finish(folder.folder, terminal),
    );
    return worstOf([code, await deliver(folder.folder, surroundings)]);
  } finally {
    interrupts.release();
    await transports.close();
  }
}

interface Surroundings {
  readonly options: RunOptions;
  readonly terminal: Terminal;
  readonly transports: Composition;
  readonly interrupts: Interrupts;
  /** Undefined when nothing is to be sealed. */
  readonly sealing: Sealing | undefined;
}

interface Execution extends Surroundings {
  readonly prepared: Prepared;
  readonly earlier: EarlierRun | undefined;
  /** Views that go to files. */
  readonly views: readonly Reporter[];
}

/** Executes the plan into the folder and closes it, with a manifest: from then on the evidence stands by itself. */
async function executeInto(folder: RunFolder, execution: Execution): Promise<ExitCode> {
  const { prepared, options, terminal, transports, interrupts, earlier, sealing, views } = execution;
  const { clock, redactor, secret, ports, pins, firstContacts } = transports;
  const reporter = shieldedReporters(
    [REPORTERS[options.reporter ?? "ligne"]({ write: terminal.out, language: terminal.language }), ...views],
    (error) => terminal.err(`Un affichage a échoué et est arrêté : ${String(error)}\n`),
  );
  let declined = false;
  const emit = async (body: EventBody): Promise<void> => {
    declined ||=
      body.type === "step-finished" && body.outcome.status === "skipped" && body.outcome.because === "declined";
    reporter.event(await folder.append(body, clock.now()));
  };
  try {
    await learnSecrets(prepared, secret, interrupts.first, terminal);
    await keepSources(folder, prepared);
    await emit(await runStarted(folder.run, prepared, sealing?.key.fingerprint));
    await folder.commit();
    const finished = await executePlan(
      {
        plan: prepared.plan,
        inventory: prepared.inventory,
        kinds: KINDS,
        ports,
        pins,
        firstContacts,
        folder,
        clock,
        redactor,
        signal: interrupts.first,
        cleanupSignal: interrupts.second,
        secret,
        confirm: createConfirm(options.yes === true, terminal),
        emit,
        live: (text) => reporter.live(text),
      },
      earlier,
    );
    const { counts, placeholders, interrupted } = finished;
    await folder.finish({ run: folder.run, engine: VERSION, counts, placeholders, interrupted });
    await writeManifest(folder.folder);
    if (placeholders.filled < placeholders.expected && counts.skipped > 0 && earlier === undefined) {
      terminal.err(
        "Des figures montrent un état qui n’est plus visible : --reuse <exécution> reprend celles d’une exécution antérieure.\n",
      );
    }
    return worstOf([codeOf(finished), declined ? EXIT.failed : EXIT.ok]);
  } catch (error) {
    terminal.err(`L’exécution s’est arrêtée ; ce qui était écrit est conservé dans ${folder.folder}\n`);
    throw error;
  } finally {
    await folder.abandon();
  }
}

/** What a rendering writes into the folder. */
const RENDERED = ["data/rapport.html", "data/rapport.pdf"];

/** Renders the report of a finished run and seals all of it, unless a secret is left in it. What fails here is told; the evidence stays as it is. */
async function deliver(folder: string, surroundings: Surroundings): Promise<ExitCode> {
  const { options, terminal, transports, interrupts, sealing } = surroundings;
  if (await holdsSecrets(folder, transports, terminal)) return EXIT.environment;
  // Events alone go to standard output when another program reads them.
  const beside = options.reporter === "json" ? { ...terminal, out: terminal.err } : terminal;
  let code: ExitCode = EXIT.ok;
  try {
    if (options.report && !interrupts.first.aborted) code = await rendered(folder, beside, interrupts);
  } finally {
    // Evidence without a report is sealed all the same, also when the run was interrupted.
    if (await holdsSecrets(folder, transports, terminal, RENDERED)) code = EXIT.environment;
    else if (sealing !== undefined) await sealDelivery(folder, sealing, { ...surroundings, terminal: beside });
  }
  return code;
}

async function rendered(folder: string, terminal: Terminal, interrupts: Interrupts): Promise<ExitCode> {
  try {
    return await renderReport(folder, {}, terminal, interrupts.first);
  } catch (error) {
    if (interrupts.first.aborted) return EXIT.interrupted;
    terminal.err(
      `Le rapport n’a pas pu être rendu ; les preuves sont dans ${folder}, et « constat report ${folder} » le refera.\n`,
    );
    throw error;
  }
}

async function sealDelivery(
  folder: string,
  sealing: Sealing,
  { options, terminal, interrupts }: Surroundings,
): Promise<void> {
  const { events } = await openRun(folder);
  const authority = await stampAuthority(options.tsa, folder, events);
  await sealFolder(folder, { ...sealing, authority }, terminal, interrupts.second);
}

/** Whether a known secret is left, told with its name and the files that hold it. */
async function holdsSecrets(
  folder: string,
  { redactor }: Composition,
  terminal: Terminal,
  only?: readonly string[],
): Promise<boolean> {
  const left = await sweepForSecrets(folder, redactor, only);
  for (const { subject, text, remedy } of left)
    terminal.err(`${subject} : ${text} Rien n’est livré.\n    → ${remedy}\n`);
  return left.length > 0;
}

function codeOf({ counts, placeholders, interrupted }: RunFinished): ExitCode {
  const codes: ExitCode[] = [];
  if (interrupted) codes.push(EXIT.interrupted);
  if (counts.errored > 0) codes.push(EXIT.environment);
  if (counts.failed + counts.blocked > 0) codes.push(EXIT.failed);
  if (placeholders.filled < placeholders.expected) codes.push(EXIT.incomplete);
  return worstOf(codes);
}
