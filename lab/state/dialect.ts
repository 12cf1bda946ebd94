/** Which Proxmox VE the lab speaks: "9" is 9.2.11, "8.4" is 8.4.21. */
export type Dialect = "9" | "8.4";

/** What a node says about its own software. */
export interface Versions {
  /** "9.2" */
  readonly release: string;
  /** "9.2.11" */
  readonly version: string;
  /** 16 hex digits */
  readonly repoid: string;
  /** "6.17.2-1-pve" */
  readonly kernel: string;
  /** Build text of the kernel as `uname -v` prints it. */
  readonly kernelBuild: string;
  /** Debian's code name: "trixie" or "bookworm". */
  readonly debian: string;
}

/** The software of a freshly installed node of a dialect. */
export function versionsOf(dialect: Dialect): Versions {
  return VERSIONS[dialect];
}

const VERSIONS: Readonly<Record<Dialect, Versions>> = {
  "9": {
    release: "9.2",
    version: "9.2.11",
    repoid: "f6997e698c7933ea",
    kernel: "6.17.2-1-pve",
    kernelBuild: "#1 SMP PREEMPT_DYNAMIC PMX 6.17.2-1 (2025-10-21T11:55Z)",
    debian: "trixie",
  },
  "8.4": {
    release: "8.4",
    version: "8.4.21",
    repoid: "2d1ab16e0e7d5a52",
    kernel: "6.8.12-13-pve",
    kernelBuild: "#1 SMP PREEMPT_DYNAMIC PMX 6.8.12-13 (2025-07-22T10:00Z)",
    debian: "bookworm",
  },
};
