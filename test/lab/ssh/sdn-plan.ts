import { type How, not, type Row, rowsOf } from "../recorded/row.ts";

/** Letter for letter once addresses and numbers are made equal, the same lines in any order, the same keys and types, or not, with the reason. */
export type SdnComparison = "text" | "lines" | "json" | Exclude<How, string>;

const GUESTS = not("It lists guests, storages and tasks of that machine.");

/** How each command of a file is compared, in order. */
export const SDN_COMPARISONS: Readonly<Record<string, readonly SdnComparison[]>> = {
  "8.4/sdn/01-sdn.txt": [
    ...(["text", "text", "text", "text", "text", "text", "text", "text", "lines"] as const),
    not("The zones' states follow within ten seconds; they are tested with the API."),
    "lines",
    ...["json" as const, GUESTS],
  ],
  "8.4/sdn/02-apply.txt": [
    "lines",
    not("It shows a tap of a guest that ran there, and states of that moment."),
    ...(["text", "text", "text"] as const),
  ],
  "9/sdn/01-sdn.txt": [
    ...(["text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "text", "json"] as const),
    not("The lab lists the part of the API that it has; `pvesh ls` is compared by names elsewhere."),
    "text",
    not("Help texts are not copied, neither into the lab nor into the fixtures."),
  ],
  "9/sdn/02-apply.txt": [
    ...(["json", "lines", "lines", "lines", "json"] as const),
    not("The address was put on the bridge by hand."),
    GUESTS,
    ...(["text", "json"] as const),
    GUESTS,
  ],
};

/** What the table of recorded commands says of these files. */
export const SDN_ROWS: readonly Row[] = Object.entries(SDN_COMPARISONS).flatMap(([file, comparisons]) =>
  rowsOf("test/lab/ssh/sdn-recordings.test.ts", file, comparisons),
);
