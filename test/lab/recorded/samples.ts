import { not, type Row } from "./row.ts";

const HA = "test/lab/state/ha.test.ts";
const SAMPLES =
  "Samples of `ha-manager status` while something happened; the order of the states is tested with the stack.";
const NOTE = "A note of the recorder about a moment: nothing was typed.";

/** The files of the recordings that hold no command: what was sampled, or noted by hand. */
export const SAMPLE_ROWS: readonly Row[] = (
  [
    [
      "8.4/api/join-poll.txt",
      "test/lab/api/join.test.ts",
      "Samples of a task across a join; the join's test follows one to its end.",
    ],
    [
      "8.4/ceph/06-node-returns.txt",
      "test/lab/state/ceph.test.ts",
      "Samples of `ceph -s` while a node came back; Ceph's recovery is tested with the state.",
    ],
    [
      "8.4/cluster/05-cold-boot-quorum.txt",
      "test/lab/state/quorum.test.ts",
      "Samples of `pvecm status` during a boot; quorum is tested with the state.",
    ],
    ["8.4/ha/02-activation-timeline.txt", HA, SAMPLES],
    ["8.4/ha/03-power-cut-note.txt", HA, NOTE],
    ["8.4/ha/03-power-cut-pve2.txt", HA, SAMPLES],
    ["8.4/ha/06-node-returns.txt", HA, SAMPLES],
    ["8.4/ha/07-note.txt", HA, NOTE],
    ["8.4/ha/07-partition-pve1.txt", HA, SAMPLES],
    ["9/ha/02-activation-timeline.txt", HA, SAMPLES],
    ["9/ha/05-note.txt", HA, NOTE],
    ["9/ha/05-power-cut-pve2.txt", HA, SAMPLES],
    ["9/ha/08-node-returns-failback.txt", HA, SAMPLES],
    ["9/ha/10-maintenance-timeline.txt", HA, SAMPLES],
  ] as const
).map(([id, test, reason]) => ({ id, test, how: not(reason) }));
