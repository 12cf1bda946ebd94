import { describe, expect, it } from "vitest";
import type { Deviation } from "../../../engine/model/report.ts";
import { toStatus } from "../../../engine/report/status.ts";
import { verdictOf } from "../../../engine/report/verdict.ts";

const deviation = (waived: boolean): Deviation => ({
  subject: "step",
  name: "x",
  reason: "",
  anchor: "x",
  waiver: waived
    ? { id: "D", covers: { type: "step", name: "x" }, by: "A. Martin", until: "2027-01-01", reason: "dérogation 12" }
    : null,
});

describe("verdictOf()", () => {
  it.each([
    [true, [], "conforming"],
    [true, [deviation(true)], "conforming-with-reservations"],
    [true, [deviation(true), deviation(false)], "non-conforming"],
    [true, [deviation(false)], "non-conforming"],
    [false, [], "draft"],
    [false, [deviation(false)], "draft"],
  ] as const)("finished %j with %j is %s", (finished, deviations, expected) => {
    expect(verdictOf(finished, deviations)).toBe(expected);
  });
});

describe("toStatus()", () => {
  it.each([
    [{ status: "passed", judgements: [] }, "OK", false],
    [{ status: "failed", reason: "r", judgements: [] }, "ÉCHEC", true],
    [{ status: "errored", code: "X", reason: "r", hint: "h" }, "ERREUR", true],
    [{ status: "blocked", by: "y", reason: "r" }, "BLOQUÉ", true],
    [{ status: "skipped", because: "satisfied", reason: "r" }, "IGNORÉ : déjà satisfait", false],
    [{ status: "skipped", because: "not-chosen", reason: "r" }, "IGNORÉ : autre bloc retenu", false],
    [{ status: "skipped", because: "deselected", reason: "r" }, "IGNORÉ : hors sélection", true],
    [{ status: "skipped", because: "declined", reason: "r" }, "IGNORÉ : refusé par l’opérateur", true],
    [undefined, "NON EXÉCUTÉ", true],
  ] as const)("%j is worded %s", (outcome, word, deviates) => {
    expect(toStatus(outcome, "fr")).toMatchObject({ word, deviates });
  });
});
