import { describe, expect, it } from "vitest";
import { openRun, type RunRecord } from "../../../engine/evidence/index.ts";
import { FORMATS } from "../../../engine/export/index.ts";
import type { EventBody, FigureGiven } from "../../../engine/model/event.ts";
import type { Report } from "../../../engine/model/report.ts";
import { buildReport, markdownFace } from "../../../engine/report/index.ts";
import { oneChapter } from "../../support/read-report.ts";
import { writeRunFolder } from "../../support/run-folder.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const TEXT = [
  "```bash {#a .check on=pve1 exigence=SEC-1}\ntrue\n```",
  '```text {#b .manual capture="baie"}\nRegarder.\n```',
  "[ Capture : baie ]",
].join("\n\n");

const BY = { user: "anne", host: "poste" };
const PICTURE = {
  role: "picture",
  path: "figures/x.png",
  sha256: "b".repeat(64),
  bytes: 1,
  mediaType: "image/png",
} as const;
const EDITED: EventBody = {
  type: "operator-decided",
  step: "a",
  by: BY,
  choice: { what: "edited", before: "true", after: "true # *vite*", reason: "nœud lent" },
};
const GIVEN: FigureGiven = {
  type: "figure-given",
  placeholder: "1-baie",
  by: BY,
  source: { name: "x.png", sha256: "a".repeat(64), removed: [] },
  origin: "ici",
  attestation: { text: "prise par <moi>", how: "typed" },
  figure: {
    type: "picture",
    picture: PICTURE,
    width: 1,
    height: 1,
    scale: 1,
    url: "ici",
    alternative: "baie",
    judgements: [],
  },
  artefacts: [PICTURE],
};

/** A run whose first step was changed for one time, and whose picture a person gave afterwards. */
async function decided(): Promise<Report> {
  const steps = [{ id: "a", requirements: ["SEC-1"], tries: [{ sent: "true # *vite*" }] }];
  const folder = await writeRunFolder(oneChapter(await tempFolder(), TEXT, steps));
  const record = await openRun(folder);
  const [started, ...rest] = record.events as [RunRecord["events"][number], ...RunRecord["events"]];
  const envelope = { v: 1, seq: 0, at: "2026-11-22T11:00:00.000Z", prev: "0" } as const;
  const events = [started, { ...EDITED, ...envelope }, ...rest, { ...GIVEN, ...envelope }];
  return await buildReport({ ...record, events });
}

describe("what a person decided or gave", () => {
  it("stands in the Markdown face as in the others, and every link of it leads somewhere", async () => {
    const { text } = markdownFace(await decided());
    expect(text).toMatch(/> 22\/11\/2026.* · anne@<!-- -->poste · texte modifié pour cette fois/);
    expect(text).toContain("| [baie](#figure-1-baie) | Image donnée après l’exécution par `anne@poste` |");
    expect(text).toContain("```diff\n- true\n+ true # *vite*\n```");
    expect(text).toContain("**Image donnée après l’exécution par `anne@poste`**");
    expect(text).toContain("prise par \\<moi\\>");
    expect(text).toMatch(/\| Majeure \|/);
    expect(text).toMatch(/<a id="exigence-sec-1"><\/a>`SEC-1` \|.*\| Non satisfaite \|/);
    const anchors = new Set([...text.matchAll(/<a id="([^"]*)">/g)].map(([, id]) => id));
    const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, id]) => id);
    expect(links.filter((id) => !anchors.has(id))).toEqual([]);
  });

  it.each([
    ["junit", /<failure type="step" message="texte modifié pour cette fois[^"]*nœud lent"/],
    ["ctrf", /"status": "failed",[\s\S]*?texte modifié pour cette fois/],
    ["hdf", /"status": "failed",\s+"message": "texte modifié pour cette fois/],
    ["oscal", /texte modifié pour cette fois/],
    ["markdown", /texte modifié pour cette fois/],
  ] as const)("is a deviation in %s, as in the verdict", async (name, shown) => {
    const report = await decided();
    expect(report.verdict).toBe("non-conforming");
    expect(FORMATS[name].write({ report, findings: [], waivers: [], version: "0.1.0" })).toMatch(shown);
  });
});
