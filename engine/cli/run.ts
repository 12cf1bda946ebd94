import { hostname, userInfo } from "node:os";
import { auditRun } from "../audit/index.ts";
import { sha256 } from "../base/digest.ts";
import { ProblemError } from "../base/problem.ts";
import { createRunFolder, openRun, writeManifest } from "../evidence/index.ts";
import { KINDS } from "../kinds/index.ts";
import type { RunFinished, RunStarted } from "../model/event.ts";
import { REPORTERS, type ReporterName, shieldedReporters } from "../reporters/index.ts";
import { type EarlierRun, executePlan, type RunContext } from "../run/index.ts";
import { compose, openOperator } from "./compose.ts";
import { createConfirm } from "./confirm.ts";
import { EXIT, type ExitCode, worstOf } from "./exit-code.ts";
import { onInterrupt } from "./interrupt.ts";
import { type Prepared, preparePlan, type Selection } from "./prepare-plan.ts";
import { renderReport } from "./report.ts";
import type { Terminal } from "./terminal.ts";
import { VERSION } from "./version.ts";

export interface RunOptions extends Selection {
  readonly output: string;
  readonly run?: string | undefined;
  readonly yes?: boolean | undefined;
  readonly report: boolean;
  readonly reporter: ReporterName;
  /** An earlier run whose figures may fill what cannot be seen any more. */
  readonly reuse?: string | undefined;
}

/** `constat run`: executes the plan, keeps what came back, renders the report. */
export async function run(paths: readonly string[], options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const operator = await openOperator(options.pictures, terminal);
  const prepared = await preparePlan(paths, options, terminal, operator);
  if (prepared === undefined) return EXIT.author;
  const earlier = options.reuse === undefined ? undefined : await earlierRun(options.reuse);
  const transports = compose(prepared.inventory, operator, (text) => terminal.err(`${text}\n`));
  const { clock, redactor } = transports;
  const reporter = shieldedReporters([REPORTERS[options.reporter]({ write: terminal.out })], (error) =>
    terminal.err(`Un affichage a échoué et est arrêté : ${String(error)}\n`),
  );
  const folder = await createRunFolder(options.output, options.run ?? runId(clock.now()));
  const interrupts = onInterrupt(terminal);
  let finished: RunFinished;
  try {
    const emit = async (body: Parameters<typeof folder.append>[0]): Promise<void> => {
      reporter.event(await folder.append(body, clock.now()));
    };
    await keepSources(folder, prepared);
    await emit(started(folder.run, prepared));
    await folder.commit();
    const context: RunContext = {
      plan: prepared.plan,
      inventory: prepared.inventory,
      kinds: KINDS,
      ports: transports.ports,
      pins: transports.pins,
      folder,
      clock,
      redactor,
      signal: interrupts.first,
      cleanupSignal: interrupts.second,
      secret: transports.secret,
      confirm: createConfirm(options.yes === true, terminal),
      emit,
      live: (text) => reporter.live(text),
    };
    finished = await executePlan(context, earlier);
    await folder.finish({
      run: folder.run,
      engine: VERSION,
      counts: finished.counts,
      placeholders: finished.placeholders,
      interrupted: finished.interrupted,
    });
  } catch (error) {
    await folder.abandon();
    throw error;
  } finally {
    interrupts.release();
    await transports.close();
  }
  const codes = [codeOf(finished)];
  if (options.report && !finished.interrupted) codes.push(await renderReport(folder.folder, {}, terminal));
  await writeManifest(folder.folder);
  return worstOf(codes);
}

/** Only evidence that holds is taken over: a changed run is refused. */
async function earlierRun(path: string): Promise<EarlierRun> {
  const { findings } = await auditRun(path);
  const broken = findings.filter(({ severity, rule }) => severity === "error" && rule !== "step-not-passed");
  const record = await openRun(path);
  const head = record.journal.lines.at(-1)?.sha256;
  if (broken.length === 0 && head !== undefined) return { record, head };
  throw new ProblemError("REUSE_BROKEN", `Les preuves de ${record.run} ne sont plus intactes : rien n’en est repris.`, {
    scope: "environment",
    hint: `« constat audit ${path} » dit ce qui a changé.`,
  });
}

async function keepSources(folder: Awaited<ReturnType<typeof createRunFolder>>, prepared: Prepared): Promise<void> {
  for (const { file, source } of prepared.plan.runbooks) await folder.keepSource(baseName(file), source);
  await folder.keepSource("rapport.yaml", prepared.reportSettings.text);
  await folder.keepSource("inventaire.yaml", String(prepared.inventoryFile.value));
}

function started(id: string, { plan, inventory, inventoryFile, reportSettings }: Prepared): RunStarted {
  return {
    type: "run-started",
    run: id,
    engine: {
      name: "constat",
      version: VERSION,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    },
    operator: { user: userInfo().username, host: hostname() },
    inventory: {
      file: inventory.file,
      name: inventory.name,
      source: { file: "inventaire.yaml", sha256: sha256(String(inventoryFile.value)) },
      simulated: inventory.simulated ?? null,
      timeScale: inventory.timeScale,
    },
    runbooks: plan.runbooks.map(({ file, sha256: digest, chapter, title }) => ({
      file: baseName(file),
      sha256: digest,
      chapter,
      title,
    })),
    settings: { file: "rapport.yaml", sha256: sha256(reportSettings.text) },
    scope: plan.scope,
    steps: plan.steps.map(({ id: step, block, targets, fills }) => ({
      step,
      kind: block.kind,
      role: block.role,
      chapter: block.chapter,
      targets,
      fills: fills ?? null,
      file: baseName(block.place.file),
      line: block.place.line,
    })),
    placeholders: plan.placeholders.map(({ placeholder, candidates, chosen }) => ({
      id: placeholder.id,
      caption: placeholder.caption,
      chapter: placeholder.chapter,
      candidates,
      chosen: chosen ?? null,
    })),
  };
}

function codeOf({ counts, placeholders, interrupted }: RunFinished): ExitCode {
  const codes: ExitCode[] = [];
  if (interrupted) codes.push(EXIT.interrupted);
  if (counts.errored > 0) codes.push(EXIT.environment);
  if (counts.failed + counts.blocked > 0) codes.push(EXIT.failed);
  if (placeholders.filled < placeholders.expected) codes.push(EXIT.incomplete);
  return worstOf(codes);
}

/** Names sort by time: `2026-11-23T04-05-06Z`. */
function runId(now: Date): string {
  return `${now.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
