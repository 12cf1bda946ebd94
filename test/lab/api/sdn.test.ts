import { describe, expect, test } from "vitest";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { nodeOf } from "../../../lab/state/world.ts";
import { openLedger } from "../recorded/ledger.ts";
import { type Client, type ServedWorld, serveScenario } from "./client.ts";
import { playedBy } from "./recorded-plan.ts";
import { shapeDifferences } from "./shape.ts";

const ledger = openLedger(import.meta.filename);

const PEERS = "10.202.4.31,10.202.4.32,10.202.4.33";

const zone = (name: string, type: string, more: Readonly<Record<string, string>> = {}) =>
  ({ method: "POST", path: "/cluster/sdn/zones", fields: { zone: name, type, ...more } }) as const;

/** Makes what the recorded cluster had: two zones, a VNet, a subnet, all applied. */
async function setUp(client: Client, alias: boolean): Promise<void> {
  await client.logIn();
  for (const { method, path, fields } of [zone("lab", "simple"), zone("vxl", "vxlan", { peers: PEERS })]) {
    await client.data(method, path, fields);
  }
  const more = alias ? { alias: "lab-net" } : {};
  await client.data("POST", "/cluster/sdn/vnets", { vnet: "vnet1", zone: "vxl", tag: "10001", ...more });
  const subnet = { subnet: "10.50.0.0/24", gateway: "10.50.0.1", type: "subnet" };
  await client.data("POST", "/cluster/sdn/vnets/vnet1/subnets", subnet);
}

async function apply({ world }: ServedWorld, client: Client): Promise<string> {
  const upid = await client.data<string>("PUT", "/cluster/sdn");
  const node = nodeOf(world, upid.split(":")[1] ?? "");
  await node.tasks.find((task) => task.upid === upid)?.done;
  return upid;
}

describe("the recorded calls of the SDN in dialect 9", () => {
  test("are answered with the recorded status, reason, headers and shape, one after the other", async () => {
    await using served = await serveScenario("cluster", "9");
    const client = served.client("pve1");
    await setUp(client, true);
    await apply(served, client);
    let token = "";
    for (const exchange of playedBy("test/lab/api/sdn.test.ts", ["9/api/sdn.txt", "9/api/sdn-lock.txt"])) {
      const { method, path, query, fields, status, reason, connection, body } = exchange;
      const filled = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, value.replace("TOKEN", token)]),
      );
      const target = `${path}${query && `?${query}`}`;
      const given = Object.keys(filled).length > 0 ? { fields: filled } : {};
      const answer = await client.call(method, target, given);
      const where = `${exchange.file}: ${method} ${target} ${JSON.stringify(fields)}`;
      expect([where, answer.status, answer.reason]).toEqual([where, status, reason]);
      expect(answer.headers["connection"], where).toEqual(connection);
      const answered = JSON.parse(answer.text);
      expect(shapeDifferences(body, answered), where).toEqual([]);
      ledger.played(exchange.id);
      if (method === "POST" && path.endsWith("/lock") && status === 200) token = answered.data;
    }
  });

  test("are all compared that the table promises", () => {
    expect(ledger.missing()).toEqual([]);
  });
});

describe.each(["9", "8.4"] satisfies Dialect[])("the SDN in dialect %s", (dialect) => {
  test("waits until it is applied, and every node says so then", async () => {
    await using served = await serveScenario("cluster", dialect);
    const client = served.client("pve1");
    await setUp(client, false);
    const waiting = await client.data<Record<string, unknown>[]>("GET", "/cluster/sdn/vnets?pending=1");
    expect(waiting).toEqual([
      { vnet: "vnet1", type: "vnet", state: "new", digest: null, pending: { tag: 10001, zone: "vxl" } },
    ]);
    expect(await client.data("GET", "/nodes/pve2/sdn/zones")).toEqual([]);
    const upid = await apply(served, client);
    for (const name of ["pve1", "pve2", "pve3"]) {
      expect(await client.data("GET", `/nodes/${name}/sdn/zones`)).toEqual([
        { zone: "lab", status: "available" },
        { zone: "vxl", status: "available" },
      ]);
    }
    const log = await client.data<{ t: string }[]>("GET", `/nodes/pve1/tasks/${upid}/log`);
    expect(log.map(({ t }) => t)).toEqual([
      ...["pve1", "pve2", "pve3"].map((name) => `${name}: reloading network config`),
      "TASK OK",
    ]);
  });

  test("tells the cluster's resources of its zones, some seconds later, in the words of the version", async () => {
    await using served = await serveScenario("cluster", dialect);
    const client = served.client("pve1");
    await setUp(client, false);
    await apply(served, client);
    await served.world.clock.sleep(11_000);
    const rows = await client.data<Record<string, unknown>[]>("GET", "/cluster/resources");
    const row = rows.find(({ id }) => String(id).includes("pve2") && String(id).endsWith("/vxl"));
    const head = { node: "pve2", status: "available" };
    expect(row).toEqual(
      dialect === "8.4"
        ? { ...head, id: "sdn/pve2/vxl", type: "sdn", sdn: "vxl" }
        : {
            ...{ ...head, id: "network/pve2/zone/vxl", type: "network", network: "vxl" },
            ...{ "network-type": "zone", "zone-type": "vxlan" },
          },
    );
    const filtered = await client.data<unknown[]>("GET", "/cluster/resources?type=sdn");
    expect(filtered).toHaveLength(dialect === "8.4" ? 9 : 0);
  });
});

describe("GET and PUT nodes/NODE/network", () => {
  test("stage a change beside the difference, put it in force with an apply, and forget it with a revert", async () => {
    await using served = await serveScenario("cluster", "9");
    const client = served.client("pve1");
    await client.logIn();
    const bridge = { iface: "vmbr1", type: "bridge", bridge_ports: "ens18", autostart: "1" };
    await client.data("POST", "/nodes/pve2/network", bridge);
    const listed = JSON.parse((await client.call("GET", "/nodes/pve2/network")).text);
    expect(listed.changes).toContain("+iface vmbr1 inet manual");
    expect(listed.data.find(({ iface }: { iface: string }) => iface === "vmbr1")).not.toHaveProperty("active");
    await client.data("DELETE", "/nodes/pve2/network");
    expect(JSON.parse((await client.call("GET", "/nodes/pve2/network")).text)).not.toHaveProperty("changes");
    await client.data("POST", "/nodes/pve2/network", bridge);
    const upid = await client.data<string>("PUT", "/nodes/pve2/network");
    expect(upid).toContain(":srvreload:networking:root@pam:");
    await nodeOf(served.world, "pve2").tasks.find((task) => task.upid === upid)?.done;
    const applied = JSON.parse((await client.call("GET", "/nodes/pve2/network")).text);
    expect(applied).not.toHaveProperty("changes");
    expect(applied.data.find(({ iface }: { iface: string }) => iface === "vmbr1")).toMatchObject({ active: 1 });
  });

  test("show the controllers and fabrics that wait to be applied", async () => {
    await using served = await serveScenario("cluster", "9");
    const client = served.client("pve1");
    await client.logIn();
    const { configured } = nodeOf(served.world, "pve2").database.sdn;
    configured.controllers.set("bgp1", { type: "bgp", asn: 65_000 });
    configured.fabrics.set("f1", { type: "openfabric_fabric", ip_prefix: "10.9.0.0/24" });
    configured.fabrics.set("f1_pve1", { type: "openfabric_node", ip: "10.9.0.1" });
    const [controller] = await client.data<object[]>("GET", "/cluster/sdn/controllers?pending=1");
    expect(controller).toMatchObject({ controller: "bgp1", state: "new", pending: { asn: 65_000 } });
    expect(await client.data("GET", "/cluster/sdn/fabrics/all?pending=1")).toMatchObject({
      fabrics: [{ id: "f1", protocol: "openfabric", state: "new" }],
      nodes: [{ id: "f1_pve1", state: "new" }],
    });
    await apply(served, client);
    expect(await client.data("GET", "/cluster/sdn/fabrics/all?pending=1")).toMatchObject({
      fabrics: [{ id: "f1", ip_prefix: "10.9.0.0/24" }],
    });
    expect(JSON.stringify(await client.data("GET", "/cluster/sdn/controllers?pending=1"))).not.toContain("state");
  });

  test("refuse an interface twice and a second gateway, parameter by parameter", async () => {
    await using served = await serveScenario("cluster", "9");
    const client = served.client("pve1");
    await client.logIn();
    const refused = async (fields: Readonly<Record<string, string>>) => {
      const answer = await client.call("POST", "/nodes/pve1/network", { fields: { type: "bridge", ...fields } });
      return [answer.status, JSON.parse(answer.text).errors];
    };
    expect(await refused({ iface: "vmbr0" })).toEqual([400, { iface: "interface already exists" }]);
    expect(await refused({ iface: "vmbr1", cidr: "10.9.0.1/24", gateway: "10.9.0.254" })).toEqual([
      400,
      { gateway: "Default gateway already exists on interface 'vmbr0'." },
    ]);
  });
});
