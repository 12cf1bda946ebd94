import { describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { cutPower } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { openLedger } from "../recorded/ledger.ts";
import { type Answer, type Client, PASSWORD, type ServedWorld, serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import { shapeDifferences } from "./shape.ts";

const ledger = openLedger(import.meta.filename);

interface TaskStatus {
  readonly status: string;
  readonly exitstatus?: string;
}

/** Asks until the task is over, logging in again whenever the session or the connection is gone, as a careful client does. */
async function followTask(client: Client, node: string, upid: string): Promise<{ end: TaskStatus; seen: string[] }> {
  const seen: string[] = [];
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const answer = await client.call("GET", `/nodes/${node}/tasks/${upid}/status`).catch(() => undefined);
    seen.push(answer ? String(answer.status) : "refused");
    if (answer?.status === 401) await client.logIn().catch(() => {});
    const data: TaskStatus | undefined = answer?.status === 200 ? JSON.parse(answer.text).data : undefined;
    if (data?.status === "stopped") return { end: data, seen };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`the task never ended: ${seen.join(" ")}`);
}

async function createCluster(served: ServedWorld): Promise<Client> {
  const client = served.client("pve1");
  await client.logIn();
  const upid = await client.data<string>("POST", "/cluster/config", {
    clustername: "pve-cluster",
    link0: "10.202.4.31",
  });
  expect((await followTask(client, "pve1", upid)).end.exitstatus).toBe("OK");
  return client;
}

async function joinFields(served: ServedWorld, link: string): Promise<Record<string, string>> {
  const { fingerprint } = nodeOf(served.world, "pve1").certificate;
  return { hostname: "10.202.4.31", password: PASSWORD, fingerprint, link0: link };
}

async function lastLine(client: Client, node: string, upid: string): Promise<string[]> {
  const lines = await client.data<{ n: number; t: string }[]>("GET", `/nodes/${node}/tasks/${upid}/log?limit=0`);
  return lines.map((line) => line.t);
}

describe.each(["9", "8.4"] as const satisfies readonly Dialect[])("a join through the API of dialect %s", (dialect) => {
  test("goes to its end with a new certificate, new sessions and the recorded log", async () => {
    await using served = await serveScenario("trois-noeuds", dialect);
    const first = await createCluster(served);
    const joiner = served.client("pve2");
    await joiner.logIn();
    const before = await joiner.call("GET", "/version");

    const upid = await joiner.data<string>("POST", "/cluster/config/join", await joinFields(served, "10.202.4.32"));
    expect(upid).toMatch(/^UPID:pve2:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:clusterjoin::root@pam:$/);
    const { end, seen } = await followTask(joiner, "pve2", upid);

    expect(end.exitstatus).toBe("OK");
    // The session from before the join was refused on the way.
    expect(seen).toContain("401");
    const files = dialect === "9" ? ["9/api/join.txt", "9/api/join-poll.txt"] : ["8.4/api/join.txt"];
    const recorded = playedBy("test/lab/api/join.test.ts", files);
    const started = recorded.find((one) => one.method === "POST");
    expect(shapeDifferences(started?.body, { data: upid })).toEqual([]);
    const status = recorded.find((one) => one.path.endsWith("/status"));
    expect(shapeDifferences(status?.body, { data: end })).toEqual([]);
    const log = recorded.find((one) => one.path.endsWith("/log"))?.body as { data: { t: string }[] };
    const neutral = (line: string) =>
      line
        .replace(/config-\d+/, "config-N")
        .replace("pve3", "pve2")
        .replace("10.10.10.11", "10.202.4.31");
    expect((await lastLine(joiner, "pve2", upid)).map(neutral)).toEqual(log.data.map((line) => neutral(line.t)));

    for (const { id } of recorded) ledger.played(id);

    await served.world.clock.sleep(4000);
    await joiner.logIn();
    const after = await joiner.call("GET", "/version");
    expect(after.fingerprint).not.toBe(before.fingerprint);
    const nodes = await first.data<{ node: string; ssl_fingerprint: string }[]>("GET", "/nodes");
    expect(nodes.find((node) => node.node === "pve2")?.ssl_fingerprint).toBe(after.fingerprint);
    expect(await first.data("GET", "/cluster/status")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "cluster", name: "pve-cluster", nodes: 2, quorate: 1, version: 2 }),
        expect.objectContaining({ type: "node", name: "pve2", nodeid: 2, online: 1, local: 0 }),
      ]),
    );
  });

  test("ends the joiner's sessions for good once its daemons have restarted", async () => {
    await using served = await serveScenario("trois-noeuds", dialect);
    await createCluster(served);
    const joiner = served.client("pve2");
    await joiner.logIn();
    const upid = await joiner.data<string>("POST", "/cluster/config/join", await joinFields(served, "10.202.4.32"));
    await nodeOf(served.world, "pve2").tasks.find((task) => task.upid === upid)?.done;
    await served.world.clock.sleep(4000);
    const answers: Answer[] = [];
    for (let count = 0; count < 4; count += 1) answers.push(await joiner.call("GET", "/version"));
    expect(answers.map((answer) => answer.reason)).toEqual(Array(4).fill("Authentication failed!"));
  });
});

describe("a join that is refused", () => {
  const fingerprint = Array(32).fill("AA").join(":");
  test.each<[name: string, change: Record<string, string>, end: RegExp | string, line: RegExp | string]>([
    [
      "a wrong password",
      { password: "wrong" },
      "401 authentication failure",
      "Establishing API connection with host '10.202.4.31'",
    ],
    ["a wrong fingerprint", { fingerprint }, /^fingerprint '[0-9A-F:]{95}' not verified, abort!$/, /^Establishing/],
    [
      "a host that nobody has",
      { hostname: "10.202.4.99" },
      "500 Can't connect to 10.202.4.99:8006 (No route to host)",
      /^Establishing/,
    ],
    ["a host that is not clustered", { hostname: "10.202.4.33" }, "Cluster join aborted!", "! no nodes found"],
    [
      "a link address that is not on the node",
      { link0: "10.99.99.99" },
      "Check if node may join a cluster failed!",
      "* link0: cannot use IP '10.99.99.99', not found on local node!",
    ],
    [
      "a link that the cluster has not",
      { link1: "10.202.4.32" },
      "Cluster join aborted!",
      "An error occurred on the cluster node: corosync: link 1 specified for new node doesn't exist in cluster config",
    ],
  ])("ends its task with the text for %s, and the node stays alone", async (_, change, end, line) => {
    await using served = await serveScenario("trois-noeuds");
    await createCluster(served);
    const joiner = served.client("pve2");
    await joiner.logIn();
    const fields = { ...(await joinFields(served, "10.202.4.32")), ...change };
    if (change["hostname"] === "10.202.4.33")
      fields["fingerprint"] = nodeOf(served.world, "pve3").certificate.fingerprint;
    const upid = await joiner.data<string>("POST", "/cluster/config/join", fields);
    const { end: status } = await followTask(joiner, "pve2", upid);
    expect(status.exitstatus).toMatch(asPattern(end));
    const log = await lastLine(joiner, "pve2", upid);
    expect(log).toContainEqual(expect.stringMatching(asPattern(line)));
    expect(log.at(-1)).toBe(`TASK ERROR: ${status.exitstatus}`);
    expect((await joiner.call("GET", "/cluster/config/join")).status).toBe(424);
  });

  test("names every reason when the node is a member already", async () => {
    await using served = await serveScenario("cluster");
    const client = served.client("pve2");
    await client.logIn();
    const upid = await client.data<string>("POST", "/cluster/config/join", await joinFields(served, "10.202.4.32"));
    await followTask(client, "pve2", upid);
    expect(await lastLine(client, "pve2", upid)).toEqual([
      "detected the following error(s):",
      "* authentication key '/etc/corosync/authkey' already exists",
      "* cluster config '/etc/pve/corosync.conf' already exists",
      "* corosync is already running, is this node already in a cluster?!",
      "TASK ERROR: Check if node may join a cluster failed!",
    ]);
  });

  test("is a 400 without a fingerprint, before any task", async () => {
    await using served = await serveScenario("trois-noeuds");
    const client = served.client("pve2");
    await client.logIn();
    const answer = await client.call("POST", "/cluster/config/join", { fields: { hostname: "x", password: "y" } });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text).errors).toEqual({ fingerprint: "property is missing and it is not optional" });
  });
});

function asPattern(text: RegExp | string): RegExp {
  return typeof text === "string" ? new RegExp(`^${RegExp.escape(text)}$`) : text;
}

describe("creating", () => {
  test("a second cluster is refused with the real text", async () => {
    await using served = await serveScenario("trois-noeuds");
    const client = await createCluster(served);
    const answer = await client.call("POST", "/cluster/config", { fields: { clustername: "encore" } });
    expect([answer.status, answer.reason]).toEqual([500, "cluster config '/etc/pve/corosync.conf' already exists"]);
    expect(JSON.parse(answer.text)).toEqual({
      data: null,
      message: "cluster config '/etc/pve/corosync.conf' already exists\n",
    });
  });

  test.each([
    ["thisclusternameiswaytoolong", "value may only be 15 characters long"],
    ["bad name", "invalid format - value does not look like a valid node name\n"],
  ])("a cluster named %s is a 400", async (clustername, text) => {
    await using served = await serveScenario("trois-noeuds");
    const client = served.client("pve1");
    await client.logIn();
    const answer = await client.call("POST", "/cluster/config", { fields: { clustername } });
    expect([answer.status, JSON.parse(answer.text).errors]).toEqual([400, { clustername: text }]);
  });

  test("shows the cluster's name in the next login's answer", async () => {
    await using served = await serveScenario("trois-noeuds");
    const client = await createCluster(served);
    const data = await client.data("POST", "/access/ticket", { username: "root@pam", password: PASSWORD });
    expect(data).toMatchObject({ clustername: "pve-cluster" });
  });
});

describe("two nodes without power", () => {
  test("leave the third without quorum: it says so, and refuses to write", async () => {
    await using served = await serveScenario("cluster");
    const client = served.client("pve1");
    await client.logIn();
    for (const name of ["pve2", "pve3"]) cutPower(served.world, nodeOf(served.world, name));
    // The old picture stays for some seconds, as on real nodes.
    expect(await client.data("GET", "/cluster/status")).toContainEqual(
      expect.objectContaining({ quorate: 1, nodes: 3 }),
    );
    await served.world.clock.sleep(9000);
    const status = await client.data<{ name: string; online?: number }[]>("GET", "/cluster/status");
    expect(status).toContainEqual(expect.objectContaining({ type: "cluster", quorate: 0 }));
    expect(status.filter((row) => row.online === 1).map((row) => row.name)).toEqual(["pve1"]);
    const write = await client.call("PUT", "/cluster/options", { fields: { language: "fr" } });
    expect([write.status, write.reason]).toEqual([500, "cluster not ready - no quorum?"]);
  });
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});
