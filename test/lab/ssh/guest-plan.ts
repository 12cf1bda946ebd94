import { rowsBut } from "../recorded/commands.ts";
import { type How, not, type Row } from "../recorded/row.ts";

/** The recordings of `qm` and `pvesm`, by dialect, in the order of typing. */
export const GUEST_FILES = {
  "9": ["9/qm/01-create-start.txt"],
  "8.4": ["8.4/qm/01-create-start.txt", "8.4/qm/02-start-tcg.txt"],
} as const;

const REFUSED = not("The recording's processor refused to start the machine.");
const STOPPED = not("The machine had not started there.");

/** Letter for letter where machines do not differ (`text`), the same keys (`keys`), the same columns (`columns`), lines of which each has
 * the form of a recorded one (`part`: the lab tells less of QEMU), or not. */
const APART: Readonly<Record<string, How>> = {
  "9/qm/01-create-start.txt #2": "columns",
  "9/qm/01-create-start.txt #3": not("The recording's node had another `local`."),
  "9/qm/01-create-start.txt #7": "keys",
  "9/qm/01-create-start.txt #9": "part",
  "8.4/qm/01-create-start.txt #2": "columns",
  "8.4/qm/01-create-start.txt #5": REFUSED,
  "8.4/qm/01-create-start.txt #6": STOPPED,
  "8.4/qm/01-create-start.txt #7": STOPPED,
  "8.4/qm/01-create-start.txt #8": not("It is the journal of that machine."),
  "8.4/qm/01-create-start.txt #9": REFUSED,
  "8.4/qm/01-create-start.txt #10": STOPPED,
  "8.4/qm/02-start-tcg.txt #1": not("The machine runs already here; setting is tested with the guests."),
  "8.4/qm/02-start-tcg.txt #2": not("Three commands in one, two of them compared in the other dialect."),
  "8.4/qm/02-start-tcg.txt #4": "part",
};

/** What the table of recorded commands says of these files. */
export const GUEST_ROWS: readonly Row[] = Object.values(GUEST_FILES)
  .flat()
  .flatMap((file) => rowsBut("test/lab/ssh/guests.test.ts", file, "text", APART));
