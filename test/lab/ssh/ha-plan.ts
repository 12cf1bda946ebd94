import { rowsBut } from "../recorded/commands.ts";
import { type How, not, type Row } from "../recorded/row.ts";

/** The recordings of the HA stack that hold commands, by dialect, in the order of typing. */
export const HA_FILES = {
  "9": [
    ...["01-enable", "02-rules", "03-rules-errors", "04-rules-set", "06-during-outage", "07-after-failover"],
    ...["09-rules-both", "10-maintenance", "11-raw-state", "17-stop-before-shutdown"],
  ],
  "8.4": ["01-enable", "04-during-outage", "05-after-failover", "08-after-partition", "09-ceph-vm", "11-commands"],
} as const;

const MOMENT = not("It was typed in the second of the power cut, when the cluster still shows its old picture or not.");
const CUT = not("The answer was cut in its middle; it is compared whole with the cluster.");

/**
 * Letter for letter, dates and digests left aside (`text`, the usual way); the lines of `ha-manager status`, whatever state each is in
 * (`status`); those, and what is printed below in JSON (`verbose`); keys and types (`json`); every kind of message is one that the lab
 * logs too (`journal`); status and journal (`both`); or not, with the reason.
 */
const APART: Readonly<Record<string, How>> = {
  "9/ha/01-enable.txt #8": "status",
  "9/ha/06-during-outage.txt #1": MOMENT,
  "9/ha/06-during-outage.txt #2": MOMENT,
  "9/ha/06-during-outage.txt #3": "json",
  "9/ha/06-during-outage.txt #4": "json",
  "9/ha/06-during-outage.txt #5": "json",
  "9/ha/06-during-outage.txt #6": "json",
  "9/ha/06-during-outage.txt #7": "json",
  "9/ha/06-during-outage.txt #8": "json",
  "9/ha/06-during-outage.txt #10": "verbose",
  "9/ha/06-during-outage.txt #11": "json",
  "9/ha/07-after-failover.txt #1": "verbose",
  "9/ha/07-after-failover.txt #2": "journal",
  "9/ha/07-after-failover.txt #3": "journal",
  "9/ha/07-after-failover.txt #4": CUT,
  "9/ha/09-rules-both.txt #3": "status",
  "9/ha/09-rules-both.txt #5": "status",
  "9/ha/10-maintenance.txt #1": "status",
  "9/ha/10-maintenance.txt #4": "status",
  "9/ha/11-raw-state.txt #1": "json",
  "9/ha/11-raw-state.txt #2": "json",
  "9/ha/11-raw-state.txt #3": not("Help texts are not copied, neither into the lab nor into the fixtures."),
  "9/ha/17-stop-before-shutdown.txt #1": "status",
  "8.4/ha/01-enable.txt #4": "status",
  "8.4/ha/01-enable.txt #5": "status",
  "8.4/ha/01-enable.txt #6": "json",
  "8.4/ha/01-enable.txt #7": "json",
  "8.4/ha/01-enable.txt #8": "journal",
  "8.4/ha/01-enable.txt #9": "journal",
  "8.4/ha/04-during-outage.txt #2": "json",
  "8.4/ha/05-after-failover.txt #1": "journal",
  "8.4/ha/05-after-failover.txt #2": "status",
  "8.4/ha/08-after-partition.txt #1": "both",
  "8.4/ha/08-after-partition.txt #2": "status",
  "8.4/ha/09-ceph-vm.txt #1": not("Ceph was there; its half and the half of HA are each compared alone."),
  "8.4/ha/11-commands.txt #1": "status",
  "8.4/ha/11-commands.txt #2": "status",
  "8.4/ha/11-commands.txt #3": "status",
};

/** What the table of recorded commands says of these files. */
export const HA_ROWS: readonly Row[] = (["8.4", "9"] as const).flatMap((dialect) =>
  HA_FILES[dialect].flatMap((name) =>
    rowsBut("test/lab/ssh/ha-recordings.test.ts", `${dialect}/ha/${name}.txt`, "text", APART),
  ),
);
