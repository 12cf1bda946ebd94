import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../../engine/base/clock.ts";
import { type ExecutedRun, execute } from "../../support/executed-run.ts";
import { type FakePve, startFakePve } from "../../support/fake-pve.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../docs/attendre.md"), "utf8");

/** The check of the page with this id, as it stands there, with a shorter patience; what it needs is a value here. */
function checkOf(id: string): string {
  const fence = PAGE.match(/^```[\s\S]*?^```$/gm)?.find((each) => each.includes(`{#${id} `));
  if (fence === undefined) throw new Error(`docs/attendre.md has no #${id}`);
  return fence.replace(" needs=#attendre-avant", "").replace(/within: \w+/, "within: 40s");
}

/** A clock whose pauses take no time; what is asked over sockets takes its own. */
function quickClock(): Clock {
  let now = 0;
  return {
    now: () => systemClock.now(),
    monotonic: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      now += ms;
    },
  };
}

let pve: FakePve;
beforeEach(async () => {
  pve = await startFakePve();
});
afterEach(() => pve.close());

const data = (value: unknown) => JSON.stringify({ data: value });
const members = (online: number, quorate: number) =>
  data([
    { type: "cluster", quorate },
    ...[1, 1, online].map((up, index) => ({ type: "node", name: `pve${index + 1}`, online: up })),
  ]);
const ceph = (status: string, state: string) =>
  JSON.stringify({
    health: { status },
    pgmap: {
      num_pgs: 33,
      pgs_by_state: [
        { state_name: "active+clean", count: 32 },
        { state_name: state, count: 1 },
      ],
    },
  });
const boot = (id: string) => ` Static hostname: pve2\n         Boot ID: ${id}\n`;

/** What a machine says when the state is there and when it is not; `away`: it does not answer at all. */
interface Waiting {
  readonly id: string;
  readonly by: "shell" | "http";
  readonly there: string;
  readonly not: string;
  /** The last state, as the message at the deadline must tell it. */
  readonly seen: RegExp;
}

const WAITINGS: readonly Waiting[] = [
  { id: "attendre-redemarre", by: "shell", there: boot("bbb"), not: boot("aaa"), seen: /Boot ID: aaa/ },
  { id: "attendre-port", by: "http", there: "ok", not: "away", seen: /Pas de réponse de|coupée|fermée/ },
  { id: "attendre-quorum", by: "http", there: members(1, 1), not: members(0, 0), seen: /quorate|type/ },
  {
    id: "attendre-ceph",
    by: "shell",
    there: ceph("HEALTH_OK", "active+clean+scrubbing"),
    not: ceph("HEALTH_OK", "active+undersized"),
    seen: /active\+undersized|1/,
  },
  {
    id: "attendre-ha",
    by: "http",
    there: data([{ sid: "vm:100", state: "started" }]),
    not: data([{ sid: "vm:100", state: "fence" }]),
    seen: /fence|vm:100/,
  },
  {
    id: "attendre-taches",
    by: "http",
    there: data([]),
    not: data([{ upid: "UPID:pve1:…", type: "vzdump" }]),
    seen: /1/,
  },
];

/** Waits as the page does, against machines that answer one state after the other; the last state stays. */
async function wait({ id, by, there, not }: Waiting, states: readonly boolean[]): Promise<ExecutedRun> {
  let asked = 0;
  const next = (): string => {
    const state = states[Math.min(asked, states.length - 1)] === true;
    asked += 1;
    return state ? there : not;
  };
  pve.api = (_request, response, drop) => {
    const said = next();
    if (said === "away") drop();
    else response.end(said);
  };
  const http = pve.transport();
  return await execute(checkOf(id), {
    clock: quickClock(),
    vars: { demarrage: "aaa" },
    machine: () => ({ stdout: by === "shell" ? next() : "" }),
    // The page's address of a node is the one of the node's own API.
    http: {
      request: (_node, request) =>
        http.request(pve.node(), {
          ...request,
          url: request.url.replace(/^https:\/\/[^/]+/, "https://10.202.4.31:8006"),
        }),
    },
  });
}

const progress = ({ live }: ExecutedRun) => live.flatMap(({ type, text }) => (type === "progress" ? [text] : []));

describe.each(WAITINGS)("docs/attendre.md #$id", (waiting) => {
  it("is reached, with the last state, the time spent and the limit on screen meanwhile", async () => {
    const ran = await wait(waiting, [false, false, true]);
    expect(ran.statuses[waiting.id]).toBe("passed");
    expect(progress(ran)[0]).toMatch(/^pas encore \(essai 1, .+ sur 40 s\) : /);
    expect(progress(ran)[0]).toMatch(waiting.seen);
  });

  it("never comes: it ends at its deadline, with the last state in the message", async () => {
    const ran = await wait(waiting, [false]);
    const outcome = ran.outcome(waiting.id);
    expect(outcome).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(/^Condition non atteinte après .+ \(\d+ essais\) ; dernier état : /),
    });
    expect(outcome?.status === "failed" && outcome.reason).toMatch(waiting.seen);
  });
});

describe.each(WAITINGS.filter(({ id }) => id !== "attendre-redemarre"))("docs/attendre.md #$id", (waiting) => {
  it("that comes and goes is not reached, and the message says how often it was lost", async () => {
    const flapping = Array.from({ length: 200 }, (_, index) => index % 3 === 0);
    const ran = await wait(waiting, flapping);
    expect(ran.outcome(waiting.id)).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(
        /^Condition non tenue après .+ : tenue .+ au plus, sur \d s demandées, perdue \d+ fois ; dernier état : /,
      ),
    });
  });
});

it("a node that answers, is away, and answers again with the same boot has not rebooted", async () => {
  let asked = 0;
  const ran = await execute(checkOf("attendre-redemarre"), {
    clock: quickClock(),
    vars: { demarrage: "aaa" },
    machine: () => {
      asked += 1;
      return asked % 2 === 0 ? { end: { status: "lost", reason: "connexion coupée" } } : { stdout: boot("aaa") };
    },
  });
  expect(ran.statuses["attendre-redemarre"]).toBe("failed");
});
