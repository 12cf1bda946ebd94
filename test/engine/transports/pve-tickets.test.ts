import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Clock, systemClock } from "../../../engine/base/clock.ts";
import { asked, type FakePve, startFakePve } from "../../support/fake-pve.ts";

const MINUTE = 60_000;

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

const ticketOf = (cookie: string | undefined) => Number(/%3A(\d+)%3A%3A/.exec(cookie ?? "")?.[1]);

describe("sessions over a long run", () => {
  test("over three hours no request meets an outdated ticket, and one login an hour is enough", async () => {
    let now = 0;
    const clock: Clock = { ...systemClock, monotonic: () => now };
    const issued = new Map<number, number>();
    const refused: number[] = [];
    pve.api = (request, response) => {
      const ticket = ticketOf(request.headers.cookie);
      if (!issued.has(ticket)) issued.set(ticket, now);
      const dead = now - (issued.get(ticket) ?? 0) >= 120 * MINUTE;
      if (dead) refused.push(now);
      response.writeHead(dead ? 401 : 200).end('{"data":null}');
    };
    const http = pve.transport([pve.node()], undefined, clock);
    for (; now <= 180 * MINUTE; now += 7 * MINUTE) {
      expect((await http.request(pve.node(), asked("GET", "/version"))).status).toBe(200);
    }
    expect(refused).toEqual([]);
    expect(pve.logins).toBe(3);
  });

  test("a machine that slept past the ticket's end logs in again after its 401, once", async () => {
    const http = pve.transport();
    await http.request(pve.node(), asked("GET", "/version"));
    pve.api = (request, response) => response.writeHead(ticketOf(request.headers.cookie) === 1 ? 401 : 200).end();
    const answers = await Promise.all([1, 2, 3].map(() => http.request(pve.node(), asked("POST", "/x"))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Each of the three may have met the old ticket; none of them throws away what another one has renewed and used.
    expect(pve.logins).toBeLessThanOrEqual(4);
    await http.request(pve.node(), asked("GET", "/version"));
    expect(pve.server.seen.filter(({ url }) => url.endsWith("/access/ticket"))).toHaveLength(pve.logins);
  });

  test("whoever asks while somebody logs in waits for that login, and makes one of his own when it is called off", async () => {
    const http = pve.transport();
    const first = new AbortController();
    const calledOff = http.request(pve.node(), { ...asked("GET", "/version"), signal: first.signal });
    const others = [1, 2, 3].map(() => http.request(pve.node(), asked("GET", "/version")));
    first.abort(new Error("called off"));
    await expect(calledOff).rejects.toThrow("called off");
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(pve.logins).toBeLessThanOrEqual(2);
  });

  test("during a join, when some processes still judge by the old key, a request is asked until one that knows the new key answers", async () => {
    const script = [401, 401, 401, 200];
    pve.api = (_request, response) => response.writeHead(script.shift() ?? 500, "No ticket").end();
    const answer = await pve.transport().request(pve.node(), asked("POST", "/x", { patienceMs: 20_000 }));
    expect([answer.status, script]).toEqual([200, []]);
  });

  test("forget() lets the next request log in again, as after a join", async () => {
    const http = pve.transport();
    await http.request(pve.node(), asked("GET", "/version"));
    await http.forget(pve.node());
    await http.request(pve.node(), asked("GET", "/version"));
    expect(pve.logins).toBe(2);
  });
});
