import { describe, expect, it } from "vitest";
import { http } from "../../../engine/kinds/http.ts";
import type { HttpAnswer, HttpRequest } from "../../../engine/transports/port.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";

const UPID = "UPID:pve1:000002DF:0002927C:6B02BAE1:clusterjoin::root@pam:";

function answerOf(status: number, reason: string, json: unknown): HttpAnswer {
  return {
    status,
    reason,
    headers: { "content-type": "application/json;charset=UTF-8" },
    body: Buffer.from(JSON.stringify(json)),
  };
}

async function execute(fence: string, answer: HttpAnswer, values = {}, task?: { exitStatus: string; log: string[] }) {
  const requests: HttpRequest[] = [];
  const recorder = new KeptRecorder();
  const ports = portsOf({
    http: (request) => {
      requests.push(request);
      return answer;
    },
    ...(task === undefined ? {} : { task }),
  });
  const result = await http.execute(taskOf(blockOf(fence), values), ports, recorder);
  return { result, requests, recorder };
}

describe("http.execute()", () => {
  it("sends method, target, headers and body as they are written", async () => {
    const fence =
      "```http {#a .action on=pve1}\n# un commentaire\nPOST /access/users\nContent-Type: application/x-www-form-urlencoded\n\nuserid=x@pve\n```";
    const { requests } = await execute(fence, answerOf(200, "OK", { data: null }));
    expect(requests[0]).toMatchObject({
      method: "POST",
      url: "/access/users",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "userid=x@pve",
    });
  });

  it("lets a value be one value: it cannot add a parameter, a path or a header", async () => {
    const fence = "```http {#a .check on=pve1}\nGET /nodes/{{n}}/status?x={{n}}\nX-Nom: {{n}}\n```";
    const { requests } = await execute(fence, answerOf(200, "OK", {}), { n: "../a?b=c&d\r\nX-Y: z" });
    expect(requests[0]?.url).toBe(
      "/nodes/..%2Fa%3Fb%3Dc%26d%0D%0AX-Y%3A%20z/status?x=..%2Fa%3Fb%3Dc%26d%0D%0AX-Y%3A%20z",
    );
    expect(requests[0]?.headers).toEqual({ "x-nom": "../a?b=c&d  X-Y: z" });
  });

  it("writes secrets into headers and body as it sends them, and into nothing that it shows", async () => {
    const fence =
      '```http {#a .check on=pve1}\nPOST /x\nAuthorization: Bearer {{secrets.jeton}}\n\n{ "p": "{{secrets.mot}}" }\n```';
    const { requests } = await execute(fence, answerOf(200, "OK", {}));
    expect(requests[0]).toMatchObject({ headers: { authorization: "Bearer JETON" }, body: '{ "p": "MOT" }' });
    expect(http.describe(blockOf(fence), {})).toContain("authorization: Bearer {{secrets.jeton}}");
  });

  it("judges the status and the JSON, and keeps the answer as it came", async () => {
    const fence =
      '```http {#a .check on=pve1}\n#| expect: { json: { path: "$.data[*]", where: { online: 1 }, count: 2 } }\nGET /cluster/status\n```';
    const good = await execute(fence, answerOf(200, "OK", { data: [{ online: 1 }, { online: "1" }, { online: 0 }] }));
    expect(good.result.outcome.status).toBe("passed");
    expect(good.recorder.attached).toMatchObject([{ role: "response", mediaType: "application/json" }]);
    const bad = await execute(fence, answerOf(200, "OK", { data: [{ online: 1 }] }));
    expect(bad.result.outcome.status).toBe("failed");
  });

  it("goes through the lines of a value, and stops an action at the first refusal", async () => {
    const fence = (role: string) => `\`\`\`http {#a .${role} on=pve1 each=v status=200,204}\nDELETE bmc:{{v}}\n\`\`\``;
    const values = { v: "/redfish/v1/Volumes/1\n/redfish/v1/Volumes/2" };
    const { result, requests } = await execute(fence("action"), answerOf(204, "", {}), values);
    expect(result.outcome).toMatchObject({ status: "passed" });
    expect(requests.map(({ url }) => url)).toEqual(["bmc:/redfish/v1/Volumes/1", "bmc:/redfish/v1/Volumes/2"]);
    expect(http.describe(blockOf(fence("action")), values)).toBe(
      "DELETE bmc:/redfish/v1/Volumes/1\n\n###\n\nDELETE bmc:/redfish/v1/Volumes/2",
    );
    const refused = await execute(fence("action"), answerOf(400, "", {}), values);
    expect([refused.result.outcome.status, refused.requests.length]).toEqual(["failed", 1]);
    const seen = await execute(fence("check"), answerOf(400, "", {}), values);
    expect([seen.result.outcome.status, seen.requests.length]).toEqual(["failed", 2]);
    const none = await execute(fence("action"), answerOf(204, "", {}), { v: "" });
    expect([none.result.outcome.status, none.requests.length]).toEqual(["failed", 0]);
    expect(http.inspect(blockOf(fence("action").replace("{{v}}", "/x")))).toMatchObject([{ rule: "http-each" }]);
  });

  it("fails with the reason phrase, where Proxmox says what went wrong", async () => {
    const { result } = await execute("```http {#a .check on=pve1}\nGET /x\n```", answerOf(500, "no such VM", null));
    expect(result).toMatchObject({
      answer: "HTTP 500 no such VM",
      outcome: { status: "failed", reason: "HTTP 500 no such VM" },
    });
  });

  it.each([
    ["OK", "passed"],
    ["WARNINGS: 1", "passed"],
    ["migration aborted", "failed"],
  ])("follows a task that ends with %s", async (exitStatus, status) => {
    const { result, recorder } = await execute(
      "```http {#a .action on=pve1}\nPOST /x\n```",
      answerOf(200, "OK", { data: UPID }),
      {},
      { exitStatus, log: ["une ligne"] },
    );
    expect(result.outcome.status).toBe(status);
    expect(recorder.attached.map(({ role }) => role)).toEqual(["response", "task-log"]);
  });
});

describe("http.inspect()", () => {
  it.each([
    ["an empty request", "```http {#a .check on=pve1}\n\n```", 7 + 1],
    ["a line that is no request", "```http {#a .check on=pve1}\nobtenir /x\n```", 7 + 1],
    ["a header without a colon", "```http {#a .check on=pve1}\nGET /x\nAccept json\n```", 7 + 2],
  ])("names %s at its line", (_, fence, line) => {
    expect(http.inspect(blockOf(fence))).toMatchObject([{ rule: "bad-http", place: { line } }]);
  });

  it.each(["retry: { times: 2, every: 1s }", "until: { within: 1m }"])(
    "refuses %s of an action that goes through lines: it would do again what is done",
    (setting) => {
      const fence = (role: string) =>
        `\`\`\`http {#a .${role} on=pve1 each=v}\n#| ${setting}\nDELETE bmc:{{v}}\n\`\`\``;
      expect(http.inspect(blockOf(fence("action")))).toMatchObject([
        { rule: "http-each", place: { line: 7 + 1 }, remedy: expect.stringContaining(setting.split(":")[0] ?? "") },
      ]);
      expect(http.inspect(blockOf(fence("check")))).toEqual([]);
      expect(http.inspect(blockOf(fence("action").replace(" each=v", "")))).toEqual([]);
    },
  );
});

describe("http.credentials()", () => {
  const lines = (request: string) =>
    (http.credentials?.(blockOf(`\`\`\`http {#a .check on=pve1}\n${request}\n\`\`\``)) ?? []).map((each) => {
      const what =
        each.type === "secret" ? each.name : `${each.type} ${"account" in each ? (each.account ?? "") : ""}`.trim();
      return `${each.place.line}:${each.place.column} ${what}`;
    });

  it.each<[string, string, readonly string[]]>([
    [
      "a secret in a header and in the body",
      "PUT /x\nX-A: {{secrets.un}}\n\n{{secrets.deux}}",
      ["8:5 pve-access", "9:8 un", "11:3 deux"],
    ],
    ["an account by name", "GET bmc:usine@/redfish/v1/Systems/", ["8:5 bmc-account usine"]],
    ["the controller's own account", "GET bmc:/redfish/v1/Systems/", ["8:5 bmc-account"]],
    [
      "no account for a login, which brings its own",
      "POST bmc:/redfish/v1/SessionService/Sessions/\n\n{{secrets.un}}",
      ["10:3 un"],
    ],
    ["no account for the service root", "GET bmc:/redfish/v1/", []],
    ["what opens the API", "GET /version", ["8:5 pve-access"]],
    ["nothing for another site", "GET https://example.org/", []],
  ])("names %s with its place", (_, request, expected) => {
    expect(lines(request)).toEqual(expected);
  });

  it("keeps secrets out of addresses, which servers log", () => {
    const block = blockOf("```http {#a .check on=pve1}\nGET /x?t={{secrets.un}}\n```");
    expect(http.inspect(block)).toMatchObject([
      {
        rule: "bad-http",
        place: { line: 8, column: 10 },
        reason: expect.stringContaining("« un »".replaceAll(" ", "\u00a0")),
      },
    ]);
  });
});
