import { VFile } from "vfile";
import type { RunRecord } from "../evidence/index.ts";
import type { Event, RunStarted } from "../model/event.ts";
import type { Finding } from "../model/finding.ts";
import type { JudgedWaiver } from "../model/waiver.ts";
import {
  type JudgedSubject,
  judgeWaivers,
  parseReportSettings,
  parseWaiverFile,
  waiverFor,
} from "../settings/index.ts";
import { captionIn } from "./completeness.ts";

/** What a person may accept. What says that the evidence itself does not hold is not among them. */
const ACCEPTABLE: ReadonlySet<string> = new Set([
  ...["step-not-passed", "step-not-run", "placeholder-empty", "run-unfinished", "attempt-unfinished", "step-edited"],
  ...["requirement-uncovered", "first-contact"],
  ...["environment-missing", "node-unidentified", "node-clock"],
]);

/** The findings with the waivers that accept them on a day, and what became of each waiver; one that counts for nothing is a note. */
export async function applyWaivers(
  findings: readonly Finding[],
  record: RunRecord,
  day: string,
): Promise<{ readonly findings: readonly Finding[]; readonly waivers: readonly JudgedWaiver[] }> {
  const started = record.events.find((event) => event.type === "run-started");
  const written = started === undefined ? undefined : await writtenWaivers(record, started);
  if (started === undefined || written === undefined) return { findings, waivers: [] };
  const uncovered = uncoveredRequirements(started, written.requirements);
  const all = [...findings, ...uncovered];
  const subjects = new Map(all.map((finding) => [finding, subjectOf(finding, record.events)]));
  const known = [...subjects.values(), ...started.steps.map((step) => ofStep(step)), ...figuresOf(started)];
  const judged = judgeWaivers(written.waivers, day, acceptable(subjects), known, true);
  return {
    findings: [
      ...all.map((finding) => {
        const subject = subjects.get(finding);
        const waiver = ACCEPTABLE.has(finding.rule) && subject && waiverFor(subject, written.waivers, day);
        return waiver ? { ...finding, waiver: waiver.id } : finding;
      }),
      ...judged.flatMap(idle),
    ],
    waivers: judged,
  };
}

function acceptable(subjects: ReadonlyMap<Finding, JudgedSubject>): readonly JudgedSubject[] {
  return [...subjects].flatMap(([{ rule }, subject]) => (ACCEPTABLE.has(rule) ? [subject] : []));
}

/** Damaged settings are the digests' to report. */
async function writtenWaivers(record: RunRecord, { settings, waivers }: RunStarted) {
  const read = async (file: string) =>
    new VFile({ path: file, value: (await record.read(`runbook/${file}`)).toString("utf8") });
  try {
    const parsed = parseReportSettings(await read(settings.file));
    if (parsed === undefined) return undefined;
    const listed = waivers === undefined ? parsed.waivers : parseWaiverFile(await read(waivers.file));
    const chapters = parsed.settings.chapitres ?? [];
    return { waivers: listed ?? [], requirements: { declared: parsed.settings.exigences ?? {}, chapters } };
  } catch {
    return undefined;
  }
}

interface Declared {
  readonly declared: Readonly<Record<string, string | null>>;
  readonly chapters: readonly number[];
}

function uncoveredRequirements(started: RunStarted, { declared, chapters }: Declared): readonly Finding[] {
  if (!chapters.every((chapter) => started.scope.includes(chapter))) return [];
  const covered = new Set(started.steps.flatMap(({ requirements = [] }) => requirements));
  return Object.keys(declared)
    .filter((id) => !covered.has(id))
    .map((id) => ({
      rule: "requirement-uncovered",
      severity: "warning",
      subject: id,
      text: "Cette exigence est déclarée et aucune étape ne la prouve.",
      remedy: `Écrivez exigence=${id} sur le bloc qui la prouve, ou retirez-la de rapport.yaml.`,
    }));
}

function subjectOf({ rule, subject }: Finding, events: readonly Event[]): JudgedSubject {
  const started = events.find((event) => event.type === "run-started");
  const finding = { rule, subject };
  const step = subject.startsWith("#") ? started?.steps.find((each) => each.step === subject.slice(1)) : undefined;
  if (step !== undefined) return { ...ofStep(step), finding };
  const figure = started?.placeholders.find((each) => captionIn(started, each) === subject);
  if (started !== undefined && figure !== undefined) return { ...ofFigure(figure, started), finding };
  const requirements = rule === "requirement-uncovered" ? [subject] : [];
  return { name: subject, step: null, figures: [], requirements, finding };
}

function ofStep({ step, requirements = [] }: RunStarted["steps"][number]): JudgedSubject {
  return { name: `#${step}`, step, figures: [], requirements, finding: null };
}

function figuresOf(started: RunStarted): readonly JudgedSubject[] {
  return started.placeholders.map((placeholder) => ofFigure(placeholder, started));
}

function ofFigure({ id, caption, chosen }: RunStarted["placeholders"][number], { steps }: RunStarted): JudgedSubject {
  const requirements = steps.find(({ step }) => step === chosen)?.requirements ?? [];
  return { name: caption, step: chosen, figures: [id, caption], requirements, finding: null };
}

function idle({ id, state, until, covers }: JudgedWaiver): readonly Finding[] {
  const note = (rule: string, text: string, remedy: string): readonly Finding[] => [
    { rule, severity: "note", subject: id, text, remedy },
  ];
  if (state === "expired")
    return note(
      "waiver-expired",
      `Cette dérogation est échue depuis le ${until} : elle ne compte plus.`,
      "Corrigez l’écart, ou faites accepter une nouvelle dérogation.",
    );
  if (state !== "unmatched") return [];
  const text = `Cette dérogation ne couvre rien de cette exécution (${covers.name}) ; une atteinte à l’intégrité ne se couvre pas.`;
  return note("waiver-unmatched", text, "Corrigez ce qu’elle nomme, ou retirez-la.");
}
