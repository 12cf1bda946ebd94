import { describe, expect, it } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import { watch } from "../../../engine/kinds/watch.ts";
import type { ShotResult } from "../../../engine/transports/port.ts";
import { blockOf, INVENTORY, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";
import { lost, observe, outage, problem, type Site, shot, silence, unreachable } from "./watch-site.ts";

describe("watch.execute()", () => {
  it("measures an interruption, keeps every sample, and tells what changed", async () => {
    const body =
      "every: 1s\nwithin: 5s\nuntil: { of: api, equals: pve2 }\nsamples:\n  - { ping: 10.0.0.9 }\n  - { api: /vm, path: $.node }\nexpect:\n  - interruption: { of: ping, min: 2s, max: 5s }";
    let asked = 0;
    const get = () => {
      asked += 1;
      return { node: asked < 15 ? "pve1" : "pve2" };
    };
    const { outcome, timeline, recorder, answer } = await observe(body, { ping: outage(3, 5), get, timeScale: 10 });
    expect(outcome.status).toBe("passed");
    expect(timeline?.interruptions).toMatchObject([{ source: "ping" }]);
    expect(timeline?.sources.map(({ name, from }) => [name, from])).toEqual([
      ["ping", "pve1"],
      ["api", "pve1"],
    ]);
    const points = timeline?.sources[0]?.points ?? [];
    expect(points.slice(0, 6).map(({ state }) => state)).toEqual(["ok", "ok", "failed", "failed", "failed", "ok"]);
    expect(answer).toBe(`${timeline?.sources.reduce((sum, source) => sum + source.points.length, 0)} mesures`);
    const told = recorder.stdout.join("");
    expect(told).toMatch(/ping répond\n/);
    expect(told).toMatch(/ping ne répond pas/);
    expect(told).toMatch(/api répond : "pve2"/);
    // What an API tells is kept when it changes.
    expect(timeline?.sources[1]?.points.flatMap(({ value }) => value ?? [])).toEqual(["pve1", "pve2"]);
  });

  it.each<[string, string, Site, RegExp]>([
    ["an interruption that is too long", "{ of: ping, max: 100ms }", { ping: outage(2, 5) }, /entre .* s et .* s/],
    [
      "an interruption that cannot be told from the bound",
      "{ of: ping, max: 1500ms }",
      { ping: outage(3, 3) },
      /ne permet pas de conclure/,
    ],
    ["no interruption where one must be", "{ of: ping, min: 1s }", {}, /aucune interruption vue/],
    ["one whose end was not seen", "{ of: ping, max: 1m }", { ping: outage(2, 1_000) }, /encore là à la fin/],
    ["one that was there from the start", "{ of: ping, max: 1m }", { ping: outage(1, 2) }, /déjà là au début/],
    ["no answer at all", "{ of: ping, max: 1m }", { ping: () => false }, /aucune réponse pendant toute la mesure/],
  ])("fails for %s", async (_, bounds, site, reason) => {
    const body = `every: 1s\nwithin: 1500ms\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ interruption: ${bounds} }]`;
    const { outcome } = await observe(body, { ...site, timeScale: 10 });
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(reason) });
  });

  it("counts by ping's own times, however late its lines arrive", async () => {
    const body =
      "every: 1s\nwithin: 2s\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ interruption: { of: ping, max: 2100ms } }]";
    const { outcome, timeline } = await observe(body, { ping: outage(5, 5), together: 7, timeScale: 10 });
    expect(outcome).toMatchObject({ status: "passed" });
    expect(timeline?.interruptions).toMatchObject([{ atLeastMs: 0, atMostMs: 200 }]);
    expect(timeline?.sources[0]?.points.slice(0, 6).map(({ took, state }) => [took, state])).toEqual([
      ...[0, 0, 0, 0].map((took) => [took, "ok"]),
      [100, "failed"],
      [0, "ok"],
    ]);
  });

  it("asks for each echo by itself where ping knows no stream", async () => {
    const body =
      "every: 100ms\nwithin: 1s\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ interruption: { of: ping, max: 5s } }]";
    const { outcome, timeline } = await observe(body, { ping: outage(3, 4), single: true });
    expect(outcome.status).toBe("passed");
    const states = timeline?.sources[0]?.points.map(({ state }) => state);
    expect(states?.slice(0, 5)).toEqual(["ok", "ok", "failed", "failed", "ok"]);
  });

  it("does not take what it could not ask for an interruption", async () => {
    const body =
      "every: 100ms\nwithin: 500ms\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ interruption: { of: ping, max: 1s } }]";
    let call = 0;
    const ping = () => {
      call += 1;
      return call === 2 ? lost : true;
    };
    const { outcome, timeline } = await observe(body, { ping });
    expect(outcome.status).toBe("passed");
    expect(timeline?.sources[0]?.points[1]).toMatchObject({ state: "unknown", reason: "pve1 ne répond pas en ssh." });
    const { outcome: blind } = await observe(body, { ping: () => lost });
    expect(blind).toMatchObject({
      status: "failed",
      reason: expect.stringContaining("aucune : pve1 ne répond pas en ssh."),
    });
  });

  it.each<[string, unknown, string]>([
    ["a redirection", 302, "ok"],
    ["an error", 502, "failed"],
    ["silence", silence, "failed"],
    ["a refused connection", unreachable("ECONNREFUSED"), "failed"],
    ["a connection that does not open in time", problem("HTTP_TIMEOUT"), "failed"],
    ["a handshake that fails", problem("TLS_HANDSHAKE_FAILED"), "failed"],
    ["a name that nobody knows", unreachable("ENOTFOUND"), "unknown"],
    ["a guarded door", problem("GUARD_REFUSED"), "unknown"],
    ["a certificate that is not the expected one", problem("TLS_PIN_MISMATCH"), "unknown"],
  ])("takes %s from an address for what it is", async (_, given, state) => {
    const { timeline } = await observe("within: 200ms\nsamples: [{ http: http://127.0.0.1/ }]", { get: () => given });
    expect(timeline?.sources[0]?.points[0]?.state).toBe(state);
  });

  it("does not hear a node's API that it cannot reach", async () => {
    const get = () => unreachable("ECONNREFUSED");
    const { timeline } = await observe("within: 200ms\nsamples: [{ api: /vm }]", { get });
    expect(timeline?.sources[0]?.points[0]?.state).toBe("unknown");
  });

  it("has not seen the end of what it accompanies where nothing could be asked", async () => {
    const over = new AbortController();
    const lasting = { over: over.signal, ready: () => over.abort() };
    let asked = 0;
    const get = () => {
      asked += 1;
      return asked === 1 || asked > 3 ? 200 : problem("GUARD_REFUSED");
    };
    const body = "every: 100ms\nwithin: 5s\nsamples: [{ http: http://127.0.0.1/ }]";
    const { timeline } = await observe(body, { lasting, get });
    expect(timeline?.sources[0]?.points.map(({ state }) => state)).toEqual(["ok", "unknown", "unknown", "ok"]);
  });

  it("fails when its condition is never reached, and says in what time", async () => {
    const body =
      "every: 100ms\nwithin: 400ms\nuntil: { of: ping, answers: false }\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ reached: { of: ping, answers: false } }]";
    const { outcome } = await observe(body, {});
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(/jamais en 0,\d s/) });
  });

  it("goes on until what it accompanies is over, however early its condition held", async () => {
    const over = new AbortController();
    let ready = 0;
    const lasting = {
      over: over.signal,
      ready: () => {
        ready += 1;
        if (ready === 1) setTimeout(() => over.abort(), 400);
      },
    };
    const body = "every: 100ms\nuntil: { of: ping, answers: true }\nsamples: [{ ping: 10.0.0.9 }]";
    const { outcome, timeline } = await observe(body, { lasting });
    expect(outcome.status).toBe("passed");
    expect(timeline?.marks.map(({ type }) => type)).toEqual(["over", "until"]);
    const last = timeline?.sources[0]?.points.at(-1);
    expect(last?.at).toBeGreaterThanOrEqual(timeline?.marks[0]?.at ?? Number.POSITIVE_INFINITY);
  });

  it("asks more often on a lab whose time runs faster, and says both times", async () => {
    const body =
      "every: 1s\nwithin: 1s\nsamples: [{ ping: 10.0.0.9 }]\nexpect: [{ interruption: { of: ping, max: 1m } }]";
    const { outcome, timeline } = await observe(body, { ping: outage(3, 3), timeScale: 10 });
    expect(timeline).toMatchObject({ everyMs: 100, timeScale: 10 });
    const judgement = outcome.status === "passed" ? outcome.judgements[0] : undefined;
    expect(judgement?.obtained).toMatch(/temps du laboratoire, 10 fois celui de l’horloge/);
  });

  const shots =
    "every: 100ms\nwithin: 1s\nsamples: [{ api: /vm, path: $.node }]\nshots:\n  - when: { of: api, equals: pve2 }\n    capture: la VM ailleurs\n    view: vm/100/summary\n    expect: [{ row: { a: 1 } }]";
  const caption = "[ Capture : la VM  ailleurs ]";

  it("takes a picture when the data says so, again until it shows what it must", async () => {
    let asked = 0;
    let taken = 0;
    const get = () => {
      asked += 1;
      return { node: asked < 3 ? "pve1" : "pve2" };
    };
    const shoot = () => {
      taken += 1;
      return shot(taken > 1);
    };
    const { outcome, shots: figures, recorder } = await observe(shots, { get, shoot }, undefined, caption);
    expect(outcome.status).toBe("passed");
    expect(taken).toBe(2);
    expect(asked).toBeGreaterThanOrEqual(3);
    // Spelled as the document spells it, with its own instant.
    expect(figures).toMatchObject({ "la VM ailleurs": { type: "picture", at: expect.stringMatching(/Z$/) } });
    expect(recorder.attached.filter(({ role }) => role === "picture")).toHaveLength(1);
  });

  it.each<[string, () => unknown, () => ShotResult, RegExp]>([
    ["the moment never came", () => ({ node: "pve1" }), () => shot(true), /ce moment n’est jamais venu/],
    ["the page never showed it", () => ({ node: "pve2" }), () => shot(false), /autre chose/],
    [
      "the page never settled",
      () => ({ node: "pve2" }),
      () => ({ status: "unsettled", unmet: ["le masque"], shot: undefined }),
      /le masque/,
    ],
  ])("fails without its picture when %s", async (_, get, shoot, reason) => {
    const { outcome, shots: figures } = await observe(shots, { get, shoot }, undefined, caption);
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(reason) });
    expect(figures).toEqual({});
  });

  it("keeps what it has when it is stopped from outside", async () => {
    const stop = AbortSignal.timeout(350);
    const { timeline } = await observe("every: 100ms\nwithin: 1h\nsamples: [{ ping: 10.0.0.9 }]", { signal: stop });
    expect(timeline?.sources[0]?.points.length).toBeGreaterThan(0);
  });

  it("does not ping through a guarded machine's own door", async () => {
    const body = "within: 200ms\nsamples: [{ ping: 10.0.0.9, from: local }]";
    const block = blockOf(`\`\`\`yaml {#vue .watch on=pve1}\n${body}\n\`\`\``);
    const task = { ...taskOf(block), inventory: { ...INVENTORY, guard: "loopback" as const } };
    const { outcome } = await watch.execute(task, { ...portsOf({}), clock: systemClock }, new KeptRecorder());
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringContaining("guard: loopback") });
  });
});
