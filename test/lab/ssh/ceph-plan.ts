import { rowsBut } from "../recorded/commands.ts";
import { type How, not, type Row } from "../recorded/row.ts";

const TEST = "test/lab/ssh/ceph-recordings.test.ts";
const HELP = not("Help texts are not copied, neither into the lab nor into the fixtures.");
const SNAPSHOT = not("The recording's QEMU could not take a snapshot; what it says then is not Proxmox's.");

/**
 * The whole text, ids and dates left aside (`text`, the usual way); the lines of `ceph -s` with their figures left aside (`report`); the
 * same for what else stands in rows (`rows`); keys and types (`json`); keys of an answer that was cut (`keys`); the stanza of the storage
 * (`storage`); both a report and a table (`table`); what a task tells (`log`);
 * a text and the names of a listing (`listing`).
 */
const APART: Readonly<Record<string, How>> = {
  "9/ceph/01-init.txt #2": HELP,
  "9/ceph/01-init.txt #4": "listing",
  "9/ceph/01-init.txt #6": "report",
  "9/ceph/02-osd-pool.txt #2": "rows",
  "9/ceph/02-osd-pool.txt #4": "storage",
  "9/ceph/02-osd-pool.txt #5": "table",
  "9/ceph/02-osd-pool.txt #6": "keys",
  "9/ceph/02-osd-pool.txt #7": "json",
  "9/ceph/03-vm-on-rbd.txt #1": "rows",
  "9/ceph/03-vm-on-rbd.txt #2": "log",
  "9/ceph/03-vm-on-rbd.txt #3": "report",
  "8.4/ceph/01-init.txt #4": "listing",
  "8.4/ceph/01-init.txt #10": "report",
  "8.4/ceph/01-init.txt #11": "keys",
  "8.4/ceph/02-osd-pool.txt #1": "rows",
  "8.4/ceph/02-osd-pool.txt #3": "storage",
  "8.4/ceph/02-osd-pool.txt #4": "table",
  "8.4/ceph/02-osd-pool.txt #5": "json",
  "8.4/ceph/03-vm-on-rbd.txt #3": "rows",
  "8.4/ceph/03-vm-on-rbd.txt #4": "log",
  "8.4/ceph/03-vm-on-rbd.txt #5": "rows",
  "8.4/ceph/03-vm-on-rbd.txt #6": SNAPSHOT,
  "8.4/ceph/03-vm-on-rbd.txt #7": not("Three answers cut in their middle; the API's own tests compare each whole."),
  "8.4/ceph/07-restart.txt #1": "report",
};

const FILES = ["01-init", "02-osd-pool", "03-vm-on-rbd", "07-restart"];

/** What the table of recorded commands says of Ceph's files. */
export const CEPH_ROWS: readonly Row[] = ["8.4", "9"].flatMap((dialect) =>
  FILES.flatMap((file) => rowsBut(TEST, `${dialect}/ceph/${file}.txt`, "text", APART)),
);
