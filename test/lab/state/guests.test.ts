import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callApi } from "../../../lab/api/call.ts";
import { formatSize, parseSize } from "../../../lab/state/guest-disks.ts";
import { startInGuest, statusInGuest } from "../../../lab/state/guest-exec.ts";
import { vmOn } from "../../../lab/state/guest-place.ts";
import { planMemoryCopy } from "../../../lab/state/memory-copy.ts";
import { cutPower, powerOn } from "../../../lab/state/power.ts";
import { parseProperties, renderProperties } from "../../../lab/state/property-string.ts";
import { reachable } from "../../../lab/state/reachable.ts";
import { changeStorage } from "../../../lab/state/storage-config.ts";
import { migrateVm } from "../../../lab/state/vm-migrate.ts";
import { openWorld } from "./worlds.ts";

const never = new AbortController().signal;
const silent = () => {};
const ADDRESS = "10.202.4.150";

describe("planMemoryCopy()", () => {
  test("sends everything that is used, in rounds of a second, and pauses within the allowed limit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 64 * 2 ** 30 }), (used) => {
        const { rounds, transferred, downtimeMs } = planMemoryCopy(used);
        expect(transferred).toBeGreaterThanOrEqual(used);
        expect(downtimeMs).toBeGreaterThan(0);
        expect(downtimeMs).toBeLessThanOrEqual(130);
        expect(rounds.map((round) => round.transferred)).toEqual(
          rounds.map((round) => round.transferred).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  test("takes as many times longer as it may only go slower, and ends whatever the limit", () => {
    const used = 2 ** 30;
    const rounds = (limit: number) => planMemoryCopy(used, limit).rounds.length;
    expect(rounds(56 * 2 ** 20)).toBeGreaterThan(1.8 * rounds(112 * 2 ** 20));
    expect(rounds(1)).toBe(rounds(12 * 2 ** 20));
  });
});

test("parseProperties() and renderProperties() undo each other", () => {
  const word = fc.stringMatching(/^[a-z][\w:./-]{0,12}$/);
  fc.assert(
    fc.property(fc.dictionary(word, word), (pairs) => {
      const properties = new Map(Object.entries(pairs));
      expect(parseProperties(renderProperties(properties))).toEqual(properties);
    }),
  );
});

test("formatSize() writes what parseSize() reads", () => {
  fc.assert(
    fc.property(fc.nat(), (bytes) => {
      expect(parseSize(formatSize(bytes))).toBe(bytes);
    }),
  );
});

describe("reachable()", () => {
  test("answers for a running guest from every node, not for a stopped one", async () => {
    using open = await openWorld("ha");
    const { world, pve1, pve3 } = open;
    const guest = vmOn(pve1, 100);
    expect(reachable(world, pve3, ADDRESS)).toMatchObject({ ok: true });
    expect(reachable(world, { node: pve1, guest }, pve3.address)).toMatchObject({ ok: true });
    guest.status = "stopped";
    expect(reachable(world, pve3, ADDRESS)).toEqual({ ok: false, latencyMs: 0 });
    expect(reachable(world, pve3, "10.202.4.99")).toEqual({ ok: false, latencyMs: 0 });
  });

  test.each([
    ["its card is unplugged", "virtio=BC:24:11:00:00:01,bridge=vmbr0,link_down=1"],
    ["its card has a VLAN of its own", "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=7"],
    ["its bridge does not exist", "virtio=BC:24:11:00:00:01,bridge=vmbr9"],
  ])("does not when %s", async (_why, net0) => {
    using open = await openWorld("ha");
    const guest = vmOn(open.pve1, 100);
    guest.config.set("net0", net0);
    for (const [key, value] of guest.system?.addresses ?? []) {
      guest.system?.addresses.set(key, { ...value, gateway: undefined });
    }
    expect(reachable(open.world, open.pve2, ADDRESS).ok).toBe(false);
  });
});

describe("migrateVm()", () => {
  test("keeps the guest answering but for the pause, and leaves it running with a new process", async () => {
    using open = await openWorld("ha");
    const { world, pve1, pve2, pve3 } = open;
    const guest = vmOn(pve1, 100);
    const before = guest.pid;
    const heard: boolean[] = [];
    const over = migrateVm(
      world,
      pve1,
      guest,
      pve2,
      { target: "pve2", online: true, withLocalDisks: false },
      silent,
      never,
    );
    const listening = (async () => {
      while (guest.lock === "migrate") {
        heard.push(reachable(world, pve3, ADDRESS).ok || guest.paused);
        await world.clock.sleep(500);
      }
    })();
    await Promise.all([over, listening]);
    expect(heard.length).toBeGreaterThan(5);
    expect(new Set(heard)).toEqual(new Set([true]));
    expect(pve1.guests.size).toBe(0);
    expect(vmOn(pve2, 100)).toMatchObject({ status: "running", paused: false, lock: undefined });
    expect(guest.pid).not.toBe(before);
  });

  test("gives up when the target loses its power, and the guest runs on where it was", async () => {
    using open = await openWorld("ha");
    const { world, pve1, pve2 } = open;
    const guest = vmOn(pve1, 100);
    const printed: string[] = [];
    const print = (text: string) => printed.push(text);
    const request = { target: "pve2", online: true, withLocalDisks: false };
    const over = migrateVm(world, pve1, guest, pve2, request, print, never);
    const refused = expect(over).rejects.toThrow("migration aborted");
    await world.clock.sleep(6000);
    cutPower(world, pve2);
    await refused;
    expect(printed.join("")).toContain("online migrate failure - aborting");
    expect(vmOn(pve1, 100)).toMatchObject({ status: "running", paused: false, lock: undefined });
  });

  test("does not go where its storage is not", async () => {
    using open = await openWorld("ha");
    const { world, pve1, pve2 } = open;
    changeStorage(pve1, "ceph-vm", new Map([["nodes", "pve1,pve3"]]), []);
    const request = { target: "pve2", online: true, withLocalDisks: false };
    await expect(migrateVm(world, pve1, vmOn(pve1, 100), pve2, request, silent, never)).rejects.toThrow(
      "migration aborted",
    );
    const { data } = await callApi(world, "pve1", "GET", "/nodes/pve1/qemu/100/migrate");
    expect(data).toMatchObject({
      allowed_nodes: ["pve3"],
      not_allowed_nodes: { pve2: { unavailable_storages: ["ceph-vm"] } },
    });
  });
});

describe("a node's power", () => {
  test("takes its guests along; the others show them as running for five minutes, then as unknown", async () => {
    using open = await openWorld("ha");
    const { world, pve1, pve2 } = open;
    cutPower(world, pve1);
    const shown = async () => {
      const { data } = await callApi(world, "pve2", "GET", "/cluster/resources", { type: "vm" });
      return (data as { status: string }[])[0]?.status;
    };
    expect(reachable(world, pve2, ADDRESS).ok).toBe(false);
    expect(await shown()).toBe("running");
    await world.clock.sleep(310_000);
    expect(await shown()).toBe("unknown");
    powerOn(world, pve1);
    while (!pve1.corosync.members.includes("pve2")) await world.clock.sleep(500);
    expect(await shown()).toBe("stopped");
  });

  test("brings guests with onboot back when it returns", async () => {
    using open = await openWorld("ha");
    const { world, pve1 } = open;
    vmOn(pve1, 100).config.set("onboot", "1");
    cutPower(world, pve1);
    powerOn(world, pve1);
    while (vmOn(pve1, 100).status !== "running") await world.clock.sleep(500);
    expect(pve1.tasks.some(({ type, id }) => type === "qmstart" && id === "100")).toBe(true);
  });
});

test("statusInGuest() tells the end of a program once, as QEMU's agent does, and numbers go on", async () => {
  using open = await openWorld("ha");
  const inside = { world: open.world, node: open.pve1, guest: vmOn(open.pve1, 100) };
  const pid = startInGuest(inside, ["hostname"]);
  await expect.poll(() => statusInGuest(inside.guest, pid)).toMatchObject({ exited: 1, exitcode: 0 });
  expect(() => statusInGuest(inside.guest, pid)).toThrow("Invalid parameter 'pid'");
  expect(startInGuest(inside, ["hostname"])).toBeGreaterThan(pid);
});
