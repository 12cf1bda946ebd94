import { VFile } from "vfile";
import { systemClock } from "../../engine/base/clock.ts";
import { sha256 } from "../../engine/base/digest.ts";
import type { Ports, Recorder, Task } from "../../engine/kinds/kind.ts";
import type { Artefact } from "../../engine/model/event.ts";
import type { Inventory, InventoryNode } from "../../engine/model/inventory.ts";
import type { Block } from "../../engine/model/runbook.ts";
import type { Values } from "../../engine/model/values.ts";
import { parseRunbook } from "../../engine/runbook/index.ts";
import type { HttpAnswer, HttpRequest, ShellEnd, ShellRequest } from "../../engine/transports/port.ts";

export const NODE: InventoryNode = { name: "pve1", hostname: "pve1", address: "10.202.4.31", vars: {} };

/** The site of these tests. */
export const INVENTORY: Inventory = {
  file: "inventaire.yaml",
  name: "essai",
  timeScale: 1,
  guard: "none",
  nodes: [NODE],
  groups: {},
  vars: {},
  secrets: {},
};

/** The only block of a runbook that holds this fence. */
export function blockOf(fence: string): Block {
  const file = new VFile({ path: "essai.md", value: `---\nchapitre: 3\n---\n\n# 3. Essai\n\n${fence}\n` });
  const [block] = parseRunbook(file).blocks;
  if (block === undefined) throw new Error(`no block: ${file.messages.map(String).join("\n")}`);
  return block;
}

/** A task on pve1 with these values; secrets are their own name in capitals. */
export function taskOf(block: Block, values: Values = {}, figure = false): Task {
  return {
    block,
    target: { type: "node", node: NODE },
    values,
    inventory: INVENTORY,
    secret: async (name) => name.toUpperCase(),
    signal: new AbortController().signal,
    figure,
  };
}

/** A recorder that keeps what it was given. */
export class KeptRecorder implements Recorder {
  readonly stdout: string[] = [];
  readonly attached: { readonly role: string; readonly text: string; readonly mediaType: string }[] = [];

  output(stream: "stdout" | "stderr", chunk: Uint8Array): void {
    if (stream === "stdout") this.stdout.push(Buffer.from(chunk).toString());
  }

  async attach(role: Artefact["role"], content: Uint8Array | string, mediaType: string): Promise<Artefact> {
    const text = Buffer.from(content).toString();
    this.attached.push({ role, text, mediaType });
    return { role, path: "x", sha256: sha256(text), bytes: text.length, mediaType };
  }

  readonly coverings: Record<string, number> = {};

  covered(rule: string, places: number): void {
    this.coverings[rule] = places;
  }

  progress(): void {}
}

/** Doors that answer what they are told; one that was not told anything refuses. */
export function portsOf(answers: {
  readonly shell?: (request: ShellRequest) => ShellEnd;
  readonly http?: (request: HttpRequest) => HttpAnswer;
  readonly task?: { readonly exitStatus: string; readonly log: readonly string[] };
}): Ports {
  const refuse = async (): Promise<never> => {
    throw new Error("this door was not to be used");
  };
  const close = async (): Promise<void> => {};
  const { shell, http, task } = answers;
  return {
    clock: systemClock,
    shell: { run: shell === undefined ? refuse : async (_, request) => shell(request), readFile: refuse, close },
    http: {
      request: http === undefined ? refuse : async (_, request) => http(request),
      followTask: task === undefined ? refuse : async (_, upid) => ({ upid, ...task }),
      forget: refuse,
      renewController: refuse,
      close,
    },
    operator: { available: () => false, ask: refuse },
    browser: { shoot: refuse, forget: refuse, close },
    console: { open: refuse, matches: () => undefined, close },
  };
}
