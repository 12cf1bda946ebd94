import type { ShotResult } from "../../engine/transports/port.ts";

/** A web interface of Proxmox VE under test: what the suite may ask of it, whatever stands behind. */
export interface PveUi {
  shoot(spec: object): Promise<ShotResult>;
  /** How long pages may take from now on, in milliseconds. */
  within(ms: number): void;
  /** One node alone, or three in the cluster `pve-cluster`. */
  become(state: "standalone" | "three-nodes"): void;
  /** Milliseconds before each answer of the API. */
  delay(ms: number): void;
  /** The API answers this path with an error so many times. */
  fail(path: string, times: number): void;
  /** What the driver itself is told of this path, changed; the page goes on hearing the truth. */
  answer(path: string, change: ((data: unknown) => unknown) | undefined): void;
  /** Sessions end now; a login works again at once. */
  expire(): void;
  /** Requests that the API got since the last call, `POST /cluster/config`. */
  requests(): readonly string[];
  close(): Promise<void>;
}
