import type { RunRecord } from "../evidence/index.ts";
import type { Artefact } from "../model/event.ts";
import type { Language } from "../model/report.ts";
import type { ShownTimeline } from "../model/report-body.ts";
import { type Interruption, type Timeline, timelineSchema } from "../model/timeline.ts";
import { formatterOf } from "./format.ts";
import { readArtefact } from "./read-artefact.ts";
import { artefactOf } from "./stored-output.ts";
import { timelineChart } from "./timeline-chart.ts";
import { wordsOf } from "./words.ts";

/** What a watch saw, as the report shows it; null when the attempt holds no samples that can be read. */
export async function shownTimeline(
  record: RunRecord,
  artefacts: readonly Artefact[],
  language: Language,
): Promise<ShownTimeline | null> {
  const artefact = artefactOf(artefacts, "samples");
  if (artefact === undefined) return null;
  const parsed = timelineSchema.safeParse(JSON.parse((await readArtefact(record, artefact)).toString("utf8")));
  if (!parsed.success) return null;
  const timeline = parsed.data;
  const { seconds } = formatterOf(language);
  return {
    chart: timelineChart(timeline, language),
    everyMs: timeline.everyMs,
    sources: timeline.sources.map(({ name, what, subject, from, points }) => ({
      name,
      what,
      subject,
      from,
      samples: points.length,
      missed: points.filter(({ state }) => state === "failed").length,
      unknown: points.filter(({ state }) => state === "unknown").length,
    })),
    interruptions: timeline.interruptions.map((each) => ({
      source: each.source,
      from: seconds(each.firstMissed),
      to: each.firstAnswer === null ? "" : seconds(each.firstAnswer),
      length: lengthWords(each, timeline, language),
    })),
    marks: timeline.marks.map(({ at, text }, index) => ({ number: index + 1, at: seconds(at), text })),
    evidence: { path: artefact.path, sha256: artefact.sha256, bytes: artefact.bytes },
  };
}

/** « entre 12,0 s et 14,0 s »; on a lab whose time runs faster, its own time first. */
function lengthWords({ atLeastMs, atMostMs }: Interruption, { timeScale }: Timeline, language: Language): string {
  const words = wordsOf(language);
  const format = formatterOf(language);
  const between = (scale: number): string =>
    atMostMs === null
      ? `${words.atLeast} ${format.seconds(atLeastMs * scale)}`
      : `${words.between} ${format.seconds(atLeastMs * scale)} ${words.and} ${format.seconds(atMostMs * scale)}`;
  if (timeScale === 1) return between(1);
  return `${between(timeScale)} (${words.scaled} ${format.count(timeScale)}${words.colon}${between(1)} ${words.onTheClock})`;
}
