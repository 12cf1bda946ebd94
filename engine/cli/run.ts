import { type Reopened, type RunFolder, writeManifest } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { EventBody, RunFinished } from "../model/event.ts";
import { REPORTERS, type Reporter, type ReporterName, shieldedReporters } from "../reporters/index.ts";
import { type EarlierRun, executePlan, maskRules, type RunContext } from "../run/index.ts";
import type { ReporterChoice } from "./argument-values.ts";
import { type Composition, compose, openOperator, openPerson } from "./compose.ts";
import { createConfirm } from "./confirm.ts";
import { deliver } from "./deliver.ts";
import { earlierRun } from "./earlier-run.ts";
import { EXIT, type ExitCode, worstOf } from "./exit-code.ts";
import { type Interrupts, onInterrupt } from "./interrupt.ts";
import { newRunFolder } from "./new-run-folder.ts";
import { operatorHere } from "./operator-here.ts";
import { type Prepared, preparePlan, type Selection } from "./prepare-plan.ts";
import { openReporterFiles } from "./reporter-files.ts";
import { resumeRun } from "./resume-run.ts";
import { keepSources, refuseSameNames, runStarted } from "./run-started.ts";
import { openSealing, type Sealing, type SealOptions } from "./sealing.ts";
import { learnSecrets, printMissingCredentials } from "./secrets-needed.ts";
import { isSleepingLab, refuseSleepingLab } from "./sleeping-lab.ts";
import { isStepwise, openStepSession, type Steering, type StepSession } from "./step/session.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export interface RunOptions extends Selection, SealOptions {
  readonly output: string;
  readonly run?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly report: boolean;
  readonly seal: boolean;
  /** What the terminal shows; plain lines when undefined and nobody is taken through the steps. */
  readonly reporter?: ReporterName | undefined;
  /** Views that are written to files. */
  readonly reporterFiles: readonly Required<ReporterChoice>[];
  /** Whether a person takes it through its steps; as the terminal has it when undefined. */
  readonly step?: boolean | undefined;
  /** A run to go on with, the newest when it is true. */
  readonly resume?: string | true | undefined;
  /** An earlier run whose figures may fill what cannot be seen any more. */
  readonly reuse?: string | undefined;
}

/** `constat run`: executes the plan, keeps what came back, renders the report. */
export async function run(paths: readonly string[], options: RunOptions, given: Terminal): Promise<ExitCode> {
  const session = isStepwise(options, given) ? openStepSession(given) : undefined;
  try {
    return await runWith(paths, options, session?.terminal ?? given, session);
  } finally {
    session?.close();
  }
}

async function runWith(
  paths: readonly string[],
  options: RunOptions,
  terminal: Terminal,
  session: StepSession | undefined,
): Promise<ExitCode> {
  const operator = await openOperator(options.pictures, terminal, session?.alone);
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
    person: openPerson(terminal, session?.alone),
    warn: (text) => terminal.err(`${text}\n`),
  });
  const interrupts = onInterrupt(terminal, undefined, session?.interrupt);
  try {
    const resumed =
      options.resume === undefined
        ? undefined
        : await resumeRun(options.resume, { output: options.output, prepared, signs: sealing?.signer !== undefined });
    const folder = resumed?.folder ?? (await newRunFolder(options.output, options.run, transports.clock.now()));
    if (folder.latestFailure !== undefined)
      terminal.err(`« latest » n’a pas pu être mis à jour : ${folder.latestFailure}\n`);
    const surroundings = { options, terminal, transports, interrupts, sealing };
    const execution = { ...surroundings, prepared, earlier, session, resumed, views: files.reporters };
    const code = await executeInto(folder, execution).finally(() => files.finish(folder.folder, terminal));
    // Events alone go to standard output when another program reads them.
    const beside = options.reporter === "json" ? { ...terminal, out: terminal.err } : terminal;
    const report = options.report && code !== EXIT.interrupted;
    return worstOf([
      code,
      await deliver(folder.folder, { ...surroundings, report, tsa: options.tsa, terminal: beside }),
    ]);
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
  readonly session: StepSession | undefined;
  readonly resumed: Reopened | undefined;
  /** Views that go to files. */
  readonly views: readonly Reporter[];
}

/** Executes the plan into the folder and closes it, with a manifest: from then on the evidence stands by itself. */
async function executeInto(folder: RunFolder, execution: Execution): Promise<ExitCode> {
  const { prepared, options, terminal, transports, interrupts, earlier, sealing, session, resumed, views } = execution;
  const { clock, redactor, secret, ports, pins, firstContacts } = transports;
  let reporter: Reporter | undefined;
  const declined = new Set<string>();
  const note = (body: EventBody): void => {
    if (body.type !== "step-finished") return;
    const { outcome } = body;
    if (outcome.status === "skipped" && outcome.because === "declined") declined.add(body.step);
    else declined.delete(body.step);
  };
  resumed?.events.forEach(note);
  const emit = async (body: EventBody): Promise<void> => {
    note(body);
    const event = await folder.append(body, clock.now());
    reporter?.event(event);
  };
  const by = operatorHere();
  const steering = await session?.begin({
    ...{ plan: prepared.plan, inventory: prepared.inventory, output: options.output },
    mask: (text, step) => redactor.text(text, maskRules(step).rules).text,
    record: async (step, choice) => {
      await emit({ type: "operator-decided", step: step.id, by, choice });
      await folder.commit();
    },
  });
  const { out: write, language } = terminal;
  const view = steering?.reporter ?? REPORTERS[options.reporter ?? "ligne"]({ write, language });
  reporter = shieldedReporters([view, ...views], (error) =>
    terminal.err(`Un affichage a échoué et est arrêté : ${String(error)}\n`),
  );
  try {
    await learnSecrets(prepared, secret, interrupts.first, terminal);
    if (resumed === undefined) {
      await keepSources(folder, prepared);
      await emit(await runStarted(folder.run, prepared, sealing?.key.fingerprint));
    } else {
      reporter.resumed?.(resumed.events);
      await emit({ type: "run-resumed", by, cut: resumed.cut });
    }
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
        confirm: confirmWith(execution, steering?.pilot),
        emit,
        live: (text) => reporter?.live(text),
        pilot: steering?.pilot,
      },
      earlier,
      resumed,
    );
    const { counts, placeholders, interrupted } = finished;
    await folder.finish({ run: folder.run, engine: begunBy(resumed), counts, placeholders, interrupted });
    await writeManifest(folder.folder);
    if (placeholders.filled < placeholders.expected && counts.skipped > 0 && earlier === undefined) {
      terminal.err(
        "Des figures montrent un état qui n’est plus visible : --reuse <exécution> reprend celles d’une exécution antérieure.\n",
      );
    }
    if (interrupted) terminal.err(`Pour reprendre là : la même commande avec --resume ${folder.run}\n`);
    return worstOf([codeOf(finished), declined.size > 0 ? EXIT.failed : EXIT.ok]);
  } catch (error) {
    terminal.err(`L’exécution s’est arrêtée ; ce qui était écrit est conservé dans ${folder.folder}\n`);
    throw error;
  } finally {
    await folder.abandon();
  }
}

/** `--yes` answers beforehand; else the person at the controls, or who sits at the terminal. */
function confirmWith(
  { options, terminal }: Execution,
  pilot: Pick<Steering["pilot"], "confirm"> | undefined,
): RunContext["confirm"] {
  if (options.yes === true || pilot === undefined) return createConfirm(options.yes === true, terminal);
  return (step, question, signal) => pilot.confirm(step, question, signal);
}

/** The engine that the journal names: a run keeps it, whichever goes on with it. */
function begunBy(resumed: Reopened | undefined): string {
  return resumed?.events.find((event) => event.type === "run-started")?.engine.version ?? VERSION;
}

function codeOf({ counts, placeholders, interrupted }: RunFinished): ExitCode {
  const codes: ExitCode[] = [];
  if (interrupted) codes.push(EXIT.interrupted);
  if (counts.errored > 0) codes.push(EXIT.environment);
  if (counts.failed + counts.blocked > 0) codes.push(EXIT.failed);
  if (placeholders.filled < placeholders.expected) codes.push(EXIT.incomplete);
  return worstOf(codes);
}
