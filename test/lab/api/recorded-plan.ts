import { recordedCommands } from "../recorded/commands.ts";
import { type How, not, type Row } from "../recorded/row.ts";
import { type Exchange, readRecording } from "./recording.ts";

/** A scenario of the lab, a dialect and the recordings that are played there. */
export interface PlayedFiles {
  readonly dialect: "9" | "8.4";
  readonly scenario: string;
  readonly files: readonly string[];
}

/** Where what was read is asked for again. */
export const READ_FILES: readonly PlayedFiles[] = [
  { dialect: "9", scenario: "cluster", files: ["9/api/misc.txt", "9/api/join.txt"] },
  { dialect: "9", scenario: "trois-noeuds", files: ["9/api/standalone.txt"] },
  { dialect: "9", scenario: "ceph", files: ["9/api/ceph.txt"] },
  { dialect: "8.4", scenario: "cluster", files: ["8.4/api/misc.txt", "8.4/api/join.txt"] },
  { dialect: "8.4", scenario: "trois-noeuds", files: ["8.4/api/auth.txt"] },
];

/** Where what was refused is asked for again. */
export const REFUSED_FILES: readonly PlayedFiles[] = [
  { dialect: "9", scenario: "trois-noeuds", files: ["9/api/auth.txt", "9/api/standalone.txt", "9/api/join.txt"] },
  { dialect: "9", scenario: "cluster", files: ["9/api/misc.txt"] },
  { dialect: "8.4", scenario: "trois-noeuds", files: ["8.4/api/auth.txt", "8.4/api/join.txt"] },
  { dialect: "8.4", scenario: "cluster", files: ["8.4/api/misc.txt"] },
];

const folder = "test/lab/api/";
const READ = `${folder}recordings.test.ts`;
const REFUSED = `${folder}errors.test.ts`;
const SESSIONS = `${folder}session-recordings.test.ts`;
const GUESTS = `${folder}guest-recordings.test.ts`;
const SDN = `${folder}sdn.test.ts`;
const HA = `${folder}ha-recordings.test.ts`;
const JOIN = `${folder}join.test.ts`;
const OUTAGE = `${folder}outage.test.ts`;

const USERS = not("The lab has the one user root@pam: no runbook makes users or tokens.");
const UNANSWERED = not("The recorder kept no answer of it.");
const FOREIGN = not("It lists what that machine had done and held; rows of that kind are compared elsewhere.");
const SDN_FILES = ["9/api/sdn.txt", "9/api/sdn-lock.txt"];

/** What is compared otherwise than its file's neighbours, or not, by id. */
const APART: Readonly<Record<string, readonly [test: string, how: How]>> = {
  "8.4/api/join.txt #5": [JOIN, "task"],
  "8.4/api/join.txt #6": [JOIN, "shape"],
  "8.4/api/join.txt #7": [JOIN, "log"],
  "9/api/join.txt #4": [JOIN, "shape"],
  "9/api/join.txt #5": [JOIN, "log"],
  "9/api/join-poll.txt #1": [JOIN, "task"],
  "8.4/api/outage.txt #1": [OUTAGE, "answer"],
  "8.4/api/outage.txt #2": [OUTAGE, "answer"],
  "8.4/api/outage.txt #3": [OUTAGE, "shape"],
  "9/api/misc.txt #41": [
    REFUSED,
    not("That rig's network for migrations; the test of Ceph's commands sets and uses it."),
  ],
  "8.4/api/vm-tasks.txt #2": [GUESTS, not("The recorder sent a body that was not encoded, as no client does.")],
  "9/api/vm-tasks.txt #18": [GUESTS, FOREIGN],
  "9/api/sdn.txt #11": [SDN, not("The recorder let go of the lock before it, which it did not record.")],
  "9/api/sdn.txt #12": [SDN, FOREIGN],
  "9/api/sdn.txt #13": [SDN, FOREIGN],
  "9/api/sdn.txt #14": [SDN, not("A task of that machine; the log of an apply has its own test.")],
};

/** How and where every recorded call is compared: `shape` is keys and types, `answer` status, reason, headers and body, letter for letter. */
export const API_ROWS: readonly Row[] = recordedCommands()
  .filter(({ file, command }) => file.includes("/api/") && command !== "")
  .map(({ id, file }) => {
    const exchange = exchangesOf(file).get(id);
    const [test, how] = APART[id] ?? ruleFor(file, exchange);
    return { id, test, how };
  });

function ruleFor(file: string, exchange: Exchange | undefined): readonly [test: string, how: How] {
  if (!exchange) return [file.includes("sdn") ? SDN : REFUSED, UNANSWERED];
  if (SDN_FILES.includes(file)) return [SDN, "shape"];
  if (/ha-rules|disarm/.test(file)) return [HA, "shape"];
  if (/vm-tasks/.test(file)) return [GUESTS, "shape"];
  const { path, method, status, user } = exchange;
  if (user === undefined && (path === "/access/ticket" || status === 401)) return [SESSIONS, "answer"];
  if (user === undefined && method === "GET" && path === "/access/users") return [READ, "shape"];
  if (/^\/access\/(?:users|permissions)/.test(path) || user !== undefined) return [SESSIONS, USERS];
  if (path.endsWith("/apt/versions"))
    return [
      READ,
      not("The lab tells versions of packages by `pveversion -v`, which is compared; not what each is for."),
    ];
  return isRead(exchange) ? [READ, "shape"] : [REFUSED, "answer"];
}

/** A successful question in the plain flavour. */
function isRead({ method, status, flavour }: Exchange): boolean {
  return method === "GET" && status === 200 && flavour === "json";
}

/** The exchanges of some files that the table gives to a test. */
export function playedBy(test: string, files: readonly string[]): readonly Exchange[] {
  const ids = new Set(API_ROWS.filter((row) => row.test === test && typeof row.how === "string").map(({ id }) => id));
  return files.flatMap(readRecording).filter(({ id }) => ids.has(id));
}

function exchangesOf(file: string): ReadonlyMap<string, Exchange> {
  return new Map(readRecording(file).map((exchange) => [exchange.id, exchange]));
}
