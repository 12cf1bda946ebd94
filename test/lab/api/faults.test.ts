import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expireCertificate, failApiOnce } from "../../../lab/state/inject-faults.ts";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { type ServedWorld, serveScenario } from "./client.ts";

describe("faults at the API", () => {
  let served: ServedWorld;
  beforeAll(async () => {
    served = await serveScenario("trois-noeuds");
  });
  afterAll(() => served[Symbol.asyncDispose]());

  test("fail one call below a path, once", async () => {
    const client = served.client("pve1");
    await client.logIn();
    failApiOnce(served.world, "pve1", { status: 500, message: "got timeout", path: "/cluster" });
    expect((await client.call("GET", "/version")).status).toBe(200);
    const failed = await client.call("GET", "/cluster/status");
    expect([failed.status, failed.reason, JSON.parse(failed.text)]).toEqual([
      500,
      "got timeout",
      { data: null, message: "got timeout\n" },
    ]);
    expect((await client.call("GET", "/cluster/status")).status).toBe(200);
  });

  test("make one node's answers slow: another's come first", async () => {
    const [slow, quick] = [served.client("pve1"), served.client("pve2")];
    served.world.faults.slowApi.set("pve1", 1500);
    const order: string[] = [];
    const ask = async (name: string, client: typeof slow) => {
      await client.call("GET", "/access/domains");
      order.push(name);
    };
    await Promise.all([ask("slow", slow), ask("quick", quick)]);
    served.world.faults.slowApi.delete("pve1");
    expect(order).toEqual(["quick", "slow"]);
  });

  test("make the root file system full", async () => {
    const client = served.client("pve1");
    await client.logIn();
    served.world.faults.diskFull.add("pve1");
    const storages = await client.data<{ storage: string; avail: number }[]>("GET", "/nodes/pve1/storage");
    expect(storages.find((storage) => storage.storage === "local")?.avail).toBe(0);
    const zone = { zone: "z1", type: "simple" };
    const refused = await client.call("POST", "/cluster/sdn/zones", { fields: zone });
    expect(refused.status).toBe(500);
    expect(refused.reason).toMatch(
      /^unable to open file '\/etc\/pve\/sdn\/zones\.cfg\.tmp\.\d+' - Input\/output error$/,
    );
    expect(nodeOf(served.world, "pve1").database.sdn.configured.zones.size).toBe(0);
    const upid = await client.data<string>("PUT", "/cluster/sdn");
    const task = nodeOf(served.world, "pve1").tasks.find((each) => each.upid === upid);
    await task?.done;
    expect(task?.exitstatus).toMatch(/No space left on device$/);
    served.world.faults.diskFull.delete("pve1");
  });

  test("refuse connections while a node has no power, and answer again on the same port", async () => {
    const client = served.client("pve2");
    await client.logIn();
    const node = nodeOf(served.world, "pve2");
    cutPower(served.world, node);
    await expect(client.call("GET", "/version")).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
    powerOn(served.world, node);
    await expect(client.call("GET", "/version")).rejects.toThrow(/ECONNREFUSED/);
    await served.world.clock.sleep(8000);
    expect((await client.call("GET", "/version")).status).toBe(200);
    const { uptime } = await client.data<{ uptime: number }>("GET", "/nodes/pve2/status");
    expect(uptime).toBeLessThan(300);
  });

  test("present a certificate that ran out", async () => {
    await expireCertificate(served.world, "pve3");
    expect(Date.parse(new X509Certificate(nodeOf(served.world, "pve3").certificate.pem).validTo)).toBeLessThan(
      Date.now(),
    );
    await served.world.clock.sleep(1000);
    await expect(served.client("pve3").call("GET", "/access/domains")).rejects.toThrow(/certificate has expired/);
  });

  test("close the connection without a word when a DELETE carries a form", async () => {
    const client = served.client("pve1");
    await client.logIn();
    await expect(client.call("DELETE", "/nodes/pve1/tasks/x", { fields: { purge: "1" } })).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
  });

  test("misread an unencoded equals sign, as real nodes do", async () => {
    const client = served.client("pve1");
    await client.logIn();
    await client.call("PUT", "/cluster/options", { body: "description=a=b" });
    expect(await client.data("GET", "/cluster/options")).toMatchObject({ description: "a" });
  });
});
