import type { Dialect } from "../../../lab/state/dialect.ts";
import { not, type Row, rowsOf } from "../recorded/row.ts";

/**
 * How the lab's answer is held against a recorded one: letter for letter (`text`, once dates and keys are made equal), the same up to the
 * first empty line (`head`), the same keys and types (`json`), the same columns (`table`), a list of names of which none is unknown to the
 * recording (`names`: the lab has a part of the API), or not, with the reason.
 */
export type Comparison = "text" | "head" | "json" | "table" | "names" | { readonly not: string };

/** The situation that a recording began in. */
export type Stage = "fresh" | "created-wrong-link" | "created" | "three-nodes" | "after-delnode";

export interface PlannedFile {
  readonly file: string;
  readonly dialect: Dialect;
  readonly stage: Stage;
  /** One for each command of the file, in order. */
  readonly comparisons: readonly Comparison[];
}

const HELP = not("Help texts are not copied, neither into the lab nor into the fixtures.");
const COUNTERS = not(
  "`pmxcfs` keeps files of its own (.clusterlog, .debug, .rrd, .version) which the lab's /etc/pve has not, so listings are shorter.",
);
const JOURNAL = not("The lab's journal is told from the state and shorter; its form is tested on its own.");
const PACKAGES = not("The recording's machines mix Debian's packages in; the lab lists a Proxmox installation.");
const OTHER_STORE = not(
  "The recording held a storage, or a guest, that the lab's world does not have; the API's own tests compare it.",
);
const RACE = not("A race on a loaded machine made the certificate step fail there.");

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
      not("Keys that only a real authority leaves in /etc/pve/priv."),
    ],
  },
  {
    file: "8.4/cluster/04-three-nodes.txt",
    dialect: "8.4",
    stage: "three-nodes",
    comparisons: [
      ...(["text", "text", "text", "text", "text", "text", "text", "text"] as const),
      not("Runtime statistics are not simulated; the members and votes are tested on their own."),
      "text",
      not("The cluster log tells of everything that happened before on that machine."),
      ...(["text", "json", "json", "table", "json", "json", "json"] as const),
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
        "Two commands of which one tells of HA services that were there; the first is the next file's and tested in the others.",
      ),
      not("Five commands with a journal and a listing among them; the parts are tested on their own."),
      not("Repairing a node by hand with `pmxcfs -l` is not simulated."),
      not("That node held a virtual machine; tested with the state."),
      not("That node held a virtual machine; tested with the state."),
      not("It lists a virtual machine that the node had brought along."),
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
      not("Another `pvecm add` held the lock meanwhile; tested on its own."),
      not("Another `pvecm add` ended meanwhile; tested on its own."),
    ],
  },
  {
    file: "9/cluster/03-add.txt",
    dialect: "9",
    stage: "created",
    comparisons: ["text", "text", "text"],
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
    comparisons: [
      "text",
      not("Ceph was there; the test of Ceph compares `ceph -s`, the test of services `systemctl is-active`."),
    ],
  },
  { file: "9/standalone/corosync.txt", dialect: "9", stage: "fresh", comparisons: ["text"] },
  {
    file: "9/standalone/ha.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: ["text", "text", "text", "text", "text", "text", HELP, HELP, "text", "text", "text"],
  },
  {
    file: "9/standalone/network.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: [not("Two commands; each is compared on its own.")],
  },
  { file: "9/standalone/pvecm.txt", dialect: "9", stage: "fresh", comparisons: ["text", "text", "text", HELP] },
  {
    file: "9/standalone/pvesh.txt",
    dialect: "9",
    stage: "fresh",
    comparisons: [
      ...(["text", "text"] as const),
      ...(["names", "names", "names", "names", "names"] as const),
      ...(["table", "json", "json", "text", "text"] as const),
      ...([HELP, HELP] as const),
    ],
  },
  { file: "9/standalone/pveversion.txt", dialect: "9", stage: "fresh", comparisons: ["text", PACKAGES] },
  { file: "9/standalone/services.txt", dialect: "9", stage: "fresh", comparisons: ["text", "table"] },
];

/** What the table of recorded commands says of these files. */
export const CLUSTER_ROWS: readonly Row[] = PLAN.flatMap(({ file, comparisons }) =>
  rowsOf("test/lab/ssh/recordings.test.ts", file, comparisons),
);
