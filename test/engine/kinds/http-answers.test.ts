import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { http } from "../../../engine/kinds/http.ts";
import type { KindResult } from "../../../engine/kinds/kind.ts";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { type FakePve, startFakePve } from "../../support/fake-pve.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";

const UPID = "UPID:pve2:0000BEEF:000027CC:6B02BAE1:qmigrate:100:root@pam:";

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

interface Said {
  readonly status?: number;
  readonly reason?: string;
  readonly body?: unknown;
}

/** Sends a block's request over a real connection to a server that answers like this; the outcome of the block. */
async function outcome(
  request: string,
  said: Said,
  more: Partial<InventoryNode> = {},
  settings = "",
): Promise<KindResult> {
  pve.api = (_request, response) => {
    response.writeHead(said.status ?? 200, said.reason);
    response.end(said.body === undefined ? "" : JSON.stringify(said.body));
  };
  return await run(request, more, settings);
}

async function run(request: string, more: Partial<InventoryNode> = {}, settings = ""): Promise<KindResult> {
  const node = { ...pve.node(), ...more };
  const role = request.startsWith("GET") ? "check" : "action";
  const block = blockOf(`\`\`\`http {#a .${role} on=pve1 ${settings}}\n${request}\n\`\`\``);
  const ports = { ...portsOf({}), http: pve.transport([node]) };
  const task = { ...taskOf(block), target: { type: "node", node } as const, signal: AbortSignal.timeout(20_000) };
  return await http.execute(task, ports, new KeptRecorder());
}

const reasonOf = ({ outcome }: KindResult) => (outcome.status === "failed" ? outcome.reason : outcome.status);

describe("what an answer of Proxmox says", () => {
  const failed = {
    data: null,
    message: "Parameter verification failed.\n",
    errors: { vmid: "type check failed\n", net0: "bad" },
  };

  test.each<[string, string, Said, RegExp]>([
    [
      "fields, in the plain envelope",
      "POST /nodes/pve1/qemu",
      { status: 400, reason: "Parameter verification failed.", body: failed },
      /^HTTP 400 Parameter verification failed\. — vmid : type check failed ; net0 : bad$/,
    ],
    [
      "fields, in the extjs envelope, which is a 200",
      "POST /api2/extjs/nodes/pve1/qemu",
      { body: { ...failed, success: 0, status: 400 } },
      /^HTTP 400 Parameter verification failed\. — vmid : /,
    ],
    [
      "an error as a string",
      "POST /x",
      { status: 500, reason: "err", body: { data: null, errors: "zone 'x' exists" } },
      /^HTTP 500 err — zone 'x' exists$/,
    ],
    [
      "an extjs failure without a status",
      "GET /api2/extjs/x",
      { body: { success: 0, message: "no such VM\n", data: null } },
      /^HTTP 500 no such VM$/,
    ],
    [
      "what its status line cannot hold",
      "GET /x",
      { status: 500, reason: "r?seau occup?", body: { data: null, message: "réseau occupé :\n  attendez\n" } },
      /^HTTP 500 réseau occupé : attendez$/,
    ],
    [
      "a proxied node that is off",
      "GET /nodes/pve2/status",
      { status: 595, reason: "Connection refused" },
      /^HTTP 595 Connection refused — pve1 ne joint pas pve2 : vérifiez que pve2 est démarré/,
    ],
    [
      "a proxied node that hangs up",
      "GET /nodes/pve2/status",
      { status: 596, reason: "Broken pipe" },
      /pve1 a joint pve2 sans en avoir de réponse : .*pvecm updatecerts/,
    ],
    [
      "a right that is missing",
      "GET /x",
      { status: 403, reason: "Permission check failed (/vms/100, VM.Migrate)" },
      /VM\.Migrate\) — root@pam n’a pas ce droit/,
    ],
    [
      "a method of another version",
      "GET /nosuch",
      { status: 501, reason: "Method 'GET /nosuch' not implemented" },
      /cette version de Proxmox VE n’a pas ce chemin/,
    ],
    [
      "an HA migration that is refused with a 200",
      "POST /cluster/ha/resources/vm:200/migrate",
      { body: { data: { sid: "vm:200", "blocking-resources": [{ cause: "resource-affinity", sid: "vm:300" }] } } },
      /^HTTP 200 OK, mais la HA refuse, à cause de vm:300 \(resource-affinity\)/,
    ],
    [
      "a migration that started no task",
      "POST /nodes/pve1/qemu/100/migrate",
      { body: { data: null } },
      /^HTTP 200 OK, mais aucune tâche n’a été lancée/,
    ],
  ])("%s", async (_case, request, said, words) => {
    expect(reasonOf(await outcome(request, said))).toMatch(words);
  });

  test.each<[string, string, Said]>([
    ["a change without a result", "POST /cluster/sdn/zones", { body: { data: null } }],
    [
      "the extjs envelope of a success",
      "GET /api2/extjs/version",
      { body: { success: 1, data: { version: "9.2.11" } } },
    ],
    [
      "an HA migration that nothing blocks",
      "POST /cluster/ha/resources/vm:200/migrate",
      { body: { data: { sid: "vm:200", "requested-node": "pve3" } } },
    ],
    [
      "an expected refusal, whichever the envelope",
      "GET /api2/extjs/x",
      { body: { success: 0, status: 403, message: "no", data: null } },
    ],
  ])("%s passes", async (_case, request, said) => {
    expect((await outcome(request, said, {}, request.endsWith("extjs/x") ? "status=403" : "")).outcome.status).toBe(
      "passed",
    );
  });

  test.each<[string, Said, RegExp]>([
    [
      "GET /cluster/ha/rules",
      { status: 501, reason: "Method 'GET /cluster/ha/rules' not implemented" },
      /en 8\.4, ce sont des groupes/,
    ],
    [
      "POST /cluster/ha/groups",
      { status: 500, reason: "cannot create group: ha groups have been migrated to rules" },
      /depuis Proxmox VE 9, les groupes HA sont des règles/,
    ],
    [
      "GET /cluster/resources?type=network",
      { status: 400, reason: "Parameter verification failed." },
      /demandez \/cluster\/resources entier/,
    ],
    ["POST /cluster/sdn/lock", { status: 501, reason: "not implemented" }, /verrou.*depuis Proxmox VE 9/],
  ])("%s, refused by one release, is told with what the other one has", async (request, said, words) => {
    expect(reasonOf(await outcome(request, said))).toMatch(words);
  });

  test("the inventory's name in a path, where Proxmox has another one, is told with the right spelling", async () => {
    const said = { status: 500, reason: "hostname lookup 'pve1' failed - failed to get address info for: pve1" };
    expect(reasonOf(await outcome("GET /nodes/pve1/status", said, { hostname: "srv-01" }))).toMatch(
      /Proxmox connaît ce nœud sous le nom de srv-01 : écrivez \/nodes\/\{\{nodes\.pve1\.hostname\}\}/,
    );
  });

  test("a token that is refused is named", async () => {
    const node = pve.node({ token: { id: "audit@pve!constat", secret: "jeton" } });
    expect(reasonOf(await outcome("GET /x", { status: 401, reason: "no such token" }, { pve: node.pve }))).toMatch(
      /refuse le jeton audit@pve!constat : inconnu, échu ou secret faux/,
    );
  });

  test.each([
    [596, "Connection timed out"],
    [504, "Gateway Timeout"],
  ])("a change whose relay gave up (%i) may be done: it is a problem of its own", async (status, reason) => {
    await expect(outcome("POST /nodes/pve2/qemu", { status, reason })).rejects.toMatchObject({
      code: "HTTP_ANSWER_LOST",
      message: expect.stringContaining("peut-être fait"),
    });
    expect(pve.server.seen.filter(({ method, url }) => method === "POST" && url.includes("qemu"))).toHaveLength(1);
  });

  test.each([
    [".check", "GET /version", "HTTP_TIMEOUT", /^Aucune réponse de pve1 à .*GET \/version/],
    [".action", "POST /pools", "HTTP_ANSWER_LOST", /POST \/pools.*est peut-être fait.*aucune réponse dans le délai/],
  ])(
    "a server that takes a %s's request and never answers is named when its time is over",
    async (role, request, code, words) => {
      pve.api = () => undefined;
      const node = pve.node();
      const block = blockOf(`\`\`\`http {#a ${role} on=pve1}\n${request}\n\`\`\``);
      const task = { ...taskOf(block), target: { type: "node", node } as const, signal: AbortSignal.timeout(500) };
      await expect(
        http.execute(task, { ...portsOf({}), http: pve.transport() }, new KeptRecorder()),
      ).rejects.toMatchObject({
        code,
        message: expect.stringMatching(words),
      });
    },
  );
});

describe("a task that an answer names", () => {
  /** Starts a migration whose task ends like this. */
  async function migration(exitstatus: string, log: readonly string[]): Promise<KindResult> {
    pve.api = (request, response) => {
      if (request.method === "POST") response.end(JSON.stringify({ data: UPID, success: 1 }));
      else if (request.url.includes("/log")) {
        response.end(JSON.stringify({ total: log.length, data: log.map((t, index) => ({ n: index + 1, t })) }));
      } else response.end(JSON.stringify({ data: { status: "stopped", exitstatus } }));
    };
    return await run("POST /nodes/pve1/qemu/100/migrate");
  }

  test("is asked of the node inside its UPID", async () => {
    expect((await migration("OK", ["TASK OK"])).outcome.status).toBe("passed");
    expect(
      pve.server.seen.filter(({ method }) => method === "GET").every(({ url }) => url.includes("/nodes/pve2/tasks/")),
    ).toBe(true);
  });

  test("fails with the end of its log, without saying the same twice", async () => {
    const log = ["starting migration", "ERROR: no space", "aborting phase 1", "TASK ERROR: migration aborted"];
    expect(reasonOf(await migration("migration aborted", log))).toBe(
      "tâche qmigrate sur pve2 finie en échec : migration aborted ; fin du journal : starting migration / ERROR: no space / aborting phase 1",
    );
  });

  test("passes with its warnings, and they are kept among the judgements", async () => {
    const { outcome } = await migration("WARNINGS: 1", ["WARN: no fencing", "TASK WARNINGS: 1"]);
    expect(outcome).toMatchObject({
      status: "passed",
      judgements: [
        { ok: true },
        { ok: true, obtained: "tâche finie avec avertissements (WARNINGS: 1) : WARN: no fencing" },
      ],
    });
  });
});
