import { harmless } from "../../base/harmless.ts";
import { compareTexts } from "../../compare/index.ts";
import { KINDS } from "../../kinds/index.ts";
import type { Step } from "../../model/plan.ts";
import type { Cockpit } from "./cockpit.ts";
import { editBody } from "./edit-body.ts";

/** What a person made of a block's text, for this time. */
export interface ChangedBody {
  readonly body: string;
  /** Undefined when it is not to be sent: it has mistakes, or nobody says why. */
  readonly reason: string | undefined;
}

/** Lets a person edit a step's text, shows what changed, judges it as a runbook's would be, and asks why. Undefined when nothing changed. */
export async function changeBody(
  step: Step,
  body: string,
  { screen, keyboard, shown }: Cockpit,
  signal: AbortSignal,
): Promise<ChangedBody | undefined> {
  const { block } = step;
  const edited = await screen.alone(() => editBody(block, body));
  if (edited.status !== "changed") {
    screen.print(edited.status === "same" ? "  Rien n’a changé.\n" : `  ${edited.reason}\n`);
    return undefined;
  }
  const { lines } = compareTexts(block.body.split("\n"), edited.body.split("\n"), { neutral: (line) => line });
  for (const { mark, text } of lines) {
    if (mark === "-" || mark === "+") screen.print(`  ${mark} ${shown.mask(harmless(text), step)}\n`);
  }
  const mistakes = KINDS[block.kind].inspect({ ...block, body: edited.body });
  for (const { reason, remedy } of mistakes) screen.print(`  ${reason}\n    → ${remedy}\n`);
  if (mistakes.length > 0) return { body: edited.body, reason: undefined };
  const reason = await screen.alone(() => keyboard.line("Motif de la modification (vide : annuler) : ", signal));
  return { body: edited.body, reason: reason?.trim() || undefined };
}
