import { describe, expect, test } from "vitest";
import { startTask, taskLog } from "../../../lab/state/tasks.ts";
import { openWorld } from "./worlds.ts";

describe("startTask()", () => {
  test("gives a UPID whose parts say node, process, start and kind", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1 } = open;
    const task = startTask(world, pve1, { type: "qmstart", id: "100" }, async () => {});
    const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, "0");
    expect(task.upid).toBe(
      `UPID:pve1:${hex(task.pid)}:${hex(task.pstart)}:${hex(task.starttime)}:qmstart:100:root@pam:`,
    );
    expect(pve1.tasks[0]).toBe(task);
    await task.done;
  });

  test("runs, then stops OK, with its log closed by TASK OK", async () => {
    using open = await openWorld("trois-noeuds");
    const task = startTask(open.world, open.pve1, { type: "x" }, async (print) => {
      print("one\ntw");
      print("o...");
      print("done\n");
    });
    expect(task.exitstatus).toBeUndefined();
    await task.done;
    expect(task.exitstatus).toBe("OK");
    expect(taskLog(task)).toEqual(["one", "two...done", "TASK OK"]);
  });

  test("ends with the error's text", async () => {
    using open = await openWorld("trois-noeuds");
    const task = startTask(open.world, open.pve1, { type: "x" }, async () => {
      throw new Error("it broke\n");
    });
    await task.done;
    expect([task.exitstatus, ...taskLog(task)]).toEqual(["it broke", "TASK ERROR: it broke"]);
  });

  test("is interrupted by stop() and by the end of the lab", async () => {
    using open = await openWorld("trois-noeuds");
    const { world, pve1 } = open;
    const wait = (_: unknown, signal: AbortSignal) => world.clock.sleep(1e9, signal);
    const stopped = startTask(world, pve1, { type: "x" }, wait);
    stopped.stop();
    await stopped.done;
    expect(stopped.exitstatus).toBe("received interrupt");
    const ended = startTask(world, pve1, { type: "x" }, wait);
    world.stop();
    await ended.done;
    expect(ended.exitstatus).toBe("the lab is stopping");
  });

  test("never gives two tasks one name", async () => {
    using open = await openWorld("trois-noeuds");
    const tasks = Array.from({ length: 200 }, () => startTask(open.world, open.pve1, { type: "x" }, async () => {}));
    await Promise.all(tasks.map((task) => task.done));
    expect(new Set(tasks.map((task) => task.upid)).size).toBe(200);
  });
});
