import type { Json } from "../base/json.ts";
import type { BrowserSpec } from "../model/browser-spec.ts";
import type { Judgement } from "../model/expectation.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { ScreenView } from "../model/screen-view.ts";
import type { RedfishTaskEnd, TaskEnd } from "../model/task-end.ts";

/** Where a script runs: a node over ssh, or the operator's own machine. */
export type ShellTarget = { readonly type: "node"; readonly node: InventoryNode } | { readonly type: "local" };

/** What to type when the output shows `prompt` (a regular expression); the answer's echo is masked by the caller. */
export interface PromptAnswer {
  readonly prompt: RegExp;
  readonly answer: string;
}

export interface ShellRequest {
  readonly interpreter: "bash" | "sh";
  readonly script: string;
  /** Travels as a quoted preamble, never in argv or the server's environment requests. */
  readonly environment: Readonly<Record<string, string>>;
  /** Blocks of one session on one target share directory, variables and functions. */
  readonly session?: string | undefined;
  /** Where it can write no file, `devices` with the disks to read; it is not started where that cannot be had (ENCLOSURE_UNAVAILABLE). */
  readonly enclosure?: "plain" | "devices" | undefined;
  /** A terminal of this size instead of pipes; stderr then arrives on stdout. */
  readonly pty?: { readonly columns: number; readonly rows: number } | undefined;
  /** Only with `pty`. Each is used once, in the order in which the prompts appear. */
  readonly answers: readonly PromptAnswer[];
  /** Aborting it ends the script's whole process group and resolves to `stopped`. */
  readonly signal: AbortSignal;
  /** Called with each piece of output as it arrives. */
  onOutput(stream: "stdout" | "stderr", chunk: Buffer): void;
}

/** How a script ended. `lost`: the connection broke before an end was seen; what the script did is unknown. */
export type ShellEnd =
  | { readonly status: "exited"; readonly code: number }
  | { readonly status: "signalled"; readonly signal: string }
  | { readonly status: "stopped" }
  | { readonly status: "lost"; readonly reason: string };

/** Runs scripts. Throws a ProblemError (SSH_…) when a node cannot be reached or is not the one that was pinned. */
export interface ShellTransport {
  run(target: ShellTarget, request: ShellRequest): Promise<ShellEnd>;
  /**
   * Connects ahead of the first script. What has to be asked of a person (host key, pass phrase) is asked now, and takes the time it
   * takes; all else keeps its deadlines.
   */
  reach?(target: ShellTarget, signal: AbortSignal): Promise<void>;
  /** Fingerprint (`SHA256:…`) of the host key that a node showed last; undefined before the first connection, and on this machine. */
  hostKey?(target: ShellTarget): string | undefined;
  /** Reads a small text file as the login user; undefined when there is none. For pins and facts. */
  readFile(target: ShellTarget, path: string, signal: AbortSignal): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

export interface HttpRequest {
  readonly method: string;
  /** Absolute, a path of the node's API (`/cluster/status`; the prefix is added), or `bmc:/redfish/v1/…` of its controller. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Milliseconds for which a service that restarts is asked again; a change only when it surely did not arrive. */
  readonly patienceMs?: number | undefined;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** The reason phrase: Proxmox puts its error texts there. */
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What became of a Redfish task that the answer named, followed to its end. */
  readonly task?: RedfishTaskEnd | undefined;
}

/** Requests; with a node, its session, CSRF token and pinned certificate are brought along and renewed as needed. */
export interface HttpTransport {
  /** A request to any address, or to a node's Proxmox API. Throws ProblemError (HTTP_…, TLS_…) when nothing answered. */
  request(node: InventoryNode | undefined, request: HttpRequest): Promise<HttpAnswer>;
  /**
   * Polls a task until it stopped, through restarts and renewed sessions. With `renews` it may change the node's certificate, which is then
   * read over ssh. Throws ProblemError PVE_TASK_UNFINISHED, with what was seen last, when `signal` ends it.
   */
  followTask(
    node: InventoryNode,
    upid: string,
    signal: AbortSignal,
    options?: { readonly progress?: (text: string) => void; readonly renews?: boolean },
  ): Promise<TaskEnd>;
  /** Forgets sessions and connections of a node, after its certificate or keys changed. */
  forget(node: InventoryNode): Promise<void>;
  /** A node's controller was reset to its factory settings: waits for it, and takes the certificate that it shows then. Gives both SHA-256, the first empty when unknown. */
  renewController(
    node: InventoryNode,
    signal: AbortSignal,
  ): Promise<{ readonly before: string; readonly after: string }>;
  close(): Promise<void>;
}

/** One data source read from the page or the API beside a picture. */
export interface PageEvidence {
  /** Rows and values of the visible components, as the page's own stores hold them. */
  readonly rows: Json;
  /** Visible text of the picture's scope. */
  readonly text: string;
  /** Answers of the API calls that back the picture, by path. */
  readonly api: Readonly<Record<string, Json>>;
}

export interface Shot {
  readonly png: Buffer;
  /** The picture before anything was drawn on it; undefined when nothing was. */
  readonly original?: Buffer | undefined;
  /** Places that were covered before it was taken: those that the author named, and those where a secret stood. */
  readonly covered?: { readonly masks: number; readonly secrets: number } | undefined;
  /** Milliseconds: until the page was what was asked, and until the picture was there. */
  readonly timing?: { readonly settledMs: number; readonly wholeMs: number } | undefined;
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly url: string;
  readonly title: string;
  readonly alternative: string;
  readonly evidence: PageEvidence;
  /** One per expectation of the block; a picture that contradicts the API has one that is not ok. */
  readonly judgements: readonly Judgement[];
}

export type ShotResult =
  | { readonly status: "shot"; readonly shot: Shot }
  /** The page never became what was asked; `unmet` lists what was missing, `shot` shows what was there instead. */
  | { readonly status: "unsettled"; readonly unmet: readonly string[]; readonly shot: Shot | undefined };

export interface ShotRequest {
  readonly spec: BrowserSpec;
  readonly signal: AbortSignal;
  /** Hears of what the page wanted to send and was not let to, where the transport only reads. */
  readonly refused?: ((what: string) => void) | undefined;
}

/** Pictures of web pages. Throws ProblemError (BROWSER_…, TLS_…) when there is no browser or no way to the page. */
export interface BrowserTransport {
  shoot(node: InventoryNode | undefined, request: ShotRequest): Promise<ShotResult>;
  /** Starts afresh for this node: its certificate changed. */
  forget(node: InventoryNode): Promise<void>;
  close(): Promise<void>;
}

/** What a person is asked to do and to give. */
export interface OperatorRequest {
  readonly step: string;
  /** What to do, in the author's words, values filled in. */
  readonly instructions: string;
  /** The caption that a picture will bear; undefined when none is wanted. */
  readonly caption: string | undefined;
  readonly wants: { readonly picture: boolean; readonly note: boolean };
  /** The sentence that the person makes his own. */
  readonly attestation: string;
  /** Why a picture cannot be kept, in French, after its name; undefined when it can. A person is then asked again. */
  readonly refusal?: ((picture: OperatorPicture) => Promise<string | undefined>) | undefined;
  readonly signal: AbortSignal;
}

export interface OperatorPicture {
  readonly bytes: Buffer;
  /** Name of the file it came from. */
  readonly name: string;
}

/** `accepted`, `typed`: by a person at the terminal, who may word it himself; `file`: nobody was asked, the picture lay ready. */
export interface Attestation {
  readonly text: string;
  readonly how: "accepted" | "typed" | "file";
}

export type OperatorAnswer =
  | {
      readonly status: "answered";
      readonly operator: { readonly user: string; readonly host: string };
      readonly picture: OperatorPicture | undefined;
      readonly note: string | undefined;
      readonly attestation: Attestation;
    }
  | { readonly status: "declined"; readonly reason: string };

/** Asks a person. */
export interface OperatorTransport {
  /** Whether `ask` can be answered here: someone is there, or a picture for this caption lies ready. */
  available(caption: string | undefined, wants: OperatorRequest["wants"]): boolean;
  /** Throws ProblemError OPERATOR_NEEDED when nobody can answer, PICTURE_… when a file that lay ready cannot be read. */
  ask(request: OperatorRequest): Promise<OperatorAnswer>;
}

/** Whose screen: a virtual machine's through the node that runs it, or a server's through its management controller. */
export type ScreenOwner =
  | { readonly type: "vm"; readonly host: InventoryNode; readonly vmid: number }
  | { readonly type: "bmc"; readonly node: InventoryNode };

/** A console that somebody holds; other people may be refused meanwhile. */
export interface ConsoleSession {
  /** The picture of this moment. With `read: false` its texts stay empty, which is faster. */
  look(signal: AbortSignal, options?: { readonly read: boolean }): Promise<ScreenView>;
  /** Presses keys in QEMU's names, one after the other. */
  press(keys: readonly string[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Screens and keyboards of machines. Throws ProblemError CONSOLE_…, SSH_…, BMC_… when there is no way to one. */
export interface ConsoleTransport {
  open(owner: ScreenOwner, signal: AbortSignal): Promise<ConsoleSession>;
  /** A text read from pixels is matched with patience for letters that look alike. Throws a SyntaxError. */
  matches(pattern: string, text: string): string | undefined;
  close(): Promise<void>;
}

/** Which certificate (SHA-256, Proxmox's spelling) each node must show; asked by http and browser before each handshake. */
export interface TlsPins {
  /** The inventory's pin, the one renewed in this run, or the one read over the pinned ssh. */
  expected(node: InventoryNode, signal: AbortSignal): Promise<string>;
  /** Reads the node's new certificate over ssh and keeps it; returns both fingerprints. */
  renew(node: InventoryNode, signal: AbortSignal): Promise<{ readonly before: string; readonly after: string }>;
}
