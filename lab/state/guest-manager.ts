import type { NodeState } from "./node.ts";

/** What somebody asks of a managed guest instead of doing it. */
export type GuestRequest =
  | { readonly type: "start" }
  | { readonly type: "stop"; readonly timeout?: number | undefined }
  | { readonly type: "migrate"; readonly target: string };

/**
 * Who watches over guests: the HA stack, once it is there. `qm` and the API leave a managed guest to it, as real nodes do; its own work
 * (a local resource manager's) calls startVm, stopVm and migrateVm directly.
 */
export interface GuestManager {
  /** Whether the guest is one of its resources, in the eyes of that node's cluster. */
  isManaged(node: NodeState, vmid: number): boolean;
  /** State of the resource as `ha` and `hastate` fields show it: "started", "migrate" …; undefined before it has one. */
  stateOf(node: NodeState, vmid: number): string | undefined;
  /** Keeps the request; throws a PveError with the text `ha-manager` refuses it with. */
  request(node: NodeState, vmid: number, request: GuestRequest): void;
}
