import { describe, expect, it } from "vitest";
import { auditOrder } from "../../../engine/audit/order.ts";
import { auditProof } from "../../../engine/audit/proof.ts";
import { openRun } from "../../../engine/evidence/index.ts";
import type { Event, FigureGiven } from "../../../engine/model/event.ts";
import { writeSampleRun } from "../../support/sample-run.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const PICTURE = {
  role: "picture",
  path: "figures/x.png",
  sha256: "b".repeat(64),
  bytes: 1,
  mediaType: "image/png",
} as const;
const GIVEN: FigureGiven = {
  type: "figure-given",
  placeholder: "3-tiers",
  by: { user: "a", host: "b" },
  source: { name: "x.png", sha256: "a".repeat(64), removed: [] },
  origin: "ici",
  attestation: { text: "oui", how: "typed" },
  figure: {
    type: "picture",
    picture: PICTURE,
    width: 1,
    height: 1,
    scale: 1,
    url: "",
    alternative: "",
    judgements: [],
  },
  artefacts: [PICTURE],
};

async function judged(body: FigureGiven, where: "after" | "before"): Promise<readonly string[]> {
  const { events } = await openRun(await writeSampleRun(await tempFolder()));
  const added: Event = { ...body, v: 1, seq: events.length + 1, at: "2026-11-23T11:00:00.000Z", prev: "0" };
  const all = where === "after" ? [...events, added] : [...events.slice(0, -1), added, ...events.slice(-1)];
  return [...auditOrder(all), ...auditProof(all)]
    .filter(({ severity }) => severity === "error")
    .map(({ rule }) => rule);
}

describe("a picture that a person added", () => {
  it.each([
    ["after the run, where nothing filled its place", GIVEN, "after", []],
    ["before the run's end", GIVEN, "before", ["event-order"]],
    ["in the place of a figure of the run", { ...GIVEN, placeholder: "3-premier" }, "after", ["figure-unproven"]],
    ["without its file among the evidence", { ...GIVEN, artefacts: [] }, "after", ["figure-unproven"]],
  ] as const)("%s", async (_, body, where, rules) => {
    expect(await judged(body, where)).toEqual(rules);
  });
});
