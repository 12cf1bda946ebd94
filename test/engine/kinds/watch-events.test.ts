import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import { loadInventory } from "../../../engine/cli/sources.ts";
import type { Ports } from "../../../engine/kinds/kind.ts";
import { watch } from "../../../engine/kinds/watch.ts";
import type { Inventory } from "../../../engine/model/inventory.ts";
import { timelineSchema } from "../../../engine/model/timeline.ts";
import { createBrowserTransport, findBrowser } from "../../../engine/transports/browser/index.ts";
import { openTransports } from "../../../engine/transports/open-transports.ts";
import { type Lab, startLab } from "../../../lab/index.ts";
import { cutPower } from "../../../lab/state/power.ts";
import { ensureExtjs } from "../../lab/ui/extjs.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";

/** A migration under way, the machine on its new node, and a node that is gone: three moments of the data, three pictures. */
const BODY = `every: 1s
within: 10m
until: [{ of: pve3, equals: offline }, { of: nœud, equals: pve1 }]
samples:
  - { name: migration, task: qmigrate, id: 100 }
  - { name: nœud, api: /cluster/resources, path: "$[?@.id=='qemu/100'].node" }
  - { name: pve3, api: /cluster/resources, path: "$[?@.id=='node/pve3'].status" }
shots:
  - when: [{ of: migration, min: 20 }, { of: migration, path: "$.status", equals: running }]
    capture: migration en cours
    view: vm/100/summary
    log: true
    expect: [{ api: /nodes/pve2/qemu/100/status/current, path: "$.lock", equals: migrate }]
  - when: { of: nœud, equals: pve1 }
    capture: VM arrivée
    view: vm/100/summary
    expect: [{ api: /cluster/resources, path: "$[?@.id=='qemu/100'].node", equals: pve1 }]
  - when: { of: pve3, equals: offline }
    capture: nœud perdu
    view: datacenter/summary
    expect: [{ row: { type: node, name: pve3, online: 0 } }]
  - when: [{ of: migration, min: 99 }, { of: migration, path: "$.status", equals: running }]
    capture: moment manqué
    view: datacenter/summary
    expect: [{ row: { type: node, name: pve1 } }]`;
const CAPTIONS = ["migration en cours", "VM arrivée", "nœud perdu", "moment manqué"];

/** What a watch sees differs by no dialect but in figures; the shorter suite takes one. */
const DIALECTS = process.env["CONSTAT_TESTS"] === "full" ? (["9", "8.4"] as const) : (["9"] as const);

describe.each(DIALECTS)("watch.execute() on a lab of dialect %s", (dialect) => {
  let folder: string;
  let lab: Lab;
  let inventory: Inventory;
  let ports: Ports;
  let close: () => Promise<void>;
  beforeAll(async () => {
    await ensureExtjs();
    folder = await mkdtemp(join(tmpdir(), "watch-events-"));
    lab = await startLab({ folder, scenario: "migration", dialect, timeScale: 10 });
    const loaded = await loadInventory(lab.inventoryFile);
    if (loaded.inventory === undefined) throw new Error("no inventory");
    inventory = loaded.inventory;
    const clock = systemClock;
    const transports = openTransports(inventory, clock, { env: {}, home: folder }, () => {});
    const browser = createBrowserTransport({ ...transports, inventory, clock, findBrowser: () => findBrowser() });
    const { shell, http } = transports;
    ports = { ...portsOf({}), clock, shell, http, browser: keepingShots(browser, dialect) };
    close = async () => {
      await browser.close();
      await transports.close();
    };
  }, 120_000);
  afterAll(async () => {
    await close();
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("photographs each moment when the data says so, and says which never came", async () => {
    const captions = CAPTIONS.map((each) => `[ Capture : ${each} ]`).join("\n\n");
    const block = blockOf(`\`\`\`yaml {#vue .watch on=pve1}\n${BODY}\n\`\`\`\n\n${captions}`);
    const [pve1] = inventory.nodes;
    if (pve1 === undefined) throw new Error("no node");
    const over = new AbortController();
    let began = false;
    const recorder = new KeptRecorder();
    const action = async (): Promise<void> => {
      const signal = AbortSignal.timeout(60_000);
      // The browser is warm by the time the machine moves, as it is in a run.
      const body = `target=pve1&online=1&bwlimit=${20 * 1024}`;
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await ports.http.request(pve1, {
        ...{ method: "POST", url: "/nodes/pve2/qemu/100/migrate", headers, body, signal },
      });
      const { data } = JSON.parse(answer.body.toString("utf8")) as { data: string };
      await ports.http.followTask(pve1, data, signal);
      const pve3 = lab.world.nodes.get("pve3");
      if (pve3 !== undefined) cutPower(lab.world, pve3);
      over.abort();
    };
    let acting: Promise<void> = Promise.resolve();
    const ready = (): void => {
      if (began) return;
      began = true;
      acting = action();
      acting.catch(() => over.abort());
    };
    const task = {
      ...taskOf(block),
      inventory,
      target: { type: "node", node: pve1 } as const,
      lasting: { over: over.signal, ready },
      signal: AbortSignal.timeout(110_000),
    };
    const result = await watch.execute(task, ports, recorder);
    await acting;
    const target = process.env["CONSTAT_KEEP_SHOTS"];
    if (target !== undefined) await writeFile(join(target, `watch ${dialect}.txt`), recorder.stdout.join(""));
    const judgements = result.outcome.status === "failed" ? (result.outcome.judgements ?? []) : [];
    const [, moved, arrived, gone, missed] = judgements;
    expect(moved, recorder.stdout.join("")).toMatchObject({
      ok: true,
      obtained: expect.stringMatching(/migration : \d\d/),
    });
    expect(arrived).toMatchObject({ ok: true, obtained: expect.stringContaining("nœud : pve1") });
    expect(gone).toMatchObject({ ok: true, obtained: expect.stringContaining("pve3 : offline") });
    expect(missed).toMatchObject({
      ok: false,
      obtained: expect.stringMatching(/jamais venu ; .*migration : 100 ; migration : stopped/),
    });
    expect(Object.keys(result.shots ?? {})).toEqual(CAPTIONS.slice(0, 3));
    const samples = recorder.attached.find(({ role }) => role === "samples");
    const timeline = timelineSchema.parse(JSON.parse(samples?.text ?? "null"));
    const progress = timeline.sources[0]?.points.flatMap(({ value }) => (typeof value === "number" ? [value] : []));
    expect(progress?.length).toBeGreaterThan(5);
    expect(progress).toEqual(progress?.toSorted((one, other) => one - other));
    expect(timeline.marks.filter(({ type }) => type === "shot")).toHaveLength(3);
  }, 120_000);
});

/** Set to a folder, keeps the pictures for a person to look at. */
function keepingShots(browser: Ports["browser"], dialect: string): Ports["browser"] {
  const target = process.env["CONSTAT_KEEP_SHOTS"];
  if (target === undefined) return browser;
  let count = 0;
  return {
    ...browser,
    shoot: async (node, request) => {
      const result = await browser.shoot(node, request);
      count += 1;
      if (result.shot !== undefined) await writeFile(join(target, `watch ${dialect} ${count}.png`), result.shot.png);
      return result;
    },
  };
}
