import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { type Exchange, readRecording } from "./recording.ts";
import { shapeDifferences } from "./shape.ts";

/** What the recording's machine had and the lab's has not. */
const EXPECTED = [/\.(?:tags|hastate|lock|serial|agent): not recorded$/, /\.kvm: missing$/];

describe.each(["9", "8.4"] as const)("a machine through the API of %s", (dialect: Dialect) => {
  let served: ServedWorld;
  let pve3: Client;
  let pve1: Client;
  // The first of the two recordings of 8.4 has no migration that went well.
  const recorded = readRecording(dialect === "9" ? "9/api/vm-tasks.txt" : "8.4/api/vm-tasks2.txt");
  beforeAll(async () => {
    served = await serveScenario("cluster", dialect);
    [pve1, pve3] = [served.client("pve1"), served.client("pve3")];
    await Promise.all([pve1.logIn(), pve3.logIn()]);
    await pve3.data("POST", "/storage", {
      storage: "shared",
      type: "dir",
      path: "/mnt/shared",
      shared: "1",
      content: "images",
    });
  });
  afterAll(() => served[Symbol.asyncDispose]());

  const find = (method: string, path: RegExp): Exchange | undefined =>
    recorded.findLast((each) => each.method === method && path.test(each.path) && each.status === 200);

  test("is made, started, moved while it runs, and destroyed; each task ends as recorded", async () => {
    const fields = {
      vmid: "200",
      name: "api-made",
      memory: "64",
      kvm: "0",
      scsi0: "shared:1",
      net0: "virtio,bridge=vmbr0",
    };
    await done(pve3, "POST", "/nodes/pve3/qemu", fields, "OK");
    await done(pve3, "POST", "/nodes/pve3/qemu/200/status/start", {}, "OK");
    await done(pve3, "POST", "/nodes/pve3/qemu/200/status/start", {}, "VM 200 already running");
    await sameShape(pve3, "/nodes/pve3/qemu/200/migrate?target=pve1", find("GET", /\/200\/migrate$/));
    const log = await done(pve3, "POST", "/nodes/pve3/qemu/200/migrate", { target: "pve1", online: "1" }, "OK");
    expect(log.map(words)).toEqual(recordedLog(recorded));
    await sameShape(pve1, "/nodes/pve1/qemu/200/status/current", find("GET", /\/200\/status\/current$/));
    await sameShape(pve1, "/nodes/pve1/qemu/200/config", find("GET", /\/200\/config$/));
    expect(await pve3.call("POST", "/nodes/pve1/qemu", { fields: { vmid: "200" } })).toMatchObject({
      status: 500,
      reason: "unable to create VM 200 - VM 200 already exists on node 'pve1'",
    });
    await done(pve1, "POST", "/nodes/pve1/qemu/200/status/stop", {}, "OK");
    await done(pve1, "DELETE", "/nodes/pve1/qemu/200", undefined, "OK");
    expect(await pve1.data("GET", "/cluster/resources?type=vm")).toEqual([]);
  }, 60_000);

  test.each([
    ["the node it is on", { target: "pve1", online: "1" }, 400, /target is local node/],
    ["a node that is none", { target: "pve9", online: "1" }, 500, /no such cluster node 'pve9'/],
    ["no leave to do it while it runs", { target: "pve2" }, 500, /can't migrate running VM without --online/],
  ])("is not moved with %s", async (_what, fields, status, text) => {
    await ensureRunning();
    const answer = await pve1.call("POST", "/nodes/pve1/qemu/300/migrate", { fields });
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });

  test.each([
    [
      "a target that does not answer",
      "Can't connect to destination address using public key",
      () => {
        served.world.faults.sshRefused.add("pve2");
      },
    ],
    [
      "a local disk",
      "can't live migrate attached local disks without with-local-disks option",
      () => {
        served.world.faults.sshRefused.clear();
        nodeOf(served.world, "pve1").guests.get(300)?.config.set("scsi1", "local-lvm:vm-300-disk-9,size=1G");
      },
    ],
  ])("is not moved to %s: the task says why, and it runs on", async (_what, text, prepare) => {
    await ensureRunning();
    prepare();
    const log = await done(
      pve1,
      "POST",
      "/nodes/pve1/qemu/300/migrate",
      { target: "pve2", online: "1" },
      "migration aborted",
    );
    expect(log.join("\n")).toContain(text);
    expect(nodeOf(served.world, "pve1").guests.get(300)).toMatchObject({ status: "running", lock: undefined });
  });

  async function ensureRunning(): Promise<void> {
    if (nodeOf(served.world, "pve1").guests.has(300)) return;
    await done(pve1, "POST", "/nodes/pve1/qemu", { vmid: "300", memory: "64", scsi0: "shared:1" }, "OK");
    await done(pve1, "POST", "/nodes/pve1/qemu/300/status/start", {}, "OK");
  }
});

async function sameShape(client: Client, path: string, recorded: Exchange | undefined): Promise<void> {
  if (recorded === undefined) return;
  const answer = await client.call("GET", path);
  const differences = shapeDifferences(recorded.body, JSON.parse(answer.text));
  expect(
    differences.filter((each) => !EXPECTED.some((pattern) => pattern.test(each))),
    path,
  ).toEqual([]);
}

/** Starts a task, waits for its end, checks how it ended, and gives its log. */
async function done(
  client: Client,
  method: string,
  path: string,
  fields: Readonly<Record<string, string>> | undefined,
  exitstatus: string,
): Promise<string[]> {
  const upid = await client.data<string>(method, path, fields);
  const task = `/nodes/${upid.split(":")[1]}/tasks/${upid}`;
  for (;;) {
    const status = await client.data<{ status: string; exitstatus?: string }>("GET", `${task}/status`);
    if (status.status === "running") continue;
    expect(status.exitstatus, path).toBe(exitstatus);
    break;
  }
  const log = await client.data<{ t: string }[]>("GET", `${task}/log?limit=500`);
  return log.map(({ t }) => t);
}

/** The log of the recorded migration that went well, without the line that only the recording's QEMU made. */
function recordedLog(exchanges: readonly Exchange[]): string[] {
  for (const { path, body } of exchanges) {
    if (!/qmigrate:200:.*\/log$/.test(path)) continue;
    const lines = (body as { data: { n: number; t: string }[] }).data.toSorted((a, b) => a.n - b.n).map(({ t }) => t);
    if (lines.at(-1) === "TASK OK") return lines.filter((line) => !line.includes("query-backup")).map(words);
  }
  throw new Error("no migration in this recording");
}

/** A line without its date, addresses and figures. */
function words(line: string): string {
  return line
    .replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /, "")
    .replace(/\d+\.\d+\.\d+\.\d+/g, "ADDRESS")
    .replace(/\d\d:\d\d:\d\d/g, "TIME")
    .replace(/[\d.]+ (MiB\/s|MiB|ms)/g, "N $1");
}
