import { harmless } from "../../base/harmless.ts";
import type { Step } from "../../model/plan.ts";
import type { LiveText } from "../../reporters/index.ts";
import { cutText, fitText } from "./fit-text.ts";
import type { Size } from "./screen.ts";

/** Rows of output that each node has when several stand side by side. */
const PANEL_ROWS = 8;
/** A narrower panel says nothing. */
const NARROWEST = 24;
/** Lines of each node that stay on the screen when the step is over. */
const LEFT = 4;

interface Pane {
  readonly lines: string[];
  count: number;
  part: string;
  progress: string;
  state: string;
}

/** What a step that runs shows of itself: what each node says, how far it is. Lines of a single node are printed as they come. */
export interface RunningView {
  hear(signal: LiveText): void;
  /** A word on what is being done on a target. */
  note(target: string, state: string): void;
  lines(size: Size): readonly string[];
  /** What stays on the screen of nodes that stood side by side, and the last piece of a line. */
  end(): void;
}

/** Follows one step, and those that accompany it. */
export function runningView(step: Step, print: (text: string) => void): RunningView {
  const several = step.targets.length > 1;
  const panes = new Map<string, Pane>(step.targets.map((target) => [target, emptyPane()]));
  const paneOf = (target: string): Pane => {
    const pane = panes.get(target) ?? emptyPane();
    panes.set(target, pane);
    return pane;
  };
  const take = (target: string, pane: Pane, said: readonly string[]): void => {
    const lines = said.map((line) => harmless(lastState(line)));
    if (!several) {
      print(lines.map((line) => `  ${target} │ ${line}\n`).join(""));
      return;
    }
    pane.count += lines.length;
    pane.lines.push(...lines);
    pane.lines.splice(0, pane.lines.length - Math.max(LEFT, PANEL_ROWS));
    if (lines.length > 0) pane.progress = "";
  };
  return {
    hear: ({ type, step: source, target, text }) => {
      const pane = paneOf(target);
      if (type === "progress") {
        // What a check says while it is asked on behalf of the step.
        pane.progress = harmless(source === step.id || source === "" ? text : `#${source} : ${text}`).replace(
          /\n/g,
          " ",
        );
        return;
      }
      if (source !== step.id) return;
      const pieces = (pane.part + text).split("\n");
      pane.part = pieces.pop() ?? "";
      take(target, pane, pieces);
    },
    note: (target, state) => {
      const pane = paneOf(target);
      pane.state = state;
      pane.progress = "";
    },
    lines: (size) => (several ? sideBySide([...panes], size) : single([...panes], size)),
    end: () => {
      for (const [target, pane] of panes) {
        if (pane.part !== "") take(target, pane, [pane.part]);
        pane.part = "";
        if (several) print(remainder(target, pane));
      }
    },
  };
}

function emptyPane(): Pane {
  return { lines: [], count: 0, part: "", progress: "", state: "" };
}

/** A carriage return writes the line anew: its last state is what a person saw. */
function lastState(line: string): string {
  return line.replace(/\r+$/, "").split("\r").at(-1) ?? "";
}

function single(panes: readonly (readonly [string, Pane])[], { columns }: Size): readonly string[] {
  return panes.flatMap(([target, { part, progress, state }]) => {
    const lines = part === "" ? [] : [`  ${target} │ ${harmless(lastState(part))}`];
    const said = progress !== "" ? progress : state;
    return [...lines, ...(said === "" ? [] : [`  ${target} : ${said}`])].map((line) => cutText(line, columns - 1));
  });
}

/** A column for each node while they are wide enough; else a line for each. */
function sideBySide(panes: readonly (readonly [string, Pane])[], { columns, rows }: Size): readonly string[] {
  const width = Math.floor((columns - 1 - 3 * (panes.length - 1)) / panes.length);
  if (width < NARROWEST) return panes.map(([target, pane]) => cutText(`  ${target} │ ${latest(pane)}`, columns - 1));
  const height = Math.max(1, Math.min(PANEL_ROWS, rows - 8));
  const bodies = panes.map(([, pane]) => bodyOf(pane, height));
  const used = Math.max(...bodies.map((body) => body.length));
  const row = (cells: readonly string[]) => cells.map((cell) => fitText(cell, width)).join(" │ ");
  return [
    row(panes.map(([target, { state }]) => (state === "" ? target : `${target} – ${state}`))),
    ...Array.from({ length: used }, (_, index) => row(bodies.map((body) => body[index] ?? ""))),
  ];
}

function bodyOf({ lines, part, progress }: Pane, height: number): readonly string[] {
  const all = [...lines, ...(part === "" ? [] : [harmless(lastState(part))]), ...(progress === "" ? [] : [progress])];
  return all.slice(-height);
}

function latest(pane: Pane): string {
  return bodyOf(pane, 1)[0] ?? pane.state;
}

function remainder(target: string, { lines, count }: Pane): string {
  const kept = lines.slice(-LEFT);
  const before = count - kept.length;
  const more = before > 0 ? [`… ${before} lignes avant celles-ci, gardées dans les preuves`] : [];
  return [...more, ...kept].map((line) => `  ${target} │ ${line}\n`).join("");
}
