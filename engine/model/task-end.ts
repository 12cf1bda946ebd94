/** The end of a Redfish task. `ok` is the service's own verdict; `state` its words, such as `Completed OK`. */
export interface RedfishTaskEnd {
  readonly monitor: string;
  readonly ok: boolean;
  readonly state: string;
  readonly messages: readonly string[];
}

/** The end of a Proxmox task with its whole log. `exitStatus` is `OK`, `WARNINGS: n` or the error text. */
export interface TaskEnd {
  readonly upid: string;
  readonly exitStatus: string;
  readonly log: readonly string[];
}
