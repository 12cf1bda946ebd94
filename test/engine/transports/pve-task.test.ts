import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { judgeTask } from "../../../engine/kinds/http/judge-task.ts";
import { type FakePve, startFakePve } from "../../support/fake-pve.ts";

const UPID = "UPID:pve1:000A1B2C:00D4E5F6:6741F00D:clusterjoin::root@pam:";

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

describe("followTask()", () => {
  test("asks until the task stopped, through 401s and lost connections, and reads its whole log", async () => {
    const lines = Array.from({ length: 501 }, (_, index) => `line ${index + 1}`);
    const script = ["running", "401", "drop", "running", "stopped"];
    pve.api = (request, response, drop) => {
      const url = new URL(request.url, "https://x");
      if (url.pathname.endsWith("/log")) {
        const start = Number(url.searchParams.get("start"));
        const data = lines
          .slice(start, start + Number(url.searchParams.get("limit")))
          .map((t, index) => ({ n: start + index + 1, t }));
        response.end(JSON.stringify({ total: lines.length, data }));
        return;
      }
      expect(decodeURIComponent(url.pathname)).toBe(`/api2/json/nodes/pve1/tasks/${UPID}/status`);
      const next = script.shift();
      if (next === "401") response.writeHead(401, "No ticket").end();
      else if (next === "drop") drop();
      else
        response.end(
          JSON.stringify({ data: next === "stopped" ? { status: next, exitstatus: "OK" } : { status: next } }),
        );
    };
    const end = await pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(20_000));
    expect(end).toEqual({ upid: UPID, exitStatus: "OK", log: lines });
    expect(script).toEqual([]);
  });

  test.each([[""], ["UPID:pve1:zz"], ["../../access"]])("refuses «%s», which is no task", async (upid) => {
    await expect(pve.transport().followTask(pve.node(), upid, AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: "PVE_TASK_UNKNOWN",
    });
    expect(pve.server.seen).toEqual([]);
  });

  test("tells that the node does not know the task", async () => {
    pve.api = (_request, response) =>
      response.writeHead(400, "Parameter verification failed.").end('{"errors":{"upid":"no such task"}}');
    await expect(pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(5_000))).rejects.toMatchObject({
      code: "PVE_TASK_UNKNOWN",
    });
  });

  test.each<[string, Parameters<typeof taskServer>[0], string]>([
    ["a task that goes on", { status: () => '{"data":{"status":"running"}}' }, "copie 40 %"],
    ["a node that is not reached", { status: () => [595, "Connection refused"] }, "HTTP 595 Connection refused"],
    ["a session that is refused", { status: () => [401, "No ticket"] }, "HTTP 401 No ticket"],
  ])("names what was seen last of %s when its time is over", async (_case, server, words) => {
    pve.api = taskServer(server);
    const following = pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(900));
    await expect(following).rejects.toMatchObject({
      code: "PVE_TASK_UNFINISHED",
      message: expect.stringContaining(`clusterjoin sur pve1 n’était pas finie ; vu en dernier : ${words}`),
      hint: expect.stringContaining(UPID),
    });
  });

  test("tells how it stands, with the line that its log has last", async () => {
    const states = ["running", "running", "stopped"];
    const told: string[] = [];
    pve.api = taskServer({ status: () => JSON.stringify({ data: { status: states.shift(), exitstatus: "OK" } }) });
    await pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(20_000), {
      progress: (text) => told.push(text),
    });
    expect(told.map((text) => text.replace(/\d+ s/, "n s"))).toEqual(
      Array.from({ length: 2 }, () => "tâche clusterjoin sur pve1, n s : copie 40 %"),
    );
  });

  test("asks the task's own node while the one that gave it out does not answer", async () => {
    const other = await startFakePve();
    try {
      pve.api = taskServer({ status: () => [595, "Connection refused"] });
      other.api = taskServer({ status: () => '{"data":{"status":"stopped","exitstatus":"OK"}}' });
      const elsewhere = { ...other.node(), name: "b", hostname: "pve2.lab.example" };
      const http = pve.transport([pve.node(), elsewhere]);
      const upid = UPID.replace("UPID:pve1:", "UPID:pve2:");
      const end = await http.followTask(pve.node(), upid, AbortSignal.timeout(20_000));
      expect(end.exitStatus).toBe("OK");
      expect(pve.server.seen.some(({ url }) => url.includes("/nodes/pve2/tasks/"))).toBe(true);
      expect(other.server.seen.some(({ url }) => url.includes("/nodes/pve2/tasks/"))).toBe(true);
    } finally {
      await other.close();
    }
  });

  test.each<[string, boolean, object]>([
    ["waits when it renews the node's keys", true, { exitStatus: "OK" }],
    ["says so at once otherwise", false, { code: "PVE_AUTH_FAILED" }],
  ])("a login that the right password does not open: %s", async (_case, renews, expected) => {
    pve.api = taskServer({
      status: () => (pve.refusing ? [401, "No ticket"] : '{"data":{"status":"stopped","exitstatus":"OK"}}'),
    });
    pve.refusing = true;
    const progress = () => {
      pve.refusing = false;
    };
    const http = pve.transport();
    const end = http.followTask(pve.node(), UPID, AbortSignal.timeout(20_000), { renews, progress });
    expect(await end.catch((error: unknown) => error)).toMatchObject(expected);
  });

  test("survives the restart of the node that runs it, and says how such a task ends", async () => {
    const script: (string | readonly [number, string])[] = [
      '{"data":{"status":"running"}}',
      [595, "No route to host"],
      [596, "Connection timed out"],
      '{"data":{"status":"stopped","exitstatus":"unexpected status"}}',
    ];
    pve.api = taskServer({ status: () => script.shift() ?? [500, "too often"] });
    const end = await pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(20_000));
    expect(end.exitStatus).toBe("unexpected status");
    expect(judgeTask(end)).toMatchObject({ ok: false, obtained: expect.stringContaining("le nœud a redémarré") });
  });

  test("does not take « no content » for the first line of a log that is still empty", async () => {
    const states = ["running", "stopped"];
    let log = ["no content"];
    pve.api = taskServer({
      status: () => JSON.stringify({ data: { status: states.shift(), exitstatus: "OK" } }),
      log: () => {
        const now = log;
        log = ["première", "TASK OK"];
        return now;
      },
    });
    const end = await pve.transport().followTask(pve.node(), UPID, AbortSignal.timeout(20_000));
    expect(end.log).toEqual(["première", "TASK OK"]);
  });
});

/** Answers to questions about a task: its status as JSON or as an error, and its log. */
function taskServer(answers: {
  readonly status: () => string | readonly [status: number, reason: string];
  readonly log?: () => readonly string[];
}): FakePve["api"] {
  return (request, response) => {
    const url = new URL(request.url, "https://x");
    if (url.pathname.endsWith("/log")) {
      const lines = answers.log?.() ?? ["début", "copie 40 %"];
      const start = Number(url.searchParams.get("start"));
      const data = lines.map((t, index) => ({ n: index + 1, t })).slice(start);
      response.end(JSON.stringify({ total: lines.length, data }));
      return;
    }
    const status = answers.status();
    if (typeof status === "string") response.end(status);
    else response.writeHead(status[0], status[1]).end();
  };
}
