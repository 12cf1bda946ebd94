import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../../engine/base/clock.ts";
import { loadInventory } from "../../../../engine/cli/sources.ts";
import type { Inventory, InventoryNode } from "../../../../engine/model/inventory.ts";
import { createConsoleTransport } from "../../../../engine/transports/console/index.ts";
import { openTransports, type Transports } from "../../../../engine/transports/open-transports.ts";
import type { ConsoleTransport } from "../../../../engine/transports/port.ts";
import { type Lab, startLab } from "../../../../lab/index.ts";
import type { Guest } from "../../../../lab/state/guest.ts";
import type { NodeState } from "../../../../lab/state/node.ts";

let lab: Lab;
let inventory: Inventory;
let transports: Transports;
let screens: ConsoleTransport;
const learned = new Map<string, string>();
const pressed: string[] = [];

beforeAll(async () => {
  lab = await startLab({ folder: await mkdtemp(join(tmpdir(), "constat-vnc-")), scenario: "migration" });
  const loaded = await loadInventory(lab.inventoryFile);
  if (loaded.inventory === undefined) throw new Error("the lab's inventory does not read");
  inventory = loaded.inventory;
  transports = openTransports(inventory, systemClock, { env: process.env, home: "/nonexistent" }, (value, name) => {
    learned.set(name, value);
  });
  screens = createConsoleTransport({
    ...{ inventory, ...transports, clock: systemClock },
    findBrowser: () => Promise.reject(new Error("no browser is needed")),
  });
});

afterAll(async () => {
  await screens.close();
  await transports.close();
  await lab.stop();
  await rm(lab.folder, { recursive: true, force: true });
});

beforeEach(() => {
  pressed.length = 0;
  Object.assign(guest(), {
    status: "running",
    program: {
      screen: () => ({ type: "text", lines: ["debian-test login: ", ...pressed], cursor: true }),
      key: (stroke: string) => void pressed.push(stroke),
    },
  });
});

const signal = () => AbortSignal.timeout(20_000);

/** pve2 as somebody sees it who has no root there: the certificate's fingerprint instead of ssh. */
function withoutSsh(): InventoryNode {
  const node = inventory.nodes.find(({ name }) => name === "pve2");
  if (node?.pve === undefined) throw new Error("the lab's inventory has no pve2");
  const { ssh: _, ...rest } = node;
  return { ...rest, pve: { ...node.pve, fingerprint: state().certificate.fingerprint } };
}

function state(): NodeState {
  const node = lab.world.nodes.get("pve2");
  if (node === undefined) throw new Error("the lab has no pve2");
  return node;
}

function guest(): Guest {
  const found = state().guests.get(100);
  if (found === undefined) throw new Error("machine 100 is not on pve2");
  return found;
}

const open = (vmid = 100) => screens.open({ type: "vm", host: withoutSsh(), vmid }, signal());

describe("the screen of a machine on a node without root", () => {
  it("is read and typed on through the API's VNC", async () => {
    const session = await open();
    try {
      expect((await session.look(signal())).text).toContain("debian-test login");
      await session.press(["shift-a", "b", "ctrl-alt-f2", "alt_r-0", "ret"], signal());
      await expect.poll(() => pressed).toEqual(["shift-a", "b", "ctrl-alt-f2", "alt_r-0", "ret"]);
      expect((await session.look(signal())).text).toContain("ctrl-alt-f2");
    } finally {
      await session.close();
    }
    await expect.poll(() => state().tasks.find(({ type }) => type === "vncproxy")?.exitstatus).toBe("OK");
  });

  it("follows the screen when its size changes", async () => {
    const session = await open();
    try {
      const before = await session.look(signal(), { read: false });
      Object.assign(guest(), { program: { screen: () => ({ type: "off" }), key: () => {} } });
      const after = await session.look(signal(), { read: false });
      expect([before.width, after.width]).toEqual([1024, 720]);
    } finally {
      await session.close();
    }
  });

  it("keeps ticket and password out of what is written", async () => {
    await (await open()).close();
    expect(learned.get("vnc")).toMatch(/^[!-~]{8}$/);
  });

  it("does not press what is no key", async () => {
    const session = await open();
    try {
      await expect(session.press(["entrée"], signal())).rejects.toMatchObject({ code: "CONSOLE_KEY" });
    } finally {
      await session.close();
    }
  });

  it.each([
    ["is not on the node", 999, "CONSOLE_REFUSED", /999\.conf' does not exist/],
    ["is off", 100, "CONSOLE_UNREACHABLE", /s’est fermé avant/],
  ])("cannot be had when the machine %s", async (_name, vmid, code, message) => {
    guest().status = "stopped";
    const failure: unknown = await open(vmid).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toMatch(message);
  });

  it("is refused by name when the ticket is no good any more", async () => {
    await (await open()).close();
    lab.world.faults.sessionsEndedAt.set("pve2", lab.world.clock.seconds());
    try {
      // The request logs in again by itself; the websocket goes with the new session.
      await (await open()).close();
    } finally {
      lab.world.faults.sessionsEndedAt.delete("pve2");
    }
  });
});
