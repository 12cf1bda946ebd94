import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Event } from "../../engine/model/event.ts";
import { type CliProject, chapter, cliProject } from "./cli-project.ts";
import { openTmux, type TmuxTerminal } from "./tmux.ts";

/** Documents in a folder, and a terminal in which a person takes them step by step. */
export interface SteppedProject extends CliProject {
  readonly terminal: TmuxTerminal;
  /** The newest run's journal. */
  events(): readonly Event[];
  /** What was decided, in order: `#step what`. */
  decisions(): readonly string[];
}

const INVENTORY = `nom: essai
guard: loopback
nodes:
  pve1: { address: 127.0.0.1 }
vars: { nom_cluster: essai-1 }
secrets:
  mdp: { env: ESSAI_MDP }
`;

/** Opens them; the editor replaces « rien » by « autre ». */
export async function steppedProject(
  blocks: string,
  size: { columns?: number; rows?: number } = {},
  inventory = INVENTORY,
): Promise<SteppedProject> {
  const project = await cliProject({ "03-essai.md": chapter(blocks), "inventaire.yaml": inventory });
  const editor = join(project.folder, "editeur.sh");
  writeFileSync(editor, '#!/bin/sh\nsed -i s/rien/autre/ "$1"\n');
  chmodSync(editor, 0o755);
  const env = {
    EDITOR: `'${editor}'`,
    VISUAL: "",
    ESSAI_MDP: "tres-secret-42",
    XDG_DATA_HOME: join(project.folder, "cles"),
  };
  const terminal = openTmux(project.folder, { ...size, env });
  const events = (): readonly Event[] =>
    readFileSync(project.path("output/latest/data/journal.jsonl"), "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Event);
  return {
    ...project,
    terminal,
    events,
    decisions: () =>
      events().flatMap((event) => (event.type === "operator-decided" ? [`#${event.step} ${event.choice.what}`] : [])),
  };
}

/** How a person starts it. */
export const RUN = "constat run 03-essai.md -i inventaire.yaml --no-report";
