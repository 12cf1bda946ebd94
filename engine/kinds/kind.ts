import type { Clock } from "../base/clock.ts";
import type { Credential } from "../model/credential.ts";
import type { Artefact, Figure } from "../model/event.ts";
import type { Inventory, InventoryNode } from "../model/inventory.ts";
import type { Need } from "../model/need.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Place } from "../model/place.ts";
import type { Block, KindName } from "../model/runbook.ts";
import type { Values } from "../model/values.ts";
import type {
  BrowserTransport,
  ConsoleTransport,
  HttpTransport,
  OperatorTransport,
  ShellTransport,
} from "../transports/port.ts";

/** An author's mistake inside a block's body. */
export interface BodyMessage {
  readonly rule: string;
  readonly place: Place;
  /** What is wrong, to what. */
  readonly reason: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** A block that goes on beside other steps. */
export interface Lasting {
  /** To be called once it looks: what it accompanies begins only then. */
  ready(): void;
  /** Aborted when the others are over; the block then comes to its own end. Its reason is `ACTION_FAILED` when there is nothing left to see. */
  readonly over: AbortSignal;
}

/** Why `Lasting.over` was aborted when what the block accompanies did not succeed. */
export const ACTION_FAILED = "action-failed";

/** One block on one target, with its values: what a kind executes once. */
export interface Task {
  readonly block: Block;
  readonly target: { readonly type: "node"; readonly node: InventoryNode } | { readonly type: "local" };
  readonly values: Values;
  /** The whole site, for blocks that look at several machines. */
  readonly inventory: Inventory;
  readonly lasting?: Lasting | undefined;
  /** Secret values by name, for answers and templates; never stored. */
  secret(name: string): Promise<string>;
  readonly signal: AbortSignal;
  /** True when the run has failed already: what is not there now will not come, so it is not waited for. */
  readonly hurried?: boolean | undefined;
  /** True when this attempt may fill a placeholder, so that a figure is wanted. */
  readonly figure: boolean;
}

/** Where the bytes of an attempt go: masked, then stored, then on screen. */
export interface Recorder {
  /** Output as it comes; kept with its timing. */
  output(stream: "stdout" | "stderr", chunk: Uint8Array): void;
  /** Keeps a whole file. */
  attach(role: Artefact["role"], content: Uint8Array | string, mediaType: string): Promise<Artefact>;
  /** Places of a picture that were covered before it was taken, by the rule that asked for it. */
  covered(rule: string, places: number): void;
  /** A line for the person who watches; not evidence. */
  progress(text: string): void;
}

export interface Ports {
  readonly shell: ShellTransport;
  readonly http: HttpTransport;
  readonly browser: BrowserTransport;
  readonly operator: OperatorTransport;
  readonly console: ConsoleTransport;
  readonly clock: Clock;
}

export interface KindResult {
  readonly outcome: Outcome;
  /** `exit 0`, `HTTP 200`, …: the machine's own answer. */
  readonly answer: string;
  readonly saved: Readonly<Record<string, string>>;
  readonly figure: Figure | null;
  /** Pictures that the block took on its way, by caption. */
  readonly shots?: Readonly<Record<string, Figure>> | undefined;
}

/** A way to execute blocks. Four files of one stem: code, template, docs page, test; and one line in `index.ts`. */
export interface Kind {
  readonly name: KindName;
  needs(block: Block): readonly Need[];
  /** The secrets and accounts that the block itself names; none when absent. */
  credentials?(block: Block): readonly Credential[];
  /** Milliseconds that the block takes by its own design; its time limit comes on top. */
  patience?(block: Block, values: Values): number;
  /** Set when it can go on beside other steps and says by itself when it looks (`Lasting.ready`). */
  readonly lasts?: true | undefined;
  /** The author's mistakes that only this kind can see; with the values known before a run, those that they bring. */
  inspect(block: Block, known?: Values): readonly BodyMessage[];
  /** What is sent, values filled in, as plan and report show it. */
  describe(block: Block, values: Values): string;
  execute(task: Task, ports: Ports, recorder: Recorder): Promise<KindResult>;
}
