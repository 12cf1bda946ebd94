import type { OperatorChoice } from "../../model/operator-event.ts";
import type { Step } from "../../model/plan.ts";
import { columnsOf } from "./fit-text.ts";
import type { Keyboard } from "./keyboard.ts";
import type { Screen, Size } from "./screen.ts";
import type { ShownWith } from "./show-step.ts";
import type { KeyWord } from "./step-words.ts";

/** What a person at the controls has in front of them. */
export interface Cockpit {
  readonly screen: Screen;
  readonly keyboard: Keyboard;
  readonly shown: ShownWith;
  /** How long steps took the last time, in milliseconds. */
  readonly expected: ReadonlyMap<string, number>;
  /** Journals what the person decided; returns when it is on disk. */
  record(step: Step, choice: OperatorChoice): Promise<void>;
  bold(text: string): string;
}

/** A rule with a title in it, across the screen. */
export function ruleLine(title: string, { columns }: Size): string {
  const text = title === "" ? "" : ` ${title} `;
  return `──${text}${"─".repeat(Math.max(0, columns - 3 - columnsOf(text)))}`;
}

/** Keys and what they do, in as few lines as the screen allows; none is broken. */
export function keyLines(keys: readonly KeyWord[], { columns }: Size): readonly string[] {
  const lines: string[] = [];
  for (const [key, what] of keys) {
    const word = `${key} ${what}`;
    const last = lines.at(-1);
    if (last !== undefined && columnsOf(`${last} · ${word}`) < columns) lines[lines.length - 1] = `${last} · ${word}`;
    else lines.push(word);
  }
  return lines;
}
