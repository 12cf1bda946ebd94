import { describe, expect, test } from "vitest";
import { nodeOf } from "../../../lab/state/world.ts";
import { openLedger } from "../recorded/ledger.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import type { Exchange } from "./recording.ts";
import { compareAnswer } from "./replay.ts";

const ledger = openLedger(import.meta.filename);

/** What the recording's machine had and the lab's has not, and what a task has as soon as it has ended. */
const ALLOWED = [
  /\.(?:tags|hastate|lock|serial|agent): not recorded$/,
  /\.kvm: missing$/,
  /\.exitstatus: not recorded$/,
];

const DISK = { vmid: "200", name: "api-made", memory: "64", kvm: "0", scsi0: "shared:1", net0: "virtio,bridge=vmbr0" };

/** What was so on the recorded machines before a call: emulation was missing there, so that a start failed and the machine stood still. */
const BEFORE: Readonly<Record<string, (served: ServedWorld, client: Client) => Promise<void>>> = {
  "8.4/api/vm-tasks.txt #13": (_served, client) => stop(client),
  "8.4/api/vm-tasks2.txt #1": (_served, client) => create(client),
  // The first of its two migrations did not get there.
  "8.4/api/vm-tasks2.txt #13": async ({ world }) => {
    world.faults.sshRefused.add("pve2");
  },
};

describe.each(["9/api/vm-tasks.txt", "8.4/api/vm-tasks.txt", "8.4/api/vm-tasks2.txt"])("the calls of %s", (file) => {
  test("are answered with the recorded status, reason and shape, one after the other", async () => {
    await using served = await serveScenario("cluster", file.startsWith("9/") ? "9" : "8.4");
    const clients = new Map(["pve1", "pve3"].map((name) => [name, served.client(name)] as const));
    for (const client of clients.values()) await client.logIn();
    const pve3 = clients.get("pve3") ?? served.client("pve3");
    const shared = { storage: "shared", type: "dir", path: "/mnt/shared", shared: "1", content: "images" };
    await pve3.data("POST", "/storage", shared);
    const tasks = new Map<string, string>();
    for (const exchange of playedBy("test/lab/api/guest-recordings.test.ts", [file])) {
      await BEFORE[exchange.id]?.(served, pve3);
      const client = clients.get(/^\/nodes\/(pve\d)/.exec(exchange.path)?.[1] ?? "pve3") ?? pve3;
      const answer = await ask(served, client, exchange, tasks);
      compareAnswer(exchange, answer, ALLOWED);
      ledger.played(exchange.id);
      const { data } = JSON.parse(answer.text) as { data: unknown };
      if (typeof data === "string" && data.startsWith("UPID:")) tasks.set(kindOf(data), data);
    }
  }, 60_000);
});

test("every call that the table promises was compared", () => {
  expect(ledger.missing()).toEqual([]);
});

/** Sends a recorded call about the lab's own task; one that was over there is waited for. */
async function ask(served: ServedWorld, client: Client, exchange: Exchange, tasks: ReadonlyMap<string, string>) {
  const upid = /UPID:[^/]*/.exec(exchange.path)?.[0] ?? "";
  const own = tasks.get(kindOf(upid)) ?? upid;
  const body = exchange.body as { data?: { status?: string } | null } | undefined;
  if (body?.data?.status === "stopped" && upid !== "")
    await nodeOf(served.world, own.split(":")[1] ?? "").tasks.find((task) => task.upid === own)?.done;
  const target = `${exchange.path.replace(upid, own)}${exchange.query && `?${exchange.query}`}`;
  const fields = exchange.method === "POST" ? { fields: exchange.fields } : {};
  return await client.call(exchange.method, target, fields);
}

/** "qmstart:200" of a UPID. */
function kindOf(upid: string): string {
  return upid.split(":").slice(5, 7).join(":");
}

async function create(client: Client): Promise<void> {
  await client.data("POST", "/nodes/pve3/qemu", DISK);
  await expect.poll(async () => (await client.call("GET", "/nodes/pve3/qemu/200/config")).status).toBe(200);
}

async function stop(client: Client): Promise<void> {
  await client.data("POST", "/nodes/pve3/qemu/200/status/stop", {});
  const status = async () => await client.data<{ status: string }>("GET", "/nodes/pve3/qemu/200/status/current");
  await expect.poll(status).toMatchObject({ status: "stopped" });
}
