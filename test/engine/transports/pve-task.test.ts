import { afterEach, beforeEach, describe, expect, test } from "vitest";
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

  test("gives up with the signal", async () => {
    pve.api = (_request, response) => response.end('{"data":{"status":"running"}}');
    const stop = AbortSignal.timeout(700);
    await expect(pve.transport().followTask(pve.node(), UPID, stop)).rejects.toSatisfy(() => stop.aborted);
  });
});
