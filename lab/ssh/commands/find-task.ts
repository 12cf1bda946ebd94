import type { Task } from "../../state/task.ts";
import type { World } from "../../state/world.ts";

/** The task of that UPID, on whichever node it runs. */
export function findTask(world: World, upid: string): Task | undefined {
  for (const node of world.nodes.values()) {
    const task = node.tasks.find((each) => each.upid === upid);
    if (task) return task;
  }
  return undefined;
}
