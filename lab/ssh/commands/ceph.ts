import { healthJson } from "../../api/routes/ceph-health.ts";
import { cephMetadata } from "../../api/routes/ceph-metadata.ts";
import { cephStatus } from "../../api/routes/ceph-status.ts";
import { hasQuorum } from "../../state/ceph/assert-ceph.ts";
import { setIn } from "../../state/ceph/daemons.ts";
import { releaseOf, versionText } from "../../state/ceph/release.ts";
import type { Call, LabCommand } from "../command.ts";
import {
  dfJson,
  dfText,
  mgrStatJson,
  monStatText,
  pgStatText,
  poolsText,
  quorumJson,
  versionsJson,
} from "./ceph-maps.ts";
import { osdDfText, osdStatText, osdStatusText, osdTreeJson, osdTreeText } from "./ceph-osd.ts";
import { healthText, statusText } from "./ceph-status-text.ts";

/** What a subcommand prints: text, or data where text is not what it has (or not what was asked). */
interface Answer {
  text?(): string;
  json?(): unknown;
}

const TIMEOUT_MS = 300_000;
const FILTERS = ["up", "down", "in", "out"] as const;

/** Ceph's own command, as far as the maps that the lab has go; changes only flags and in/out. */
export const ceph: LabCommand = {
  name: "ceph",
  async run(call) {
    const { words, format, conf, timeoutMs } = readWords(call.args);
    const line = words.join(" ");
    if (line === "-v" || line === "--version") {
      call.out(
        `${versionText(releaseOf(call.node.ceph.release ?? (call.world.dialect === "9" ? "squid" : "quincy")))}\n`,
      );
      return 0;
    }
    const unreachable = await connect(call, conf, timeoutMs);
    if (unreachable !== undefined) return unreachable;
    const answer = answerTo(call, line);
    if (typeof answer === "number") return answer;
    if (answer === undefined) {
      call.err(`constat-lab: « ceph ${line} » n’est pas simulé par ce laboratoire\n`);
      return 22;
    }
    const pretty = format === "json-pretty" || (format === undefined && answer.text === undefined);
    if (format === undefined && answer.text) call.out(answer.text());
    else if (answer.json) call.out(`\n${JSON.stringify(answer.json(), undefined, pretty ? 4 : undefined)}\n`);
    else {
      call.err(`constat-lab: « ceph ${line} » n’est pas simulé en JSON par ce laboratoire\n`);
      return 22;
    }
    return 0;
  },
};

function readWords(args: readonly string[]): {
  readonly words: readonly string[];
  readonly format: string | undefined;
  readonly conf: string | undefined;
  readonly timeoutMs: number;
} {
  const words: string[] = [];
  let format: string | undefined;
  let conf: string | undefined;
  let timeoutMs = TIMEOUT_MS;
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? "";
    const inline = /^--format=(.+)$/.exec(word)?.[1];
    if (inline !== undefined) format = inline;
    else if (word === "-f" || word === "--format") {
      index += 1;
      format = args[index];
    } else if (word === "-c" || word === "--conf") {
      index += 1;
      conf = args[index];
    } else if (word === "--connect-timeout") {
      index += 1;
      timeoutMs = Number(args[index]) * 1000;
    } else words.push(word);
  }
  return { words, format: format === "plain" ? undefined : format, conf, timeoutMs };
}

/** Undefined once the monitors answer; else the exit code, after what Ceph says about it. */
async function connect(
  { world, node, err, signal }: Call,
  conf: string | undefined,
  timeoutMs: number,
): Promise<number | undefined> {
  const { ceph: cluster } = node.database;
  // Without the link in /etc/ceph only a command that names the cluster's file finds it.
  const found = conf === undefined ? node.ceph.linked : conf === "/etc/pve/ceph.conf";
  if (!cluster.config || !found) {
    err("Error initializing cluster client: ObjectNotFound('RADOS object not found (error calling conf_read_file)')\n");
    return 1;
  }
  if (cluster.mons.length === 0) {
    err("unable to get monitor info from DNS SRV with service name: ceph-mon\n");
    err("[errno 2] RADOS object not found (error connecting to the cluster)\n");
    return 1;
  }
  if (hasQuorum(node)) return undefined;
  const deadline = world.clock.now() + timeoutMs;
  while (world.clock.now() < deadline) {
    await world.clock.sleep(500, signal);
    if (hasQuorum(node)) return undefined;
  }
  if (timeoutMs === TIMEOUT_MS) err("monclient(hunting): authenticate timed out after 300\n");
  err("[errno 110] RADOS timed out (error connecting to the cluster)\n");
  return 1;
}

function answerTo(call: Call, line: string): Answer | number | undefined {
  const { world, node } = call;
  const cluster = node.database.ceph;
  const tree = /^osd tree(?: (up|down|in|out))?$/.exec(line);
  if (tree) {
    const filter = FILTERS.find((each) => each === tree[1]);
    return { text: () => osdTreeText(cluster, filter), json: () => osdTreeJson(cluster, filter) };
  }
  const lsTree = /^osd ls-tree (\S+)$/.exec(line)?.[1];
  if (lsTree !== undefined) return listOsds(call, lsTree);
  const change = /^osd (in|out) (?:osd\.)?(\d+)$/.exec(line);
  if (change) return mark(call, change[1] === "in", Number(change[2]));
  const flag = /^osd (set|unset) (no[a-z-]+|pause)$/.exec(line);
  if (flag) return setFlag(call, flag[1] === "set", flag[2] ?? "");
  const answers: Readonly<Record<string, Answer>> = {
    "-s": { text: () => statusText(world, cluster), json: () => cephStatus(world, node) },
    status: { text: () => statusText(world, cluster), json: () => cephStatus(world, node) },
    health: { text: () => healthText(world, cluster, false), json: () => healthJson(world, cluster, false) },
    "health detail": { text: () => healthText(world, cluster, true), json: () => healthJson(world, cluster, true) },
    df: { text: () => dfText(cluster), json: () => dfJson(cluster) },
    fsid: { text: () => `${cluster.config?.fsid ?? ""}\n` },
    "mon stat": { text: () => monStatText(cluster) },
    quorum_status: { json: () => quorumJson(world, node) },
    "mgr stat": { json: () => mgrStatJson(cluster) },
    "pg stat": { text: () => pgStatText(world, cluster) },
    "osd df": { text: () => osdDfText(world, cluster) },
    "osd ls": {
      text: () => cluster.osds.map((osd) => `${osd.id}\n`).join(""),
      json: () => cluster.osds.map((osd) => osd.id),
    },
    "osd metadata": { json: () => cephMetadata(world, node).osd },
    "osd pool ls": { text: () => poolsText(cluster, false), json: () => cluster.pools.map((pool) => pool.name) },
    "osd pool ls detail": { text: () => poolsText(cluster, true) },
    "osd stat": { text: () => osdStatText(world, cluster), json: () => cephStatus(world, node).osdmap },
    "osd status": { text: () => osdStatusText(cluster) },
    versions: { json: () => versionsJson(node) },
  };
  return Object.hasOwn(answers, line) ? answers[line] : undefined;
}

function listOsds({ node, err }: Call, name: string): Answer | number {
  const { osds } = node.database.ceph;
  const found = osds.filter((osd) => name === "default" || osd.node === name).map((osd) => osd.id);
  if (found.length > 0) return { text: () => found.map((id) => `${id}\n`).join(""), json: () => found };
  err(`Error ENOENT: "${name}" does not exist\n`);
  return 2;
}

function mark({ world, node, err }: Call, inside: boolean, id: number): number {
  const { ceph: cluster } = node.database;
  const osd = cluster.osds.find((each) => each.id === id);
  if (!osd) err(`osd.${id} does not exist. \n`);
  else if (osd.in === inside) err(`osd.${id} is already ${inside ? "in" : "out"}. \n`);
  else {
    setIn(world, cluster, osd, inside);
    err(`marked ${inside ? "in" : "out"} osd.${id}. \n`);
  }
  return 0;
}

function setFlag({ node, err }: Call, on: boolean, flag: string): number {
  const { flags } = node.database.ceph;
  if (on) flags.add(flag);
  else flags.delete(flag);
  err(`${flag} is ${on ? "set" : "unset"}\n`);
  return 0;
}
