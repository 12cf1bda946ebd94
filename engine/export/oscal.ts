import type { Report, RequirementProof, RequirementRow } from "../model/report.ts";
import type { ExportInput } from "./export-input.ts";
import { stableUuid } from "./uuid.ts";

/** The version of OSCAL whose schema the document keeps to. */
const OSCAL = "1.0.4";
const NAMESPACE = "https://constat.invalid/ns/oscal";

/**
 * OSCAL assessment results: one observation a step, one finding a requirement, one risk a requirement that is not satisfied (accepted where a
 * waiver covers it). The runbooks stand for the assessment plan, which OSCAL asks for.
 */
export function toOscal({ report, version }: ExportInput): string {
  const id = (...words: readonly string[]) => stableUuid(report.run.id, ...words);
  const { run, identity, environment } = report;
  const proofs = uniqueProofs(report);
  const open = report.requirements.filter(({ verdict }) => FAILING.has(verdict) || verdict === "waived");
  const findings = report.requirements.filter(({ verdict }) => verdict !== "out-of-scope" && verdict !== "idle");
  const controls = report.requirements.map((row) => ({ "control-id": controlId(row.id) }));
  const document = {
    "assessment-results": {
      uuid: id("assessment-results", report.integrity.head),
      metadata: {
        title: identity.title,
        "last-modified": run.endedAt,
        version: identity.version,
        "oscal-version": OSCAL,
        ...(identity.authors.length > 0 && {
          parties: identity.authors.map((name) => ({ uuid: id("party", name), type: "organization", name })),
        }),
      },
      "import-ap": { href: `#${id("plan")}` },
      results: [
        {
          uuid: id("result"),
          title: run.id,
          description: `Exécution de ${report.blocks.length} blocs par ${environment.operator}.`,
          start: run.startedAt,
          end: run.endedAt,
          props: [property("verdict", report.verdict), property("journal-head", report.integrity.head)],
          "local-definitions": { components: componentsOf(report, id, version) },
          "reviewed-controls": {
            "control-selections": [controls.length === 0 ? { "include-all": {} } : { "include-controls": controls }],
          },
          ...(proofs.length > 0 && { observations: proofs.map((proof) => toObservation(proof, report, id)) }),
          ...(open.length > 0 && { risks: open.map((row) => toRisk(row, id)) }),
          ...(findings.length > 0 && { findings: findings.map((row) => toFinding(row, id)) }),
        },
      ],
      "back-matter": {
        resources: [
          {
            uuid: id("plan"),
            title: "Runbooks exécutés",
            rlinks: environment.runbooks.map(({ file, sha256 }) => ({
              href: `data/runbook/${encodeURI(file)}`,
              hashes: [{ algorithm: "SHA-256", value: sha256 }],
            })),
          },
        ],
      },
    },
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

type Id = (...words: readonly string[]) => string;

const FAILING: ReadonlySet<string> = new Set(["unsatisfied", "unproven", "uncovered"]);

function uniqueProofs(report: Report): readonly RequirementProof[] {
  return [
    ...new Map(
      report.requirements.flatMap(({ proofs }) => proofs.map((proof) => [proof.step, proof] as const)),
    ).values(),
  ];
}

function componentsOf({ environment }: Report, id: Id, version: string) {
  const component = (type: string, title: string, description: string) => ({
    uuid: id("component", title),
    type,
    title,
    description,
    status: { state: "operational" },
  });
  return [
    component(
      "software",
      "constat",
      `Constat ${version}, qui écrit ce fichier ; l’exécution est de ${environment.engine}.`,
    ),
    ...environment.nodes.map(({ node, facts }) =>
      component("system", node, facts.map(({ name, value }) => `${name} : ${value}`).join(" ; ") || node),
    ),
  ];
}

function toObservation({ step, status, targets, assertions, evidence }: RequirementProof, report: Report, id: Id) {
  const attempts = report.attempts.filter((attempt) => attempt.step === step);
  const said = assertions.map(({ ok, expected }) => `${ok ? "tenu" : "non tenu"} : ${expected}`);
  const edited = report.blocks.find((block) => block.step === step)?.edited ?? "";
  const nodes = new Set(report.environment.nodes.map(({ node }) => node));
  const subjects = targets.filter((target) => nodes.has(target));
  return {
    uuid: id("observation", step),
    title: step,
    description: [status.word, status.reason, edited, ...said].filter((text) => text !== "").join(" ; "),
    methods: ["TEST"],
    origins: [{ actors: [{ type: "tool", "actor-uuid": id("component", "constat") }] }],
    ...(subjects.length > 0 && {
      subjects: subjects.map((node) => ({ "subject-uuid": id("component", node), type: "component", title: node })),
    }),
    ...(evidence.length > 0 && {
      "relevant-evidence": evidence.map(({ path, sha256 }) => ({
        href: `data/${encodeURI(path)}`,
        description: `SHA-256 ${sha256}`,
      })),
    }),
    collected: attempts.at(-1)?.at ?? report.run.endedAt,
  };
}

function toRisk({ id: requirement, title, verdict, waiver, proofs }: RequirementRow, id: Id) {
  return {
    uuid: id("risk", requirement),
    title: requirement,
    description: title === "" ? requirement : title,
    statement: waiver === null ? verdict : `${waiver.reason} (${waiver.by})`,
    ...(waiver !== null && { props: [property("waiver", waiver.id)], deadline: `${waiver.until}T23:59:59Z` }),
    status: waiver === null ? "open" : "deviation-approved",
    ...observationsOf(proofs, id),
  };
}

function toFinding({ id: requirement, title, verdict, proofs }: RequirementRow, id: Id) {
  const risky = verdict !== "satisfied";
  return {
    uuid: id("finding", requirement),
    title: requirement,
    description: title === "" ? requirement : title,
    target: {
      type: "objective-id",
      "target-id": controlId(requirement),
      status: {
        state: verdict === "satisfied" ? "satisfied" : "not-satisfied",
        reason: verdict === "satisfied" ? "pass" : verdict === "waived" ? "other" : "fail",
      },
    },
    ...observationsOf(proofs, id),
    ...(risky && { "related-risks": [{ "risk-uuid": id("risk", requirement) }] }),
  };
}

function observationsOf(proofs: readonly RequirementProof[], id: Id) {
  if (proofs.length === 0) return {};
  return { "related-observations": proofs.map(({ step }) => ({ "observation-uuid": id("observation", step) })) };
}

function property(name: string, value: string) {
  return { name, ns: NAMESPACE, value };
}

/** OSCAL's tokens begin with a letter and hold no slash. */
function controlId(requirement: string): string {
  const token = requirement.replace(/[^\p{L}\p{N}._-]/gu, "_");
  return /^[\p{L}_]/u.test(token) ? token : `_${token}`;
}
