import { describe, expect, it } from "vitest";
import { auditRun } from "../../../engine/audit/index.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import { buildReport } from "../../../engine/report/index.ts";
import { faceOf, oneChapter } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import type { StepSpec } from "../../support/run-folder-spec.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MARKDOWN = [
  '```bash {#quorum .check on=pve1 exigence=SEC-12,DISPO-3 capture="vue"}\ntrue\n```',
  "[ Capture : vue ]",
  "```bash {#horloge .check on=pve1 exigence=DISPO-3}\ntrue\n```",
].join("\n\n");

const FAILED = {
  status: "failed",
  reason: "trois votes attendus",
  judgements: [{ ok: false, expected: "trois votes", obtained: "deux" }],
} as const;
const steps = (outcome?: StepSpec["outcome"]): readonly StepSpec[] => [
  {
    id: "quorum",
    fills: "1-vue",
    requirements: ["SEC-12", "DISPO-3"],
    tries: [
      {
        sent: "true",
        output: [["stdout", "ok\n"]],
        ...(outcome !== undefined && outcome !== "pending" && { outcome }),
      },
    ],
  },
  { id: "horloge", requirements: ["DISPO-3"], tries: [{ sent: "true" }] },
];
const waiver = (subject: string, until = "2027-03-31") =>
  `  - { id: DER-01, ${subject}, motif: pièce commandée, auteur: A. Martin, echeance: ${until} }\n`;

/** A run of one chapter, judged by the report and, on a day, by the audit. */
async function judge(settings: string, outcome?: StepSpec["outcome"], day = "2026-11-23", waivers?: string) {
  const folder = await writeRunFolder({
    ...oneChapter(await tempFolder(), MARKDOWN, steps(outcome)),
    settings: `titre: Essai\n${settings}`,
    ...(waivers !== undefined && { waivers }),
  });
  const report = await buildReport(await openRun(folder));
  const audit = await auditRun(folder, day);
  return {
    report,
    rows: report.requirements.map(({ id, verdict, title }) => `${id} ${verdict} ${title}`),
    states: report.waivers.map(({ id, state, covered }) => `${id} ${state} ${covered.join(", ")}`.trim()),
    found: audit.findings
      .filter(({ rule }) => rule !== "manifest-missing")
      .map(({ rule, subject, waiver: by }) => `${rule} ${subject}${by === undefined ? "" : ` (${by})`}`),
    audited: audit.waivers.map(({ state }) => state),
  };
}

const DECLARED = "exigences: { SEC-12: Le quorum est tenu, DISPO-3: }\n";

describe("the traceability of a run", () => {
  it("leads from each requirement to its steps, assertions, evidence and verdict", async () => {
    const { report, rows } = await judge(DECLARED);
    expect(rows).toEqual(["SEC-12 satisfied Le quorum est tenu", "DISPO-3 satisfied Essai"]);
    expect(report.requirements[0]?.proofs).toMatchObject([
      { step: "quorum", figures: [{ number: 1 }], missing: [], evidence: [{ path: "terminal/bloc-001.out" }] },
    ]);
    expect(report.requirements[1]?.proofs.map(({ step }) => step)).toEqual(["quorum", "horloge"]);
    expect(report.verdict).toBe("conforming");
  });

  it("says which requirement a failure leaves open, and which figure is missing", async () => {
    const { report, rows } = await judge(DECLARED, FAILED);
    expect(rows).toEqual(["SEC-12 unsatisfied Le quorum est tenu", "DISPO-3 unsatisfied Essai"]);
    expect(report.requirements[0]?.proofs[0]).toMatchObject({
      assertions: [{ ok: false, expected: "trois votes" }],
      missing: ["vue"],
    });
  });

  it("names a declared requirement that no block proves, in the report and in the audit", async () => {
    const { report, rows, found } = await judge("exigences: { SEC-12: a, SEC-99: Journaux gardés }\n");
    expect(rows).toContain("SEC-99 uncovered Journaux gardés");
    expect(report.verdict).toBe("non-conforming");
    expect(report.deviations).toMatchObject([{ subject: "requirement", name: "SEC-99" }]);
    expect(found).toEqual(["requirement-uncovered SEC-99"]);
  });

  it("holds nothing against a run of fewer chapters than the report has", async () => {
    const { report, rows, found } = await judge("chapitres: [1, 2]\nexigences: { SEC-99: Journaux gardés }\n");
    expect(rows).toContain("SEC-99 out-of-scope Journaux gardés");
    expect([report.verdict, found]).toEqual(["conforming", []]);
  });

  it("stands in both faces of the report", async () => {
    const { report } = await judge(`${DECLARED}derogations:\n${waiver("bloc: quorum")}`, FAILED);
    for (const face of ["html", "print"] as const) {
      const html = await faceOf(report, face);
      expect(html).toContain("Matrice de traçabilité");
      expect(html).toMatch(/<code>SEC-12<\/code> Le quorum est tenu<\/th><th[^>]*>Satisfaite avec réserve \(DER-01\)/);
      expect(html).toContain("En vigueur, couvre");
      expect(html).toContain("Conforme avec réserves");
      expect(html).not.toContain("undefined");
    }
  });
});

describe("a waiver", () => {
  it.each([
    ["the step", "bloc: '#quorum'"],
    ["a requirement of the step", "exigence: SEC-12"],
  ])("that names %s makes the verdict « Conforme avec réserves »", async (_, subject) => {
    const { report, states, found, rows } = await judge(`derogations:\n${waiver(subject)}`, FAILED);
    expect(report.verdict).toBe("conforming-with-reservations");
    expect(states).toEqual(["DER-01 in-force #quorum, vue"]);
    expect(rows.map((row) => row.split(" ")[1])).toEqual(["waived", "waived"]);
    expect(found.sort()).toEqual(["placeholder-empty « 1-vue » (DER-01)", "step-not-passed #quorum (DER-01)"]);
  });

  it("that names only the figure leaves the failure of the step", async () => {
    const { report, states, found } = await judge(`derogations:\n${waiver("figure: '1-VUE '")}`, FAILED);
    expect([report.verdict, states]).toEqual(["non-conforming", ["DER-01 in-force vue"]]);
    expect(found).toContain("step-not-passed #quorum");
  });

  it("that has expired counts no more and is named", async () => {
    const { report, states, found, audited } = await judge(
      `derogations:\n${waiver("bloc: quorum", "2026-11-21")}`,
      FAILED,
    );
    expect([report.verdict, states, audited]).toEqual(["non-conforming", ["DER-01 expired #quorum, vue"], ["expired"]]);
    expect(found).toEqual(expect.arrayContaining(["step-not-passed #quorum", "waiver-expired DER-01"]));
  });

  it("that expired after the run counts in its report, and not in a later audit", async () => {
    const { report, audited } = await judge(
      `derogations:\n${waiver("bloc: quorum", "2026-12-01")}`,
      FAILED,
      "2026-12-02",
    );
    expect([report.verdict, audited]).toEqual(["conforming-with-reservations", ["expired"]]);
  });

  it.each([
    ["that nothing has this name", "bloc: autre", "unmatched", "unmatched"],
    ["that nothing deviates there", "bloc: horloge", "unneeded", "unneeded"],
    ["that only an audit can tell", "constatation: first-contact", "audit", "unmatched"],
  ])("tells %s", async (_, subject, state, audited) => {
    const judged = await judge(`derogations:\n${waiver(subject)}`);
    expect([judged.states, judged.audited, judged.report.verdict]).toEqual([
      [`DER-01 ${state}`],
      [audited],
      "conforming",
    ]);
    expect(judged.found).toEqual(audited === "unmatched" ? ["waiver-unmatched DER-01"] : []);
  });

  it("never covers what says that the evidence does not hold", async () => {
    const { found } = await judge(`derogations:\n${waiver("constatation: manifest-missing")}`);
    expect(found).toEqual(["waiver-unmatched DER-01"]);
  });

  it("may stand in a file that the settings name", async () => {
    const list = waiver("bloc: quorum").replace(/^ {2}/, "");
    const { report, found } = await judge("derogations: derogations.yaml\n", FAILED, "2026-11-23", list);
    expect(report.verdict).toBe("conforming-with-reservations");
    expect(report.integrity.files.map(({ path }) => path)).toContain("runbook/derogations.yaml");
    expect(found.some((each) => each.startsWith("file-"))).toBe(false);
  });
});
