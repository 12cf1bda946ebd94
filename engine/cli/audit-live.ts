import { stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type AuditResult, auditRun, unpackBundle } from "../audit/index.ts";
import { ProblemError } from "../base/problem.ts";
import { askedChecks, compareRuns, driftOf, onlyAsked, writePage } from "../diff/index.ts";
import { openRun, type RunFolder, sweepForSecrets, writeAtomically, writeManifest } from "../evidence/index.ts";
import { livePlan } from "../live/index.ts";
import type { RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { Inventory } from "../model/inventory.ts";
import { type AuditOptions, sealWords, trustOf } from "./audit.ts";
import { type Composition, compose, openOperator, openPerson } from "./compose.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { ignoreChoice } from "./ignore-choice.ts";
import { type Interrupts, onInterrupt } from "./interrupt.ts";
import { executeLive, protect } from "./live-execution.ts";
import { isWrong, type LiveResult, liveJson, liveSarif, printLive } from "./live-result.ts";
import { type LiveSelection, liveSources } from "./live-sources.ts";
import { newRunFolder } from "./new-run-folder.ts";
import type { Prepared } from "./prepare-plan.ts";
import { runPath } from "./run-path.ts";
import { learnSecrets } from "./secrets-needed.ts";
import type { Terminal } from "./terminal.ts";
import { HOME, VERSION } from "./version.ts";

export interface AuditLiveOptions extends AuditOptions, LiveSelection {
  readonly trustChecks?: boolean | undefined;
  readonly otherNodes?: boolean | undefined;
  /** Answers count that an action of the run may have changed itself. */
  readonly strict?: boolean | undefined;
  readonly output?: string | undefined;
  readonly html?: boolean | undefined;
  readonly sarif?: string | undefined;
  readonly ignore?: readonly string[] | undefined;
  readonly compare?: readonly string[] | undefined;
  readonly tolerance?: number | undefined;
  readonly threshold?: number | undefined;
}

type Recorded = Awaited<ReturnType<typeof openRun>>;

/** Time has passed since the run: what gauges show is left out unless it is asked for, and their pixels too (per cent of a picture). */
const GAUGES = "jauges";
const TOLERANCE = 0.1;

/**
 * `constat audit --live`: are the checks of a recorded run still true? Asks them alone, by doors through which nothing can be changed, and
 * compares. Any finding but a note is exit 1; evidence that does not hold is never asked about.
 */
export async function auditLive(given: string, options: AuditLiveOptions, terminal: Terminal): Promise<ExitCode> {
  const path = await runPath(given);
  const isFile = (await stat(path).catch(() => undefined))?.isFile() === true;
  const unpacked = isFile ? await unpackBundle(path) : undefined;
  const interrupts = onInterrupt(terminal, "le contrôle en cours est arrêté.");
  try {
    const result = await audited(unpacked?.folder ?? path, options, terminal, interrupts);
    if (result === undefined) return EXIT.author;
    if (options.sarif !== undefined) await writeFile(options.sarif, liveSarif(result));
    if (options.json === true) terminal.out(`${JSON.stringify(liveJson(result), undefined, 2)}\n`);
    else printLive(result, sealWords(result), terminal);
    if (result.interrupted) return EXIT.interrupted;
    return result.findings.some(isWrong) ? EXIT.failed : EXIT.ok;
  } finally {
    interrupts.release();
    await unpacked?.release();
  }
}

async function audited(
  path: string,
  options: AuditLiveOptions,
  terminal: Terminal,
  interrupts: Interrupts,
): Promise<LiveResult | undefined> {
  const offline = await auditRun(path, await trustOf(options));
  const record = await openRun(path);
  const started = record.events.find((event) => event.type === "run-started");
  const damage = offline.findings.filter(({ severity, rule }) => severity === "error" && rule !== "step-not-passed");
  const known: Known = { offline, record, damage };
  if (damage.length > 0 || started?.type !== "run-started") return nothingAsked(known, options);
  const sources = await liveSources(record, started, options, terminal);
  if (sources === undefined) return undefined;
  const { prepared, recorded } = sources;
  const parts = compose(prepared.inventory, {
    operator: await openOperator(undefined, terminal),
    person: openPerson(terminal),
    warn: (text) => terminal.err(`${text}\n`),
    readOnly: true,
  });
  try {
    return await asked({ ...known, started, prepared, recorded, parts, options, terminal, interrupts });
  } finally {
    await parts.close();
  }
}

interface Known {
  readonly offline: AuditResult;
  readonly record: Recorded;
  readonly damage: readonly Finding[];
}

interface Asking extends Known {
  readonly started: RunStarted;
  readonly prepared: Prepared;
  readonly recorded: Inventory | undefined;
  readonly parts: Composition;
  readonly options: AuditLiveOptions;
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
}

/** Scripts of evidence that does not hold are nobody's. */
function nothingAsked({ offline, record, damage }: Known, options: AuditLiveOptions): LiveResult {
  const first: Finding = {
    rule: "evidence-broken",
    severity: "error",
    subject: record.run,
    text: "Ces preuves ne sont plus intactes : aucune machine n’a été interrogée.",
    remedy: "Prenez une copie intacte du dossier, ou refaites l’exécution.",
  };
  return { ...base(offline, record, options), findings: [first, ...damage] };
}

function base({ seal }: AuditResult, { run }: Recorded, options: AuditLiveOptions): LiveResult {
  const trusted = options.trustChecks === true;
  const none = {
    live: null,
    protection: [],
    checks: [],
    leftOut: [],
    findings: [],
    requirements: {},
    interrupted: false,
  };
  return { run, seal, at: new Date().toISOString(), inventory: options.inventory ?? "", trusted, ...none };
}

async function asked(asking: Asking): Promise<LiveResult> {
  const { prepared, recorded, started, record, parts, options, terminal, interrupts, offline } = asking;
  const trust = options.trustChecks === true;
  await learnSecrets(prepared, parts.secret, interrupts.first, terminal);
  const protection = await protect(prepared, started, parts, interrupts.first);
  const live = livePlan({ plan: prepared.plan, started, events: record.events, protection, trust });
  const folder = await newRunFolder(options.output ?? join("output", "audits"), undefined, parts.clock.now());
  const { events, others } = await executeLive({
    ...{ folder, live, protection, record, recorded, prepared, parts, trust },
    head: record.journal.lines.at(-1)?.sha256 ?? "",
    otherNodes: options.otherNodes === true,
    signal: interrupts.first,
    progress: (text) => {
      if (options.json !== true) terminal.err(`${text}\n`);
    },
  });
  const interrupted = interrupts.first.aborted;
  const now = await openRun(folder.folder);
  const checks = askedChecks(record.events, events);
  const stopped = others.some(({ severity }) => severity === "error");
  const { ignore = [], compare = [] } = options;
  const gauges = compare.includes(GAUGES) || compare.includes("toutes") ? [] : [GAUGES];
  const choice = ignoreChoice({ ignore: [...gauges, ...ignore], compare });
  const { tolerance = TOLERANCE, threshold = 0.05 } = options;
  const compared = await compareRuns(
    { record, damage: [] },
    { record: now, damage: [] },
    { ...choice, tolerance: tolerance / 100, threshold, signal: AbortSignal.timeout(30 * 60_000), latest: true },
  );
  const difference = onlyAsked(compared, checks);
  const drift = stopped
    ? []
    : driftOf(difference, checks, options.strict).filter(({ rule }) => !interrupted || rule !== "check-unanswered");
  const findings = [...others, ...live.findings, ...drift].map(inRecordedRunbook);
  const result: LiveResult = {
    ...base(offline, record, options),
    inventory: prepared.inventory.file,
    live: folder.folder,
    protection,
    checks: stopped ? [] : checks,
    leftOut: live.leftOut,
    findings,
    requirements: prepared.reportSettings.settings.exigences ?? {},
    interrupted,
  };
  await writeAtomically(
    join(folder.folder, "data", "derive.json"),
    `${JSON.stringify(liveJson(result), undefined, 2)}\n`,
  );
  await writeManifest(folder.folder);
  if (options.html !== false && !stopped) {
    const html = join(dirname(folder.folder), `${folder.run}.html`);
    const templatesFolder = join(HOME, "templates");
    await writePage(difference, { path: html, templatesFolder, engine: VERSION, before: record, after: now });
  }
  await refuseLeaks(folder, parts);
  return result;
}

/** Places are told by the name that the record gives its runbooks. */
function inRecordedRunbook(finding: Finding): Finding {
  const { place } = finding;
  if (place === undefined) return finding;
  return { ...finding, place: { ...place, file: place.file.slice(place.file.lastIndexOf("/") + 1) } };
}

/** What the machines showed is masked as it comes; what is left all the same is told, and the folder is not to be handed on. */
async function refuseLeaks({ folder }: RunFolder, { redactor }: Composition): Promise<void> {
  const [left] = await sweepForSecrets(folder, redactor);
  if (left === undefined) return;
  throw new ProblemError("SECRET_LEFT", `${left.subject} : ${left.text} Ne donnez pas ${folder}.`, {
    scope: "environment",
    hint: left.remedy,
  });
}
