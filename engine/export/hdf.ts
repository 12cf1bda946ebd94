import { sha256 } from "../base/digest.ts";
import type { Report, RequirementProof, RequirementRow } from "../model/report.ts";
import type { ExportInput } from "./export-input.ts";

const STATUS = {
  passed: "passed",
  failed: "failed",
  errored: "error",
  blocked: "skipped",
  pending: "skipped",
  skipped: "skipped",
} as const;

/** Heimdall Data Format (InSpec's `exec-json`): one control a requirement, one result a step that proves it. */
export function toHdf({ report, version }: ExportInput): string {
  const runbooks = report.chapters.map(({ file, sha256: digest }) => `${digest}  ${file}`).join("\n");
  const document = {
    platform: {
      name: "constat",
      release: version,
      target_id: report.environment.nodes.map(({ node }) => node).join(", "),
    },
    version,
    statistics: { duration: report.run.durationMs / 1000 },
    profiles: [
      {
        name: report.run.id,
        title: report.identity.title,
        version: report.identity.version,
        summary: report.identity.subtitle,
        maintainer: report.identity.authors.join(", ") || null,
        sha256: sha256(runbooks),
        status: "loaded",
        supports: [],
        attributes: [],
        groups: report.chapters.map((chapter) => ({
          id: chapter.file,
          title: chapter.title,
          controls: controlsOf(report, chapter.number),
        })),
        controls: report.requirements.map((row) => toControl(row, report)),
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function controlsOf(report: Report, chapter: number): readonly string[] {
  const steps = new Set(
    report.chapters
      .filter(({ number }) => number === chapter)
      .flatMap(({ introduction, sections }) => [...introduction, ...sections.flatMap(({ content }) => content)])
      .flatMap((content) => (content.type === "block" ? [content.block.step] : [])),
  );
  return report.requirements.filter(({ proofs }) => proofs.some(({ step }) => steps.has(step))).map(({ id }) => id);
}

function toControl({ id, title, verdict, waiver, proofs }: RequirementRow, report: Report) {
  return {
    id,
    title: title === "" ? id : title,
    desc: `${id} : ${title}`,
    impact: 0.5,
    refs: [],
    tags: { verdict },
    code: proofs.map(({ step }) => `#${step}`).join(" "),
    source_location: {},
    ...(waiver !== null && {
      waiver_data: {
        justification: waiver.reason,
        expiration_date: waiver.until,
        message: `${waiver.id}, ${waiver.by}`,
        run: true,
      },
    }),
    results:
      proofs.length === 0
        ? [{ code_desc: id, start_time: report.run.startedAt, status: "skipped", skip_message: verdict }]
        : proofs.map((proof) => toResult(proof, report)),
  };
}

/** A step whose figure is missing proves nothing yet, and one whose text was changed for a time proves something else. */
function toResult({ step, targets, status, assertions, missing, figures, evidence }: RequirementProof, report: Report) {
  const [first] = report.attempts.filter((attempt) => attempt.step === step);
  const edited = report.blocks.find((block) => block.step === step)?.edited ?? "";
  const unproven = status.status === "passed" && (missing.length > 0 || edited !== "");
  const shown = [
    ...(edited === "" ? [] : [edited]),
    ...assertions.map(({ ok, expected }) => `${ok ? "tenu" : "non tenu"} : ${expected}`),
    ...figures.map(({ number }) => `figure ${number}`),
    ...missing.map((caption) => `figure manquante : ${caption}`),
    ...evidence.map(({ path, sha256: digest }) => `${path} ${digest}`),
  ].join("\n");
  const outcome = unproven ? "failed" : STATUS[status.status];
  return {
    code_desc: `#${step} (${targets.join(", ")})`,
    start_time: first?.at ?? report.run.startedAt,
    run_time: (first?.durationMs ?? 0) / 1000,
    status: outcome,
    ...(outcome === "skipped"
      ? { skip_message: [status.word, status.reason].filter((text) => text !== "").join(" – ") }
      : { message: [status.reason, shown].filter((text) => text !== "").join("\n") }),
  };
}
