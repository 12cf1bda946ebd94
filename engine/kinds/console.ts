import { interpolate } from "../base/interpolate.ts";
import type { ConsoleSpec } from "../model/console-spec.ts";
import type { Credential } from "../model/credential.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Block } from "../model/runbook.ts";
import type { ScreenOwner } from "../transports/port.ts";
import { checkPatterns } from "./console/check-patterns.ts";
import { fillSpec } from "./console/fill-spec.ts";
import { readSpec, type SpecMistake } from "./console/read-spec.ts";
import { type Taken, takeSteps } from "./console/take-steps.ts";
import type { BodyMessage, Kind, KindResult, Recorder, Task } from "./kind.ts";
import { placeInBody } from "./text/place-in-body.ts";

const LONGEST = 700;
/** How the report names what was covered on a picture. */
const COVERED = "masque de l’image";

/** A machine's screen and keyboard: keys, waits, and a picture of what is read on it. */
export const console: Kind = {
  name: "console",
  needs: (block) => needsOf(block),
  credentials: credentialsOf,
  inspect,
  describe: (block, values) => interpolate(block.body, values).trimEnd(),
  execute: async (task, ports, recorder) => {
    const read = readSpec(task.block.body);
    if (!read.ok) return unusable(read.mistakes.map(({ reason }) => reason).join(" ; "));
    const filled = fillSpec(read.spec, task.values);
    if (!filled.ok) return unusable(filled.reason);
    const owner = ownerOf(filled.spec, task);
    if ("reason" in owner) return unusable(owner.reason);
    const session = await ports.console.open(owner, task.signal);
    try {
      const taken = await takeSteps(filled.spec, {
        session,
        transport: ports.console,
        clock: ports.clock,
        signal: task.signal,
        secret: (name) => task.secret(name),
        progress: (text) => recorder.progress(text),
      });
      return await resultOf(taken, filled.spec, owner, recorder);
    } finally {
      // Held, a console may refuse the next person.
      await session.close();
    }
  },
};

function needsOf(block: Block): readonly Need[] {
  const read = readSpec(block.body);
  if (!read.ok) return ["console"];
  const { screen } = read.spec;
  return screen.startsWith("vm/") ? ["vm-screen"] : [screen === "bmc" ? "bmc" : "console"];
}

/** The secrets that it types, and the controller's own login when the screen is behind it. */
function credentialsOf(block: Block): readonly Credential[] {
  const read = readSpec(block.body);
  if (!read.ok) return [];
  const { screen, steps } = read.spec;
  const at = (path: readonly PropertyKey[]) => placeInBody(read.offsetOf(path), block);
  const account: Credential = {
    type: "bmc-account",
    account: undefined,
    unlessConsole: screen !== "bmc",
    place: at(["screen"]),
  };
  return [
    ...(screen.startsWith("vm/") ? [] : [account]),
    ...steps.flatMap((step, index): readonly Credential[] =>
      "secret" in step ? [{ type: "secret", name: step.secret, place: at(["steps", index, "secret"]) }] : [],
    ),
  ];
}

function ownerOf({ screen }: ConsoleSpec, { target, inventory }: Task): ScreenOwner | { readonly reason: string } {
  if (target.type === "local") return { reason: "la machine locale n’a pas d’écran que l’on puisse voir d’ici" };
  const { node } = target;
  if (screen === "bmc") return { type: "bmc", node };
  if (screen.startsWith("vm/")) return vmOn(node, screen.slice("vm/".length));
  if (node.console === undefined) return { type: "bmc", node };
  const { host: name, vmid } = node.console;
  const host = inventory.nodes.find((candidate) => candidate.name === name);
  return host === undefined ? { reason: `le nœud ${name} n’est pas dans l’inventaire` } : { type: "vm", host, vmid };
}

function vmOn(host: InventoryNode, written: string): ScreenOwner | { readonly reason: string } {
  const vmid = Number(written);
  return Number.isSafeInteger(vmid) && vmid >= 100
    ? { type: "vm", host, vmid }
    : { reason: `« ${written} » n’est pas un numéro de machine virtuelle` };
}

async function resultOf(taken: Taken, spec: ConsoleSpec, owner: ScreenOwner, recorder: Recorder): Promise<KindResult> {
  const { view, judgements, covering, unmet } = taken;
  recorder.covered(COVERED, covering.covered.length);
  const picture = await recorder.attach("picture", view.png(spec.crop, covering.covered), "image/png");
  await recorder.attach("dom-text", covering.text, "text/plain");
  await recorder.attach("rows", JSON.stringify(covering.texts, null, 1), "application/json");
  const outcome = outcomeOf(taken);
  const answer = "écran photographié";
  // A screen on the way (an incident, say) is shown with its step, though it fills no placeholder.
  if (unmet !== undefined) return { outcome, answer, saved: {}, figure: null };
  const where =
    owner.type === "vm" ? `machine virtuelle ${owner.vmid} sur ${owner.host.name}` : `serveur ${owner.node.name}`;
  return {
    outcome,
    answer,
    saved: {},
    figure: {
      type: "picture",
      picture,
      width: spec.crop?.width ?? view.width,
      height: spec.crop?.height ?? view.height,
      scale: 1,
      url: owner.type === "vm" ? `console:${owner.host.name}/vm/${owner.vmid}` : `console:${owner.node.name}/bmc`,
      alternative: alternativeOf(where, covering.text),
      judgements,
    },
  };
}

function alternativeOf(where: string, text: string): string {
  const seen = text
    .split("\n")
    .filter((row) => row.trim() !== "")
    .join(" ; ");
  const whole = `Écran de la ${where}`.replace("de la serveur", "du serveur");
  const sentence = seen === "" ? `${whole}, sans texte lisible.` : `${whole}. On y lit : ${seen}`;
  return sentence.length <= LONGEST ? sentence : `${sentence.slice(0, LONGEST - 1)}…`;
}

function outcomeOf({ judgements, unmet }: Taken): Outcome {
  if (unmet !== undefined) {
    const judgement = { ok: false, expected: "l’écran est devenu ce qui est demandé", obtained: unmet };
    return { status: "failed", reason: unmet, judgements: [...judgements, judgement] };
  }
  const wrong = judgements.filter(({ ok }) => !ok);
  if (wrong.length === 0) return { status: "passed", judgements };
  const reason = wrong.map(({ expected, obtained }) => `attendu : ${expected} ; vu : ${obtained}`).join(" ; ");
  return { status: "failed", reason, judgements };
}

function inspect(block: Block): readonly BodyMessage[] {
  const read = readSpec(block.body);
  if (!read.ok) return read.mistakes.map((mistake) => messageOf(mistake, block));
  const { steps, expect } = read.spec;
  const mistakes: SpecMistake[] = [...checkPatterns(read.spec, read.offsetOf)];
  const pressing = steps.some((step) => "keys" in step || "type" in step || "secret" in step);
  if (block.role === "check" && pressing) {
    mistakes.push({
      rule: "console-role",
      offset: Math.max(0, block.body.indexOf("steps:")),
      reason: "un .check ne fait que regarder, or ce bloc presse des touches",
      remedy: "Marquer le bloc .action, ou retirer keys, type et secret.",
    });
  }
  const captured = block.settings.capture !== undefined && block.settings.capture !== false;
  if (captured && expect.length === 0) {
    mistakes.push({
      rule: "console-expect",
      offset: 0,
      reason: "cette capture ne vérifie rien de ce qu’elle montre",
      remedy: "Ajouter une attente sur ce qui se lit à l’écran : expect: [{ text: motif }].",
    });
  }
  return mistakes.map((mistake) => messageOf(mistake, block));
}

function unusable(reason: string): KindResult {
  const hint = "Corriger le bloc ou l’inventaire ; « constat lint » montre la ligne.";
  return { outcome: { status: "errored", code: "CONSOLE_BLOCK", reason, hint }, answer: "", saved: {}, figure: null };
}

function messageOf({ rule, offset, reason, remedy }: SpecMistake, block: Block): BodyMessage {
  return { rule, place: placeInBody(offset, block), reason, remedy };
}
