import type { Dialect } from "../../../lab/state/dialect.ts";

/**
 * How the lab's answer is held against a recorded one: letter for letter (`text`, once dates and keys are made equal), the same up to the
 * first empty line (`head`), the same keys and types (`json`), the same columns (`table`), or not, with the reason.
 */
export type Comparison = "text" | "head" | "json" | "table" | { readonly not: string };

/** The situation that a recording began in. */
export type Stage = "fresh" | "created-wrong-link" | "created" | "three-nodes" | "after-delnode";

export interface PlannedFile {
  readonly file: string;
  readonly dialect: Dialect;
  readonly stage: Stage;
  /** One for each command of the file, in order. */
  readonly comparisons: readonly Comparison[];
}

const not = (reason: string): Comparison => ({ not: reason });
const HA = not("only `ha-manager status` is simulated so far: HA belongs to a later chapter");
const HELP = not("help texts are not copied, neither into the lab nor into the fixtures");
const COUNTERS = not(
  "pmxcfs's own files (.clusterlog, .debug, .rrd, .version) are not on the lab's /etc/pve, so listings are shorter",
);
const JOURNAL = not("the lab's journal is told from the state and shorter; its form is tested on its own");
const PACKAGES = not("the recording's machines mix Debian's packages in; the lab lists a Proxmox installation");
const SMALLER_API = not("the lab lists the part of the API that it has");
const OTHER_STORE = not(
  "the recording held a storage, or a guest, that the lab's world does not have; the API's own tests compare it",
);
const RACE = not("a race on a loaded machine made the certificate step fail there");

/** Every recording of cluster/ and standalone/. */
export const PLAN: readonly PlannedFile[] = [
  {
    file: "8.4/cluster/00-errors-before.txt",
    dialect: "8.4",
    stage: "fresh",
    comparisons: ["text", "text", "text", "text", "text", "text"],
  },
  {
    file: "8.4/cluster/01-create-with-wrong-link.txt",
    dialect: "8.4",
    stage: "created-wrong-link",
    comparisons: ["text", "head", JOURNAL, COUNTERS],
  },
  {
    file: "8.4/cluster/02-add-errors.txt",
    dialect: "8.4",
    stage: "fresh",
    comparisons: ["text", "text", "text", "text", "text", "text"],
  },
  {
    file: "8.4/cluster/03-create-add.txt",
    dialect: "8.4",
    stage: "fresh",
    comparisons: [
      "text",
      "text",
      "text",
      RACE,
      "text",
      "text",
      "text",
      "text",
      not("keys that only a real authority leaves in /etc/pve/priv"),
    ],
  },
  {
    file: "8.4/cluster/04-three-nodes.txt",
    dialect: "8.4",
    stage: "three-nodes",
    comparisons: [
      ...(["text", "text", "text", "text", "text", "text", "text", "text"] as const),
      not("runtime statistics are not simulated; the members and votes are tested on their own"),
      "text",
      not("the cluster log tells of everything that happened before on that machine"),
      HA,
      ...(["json", "json", "table", "json", "json"] as const),
      not("the HA manager's raw status belongs to a later chapter"),
      COUNTERS,
      "text",
    ],
  },
  {
    file: "8.4/cluster/07-delnode.txt",
    dialect: "8.4",
    stage: "three-nodes",
    comparisons: ["text", "text", "text", "text", "text"],
  },
  {
    file: "8.4/cluster/08-after-delnode-of-online-node.txt",
    dialect: "8.4",
    stage: "after-delnode",
    comparisons: [
      not(
        "two commands of which one tells of HA services that were there; the first is the next file's and tested in the others",
      ),
      not("five commands with a journal and a listing among them; the parts are tested on their own"),
      not("repairing a node by hand with `pmxcfs -l` is not simulated"),
      not("that node held a virtual machine; tested with the state"),
      not("that node held a virtual machine; tested with the state"),
      not("`qm` belongs to a later chapter"),
    ],
  },
  { file: "8.4/standalone/corosync.txt", dialect: "8.4", stage: "fresh", comparisons: ["text", "text"] },
  { file: "8.4/standalone/ha.txt", dialect: "8.4", stage: "fresh", comparisons: ["text"] },
  { file: "8.4/standalone/pvecm.txt", dialect: "8.4", stage: "fresh", comparisons: ["text", "text", "text", "text"] },
  {
    file: "8.4/standalone/pvesh.txt",
    dialect: "8.4",
    stage: "fresh",
    comparisons: ["table", "json", "json", OTHER_STORE],
  },
  { file: "8.4/standalone/pveversion.txt", dialect: "8.4", stage: "fresh", comparisons: ["text", PACKAGES] },
  { file: "8.4/standalone/services.txt", dialect: "8.4", stage: "fresh", comparisons: ["text"] },
  {
    file: "9/cluster/00-errors-before.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: ["text", "text", "text", "text", "text", "text"],
  },
  { file: "9/cluster/01-create.txt", dialect: "9", stage: "fresh", comparisons: ["text", "text", "text"] },
  {
    file: "9/cluster/02-add-errors.txt",
    dialect: "9",
    stage: "created",
    comparisons: [
      ...(["text", "text", "text", "text"] as const),
      not("another `pvecm add` held the lock meanwhile; tested on its own"),
      not("another `pvecm add` ended meanwhile; tested on its own"),
    ],
  },
  {
    file: "9/cluster/03-add.txt",
    dialect: "9",
    stage: "created",
    comparisons: [not("it waited for the lock of another `pvecm add`; the rest is tested on its own"), "text", "text"],
  },
  {
    file: "9/cluster/05-three-nodes.txt",
    dialect: "9",
    stage: "three-nodes",
    comparisons: [
      ...(["text", "text", "text", "text", "text", "text", "text", "json"] as const),
      OTHER_STORE,
      ...(["table", "json", "json"] as const),
      COUNTERS,
      ...(["text", "json", "json"] as const),
      "text",
      "text",
    ],
  },
  {
    file: "9/cluster/07-final-state.txt",
    dialect: "9",
    stage: "three-nodes",
    comparisons: ["text", not("Ceph belongs to a later chapter")],
  },
  { file: "9/standalone/corosync.txt", dialect: "9", stage: "fresh", comparisons: ["text"] },
  {
    file: "9/standalone/ha.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: ["text", HA, HA, HA, HA, HA, HELP, HELP, HA, HA, HA],
  },
  {
    file: "9/standalone/network.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: [not("two commands; each is compared on its own")],
  },
  { file: "9/standalone/pvecm.txt", dialect: "9", stage: "fresh", comparisons: ["text", "text", "text", HELP] },
  {
    file: "9/standalone/pvesh.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: [
      ...(["text", "text"] as const),
      ...([SMALLER_API, SMALLER_API, SMALLER_API, SMALLER_API, SMALLER_API] as const),
      ...(["table", "json", "json", "text", "text"] as const),
      ...([HELP, HELP] as const),
    ],
  },
  { file: "9/standalone/pveversion.txt", dialect: "9", stage: "fresh", comparisons: ["text", PACKAGES] },
  { file: "9/standalone/services.txt", dialect: "9", stage: "fresh", comparisons: ["text", "table"] },
];
