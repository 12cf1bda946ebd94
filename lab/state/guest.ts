/** A virtual machine or container, on the node that holds it. */
export interface Guest {
  readonly vmid: number;
  readonly type: "qemu" | "lxc";
  name: string;
  status: "running" | "stopped";
  /** Lab milliseconds of its start. */
  startedAt: number | undefined;
  cores: number;
  /** Bytes. */
  memory: number;
  disk: number;
  template: boolean;
  /** The configuration file's keys, in order. */
  readonly config: Map<string, string>;
}
