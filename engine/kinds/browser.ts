import { interpolate } from "../base/interpolate.ts";
import type { Judgement } from "../model/expectation.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Block } from "../model/runbook.ts";
import type { Shot, ShotResult } from "../transports/port.ts";
import { fillSpec } from "./browser/fill-spec.ts";
import { inspectSpec } from "./browser/inspect-spec.ts";
import { keepShot } from "./browser/keep-shot.ts";
import { type BodyMistake, readBody } from "./browser/read-body.ts";
import type { BodyMessage, Kind, KindResult, Recorder } from "./kind.ts";
import { placeInBody } from "./text/place-in-body.ts";

/** Enough for a page's second poll, when nothing is waited for any more. */
const HURRIED_MS = 3000;

/** A web page, photographed: a view or a dialog of Proxmox VE by name, or any other page. Reads only. */
export const browser: Kind = {
  name: "browser",
  needs: (block) => {
    const read = readBody(block.body);
    return read.ok && read.spec.view !== undefined ? ["browser", "pve"] : ["browser"];
  },
  credentials: (block) => {
    const read = readBody(block.body);
    // The login page is seen by whoever comes.
    if (!read.ok || read.spec.view === undefined || read.spec.view === "login") return [];
    const place = placeInBody(read.offsetOf(["view"]), block);
    return [{ type: "pve-access", for: "page", on: undefined, place }];
  },
  inspect: (block) => {
    const read = readBody(block.body);
    const wantsExpectation = block.settings.capture !== undefined && block.settings.capture !== false;
    const mistakes = read.ok ? inspectSpec(read.spec, read.offsetOf, wantsExpectation) : read.mistakes;
    return mistakes.map((mistake) => messageOf(mistake, block));
  },
  describe: (block, values) => interpolate(block.body, values).trimEnd(),
  execute: async ({ block, target, values, signal, hurried, figure }, ports, recorder) => {
    const read = readBody(block.body);
    if (!read.ok) return unusable(read.mistakes.map(({ reason }) => reason).join(" ; "));
    const filled = fillSpec(read.spec, values);
    if (!filled.ok) return unusable(filled.reason);
    const node = target.type === "node" ? target.node : undefined;
    recorder.progress(`photographie ${filled.spec.view ?? filled.spec.open ?? ""}`);
    const spec = hurried === true ? { ...filled.spec, within: HURRIED_MS } : filled.spec;
    const result = await ports.browser.shoot(node, { spec, signal });
    return await resultOf(result, figure, recorder);
  },
};

async function resultOf(result: ShotResult, figure: boolean, recorder: Recorder): Promise<KindResult> {
  const { shot } = result;
  const answer = shot === undefined ? "" : "page photographiée";
  if (shot === undefined) return { outcome: outcomeOf(result), answer, saved: {}, figure: null };
  const picture = await keepShot(shot, recorder);
  const outcome = outcomeOf(result);
  // What the page was instead is kept as evidence; it is no figure of what was asked.
  if (!figure || result.status === "unsettled") return { outcome, answer, saved: {}, figure: null };
  const { width, height, scale, url, alternative, judgements } = shot;
  return {
    outcome,
    answer,
    saved: {},
    figure: { type: "picture", picture, width, height, scale, url, alternative, judgements },
  };
}

function outcomeOf(result: ShotResult): Outcome {
  if (result.status === "unsettled") {
    const expected = "la page est devenue ce qui est demandé";
    const judgements = result.unmet.map((obtained): Judgement => ({ ok: false, expected, obtained }));
    const reason = `La page n’est pas devenue ce qui est demandé : ${result.unmet.join(" ; ")}`;
    return { status: "failed", reason, judgements: [...judgements, ...(result.shot?.judgements ?? [])] };
  }
  const { judgements } = result.shot;
  const wrong = judgements.filter(({ ok }) => !ok);
  if (wrong.length === 0) return { status: "passed", judgements };
  return { status: "failed", reason: wrong.map(contrast).join(" ; "), judgements };
}

function contrast({ expected, obtained }: Shot["judgements"][number]): string {
  return `attendu : ${expected} ; vu : ${obtained}`;
}

function unusable(reason: string): KindResult {
  const hint = "Corriger le bloc ; « constat lint » montre la ligne.";
  return { outcome: { status: "errored", code: "BROWSER_BLOCK", reason, hint }, answer: "", saved: {}, figure: null };
}

function messageOf({ rule, offset, reason, remedy }: BodyMistake, block: Block): BodyMessage {
  return { rule, place: placeInBody(offset, block), reason, remedy };
}
