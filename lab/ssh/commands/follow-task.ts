import type { Call } from "../command.ts";
import { findTask } from "./find-task.ts";

/** When an answer is a task of this lab: prints its output as it comes, until it is over; true when it failed. */
export async function followTask(call: Call, data: unknown): Promise<boolean> {
  const task = typeof data === "string" && data.startsWith("UPID:") ? findTask(call.world, data) : undefined;
  if (!task) return false;
  let shown = 0;
  const print = () => {
    call.out(task.output.slice(shown));
    shown = task.output.length;
  };
  while (task.exitstatus === undefined) {
    await call.world.clock.sleep(200, call.signal);
    print();
  }
  print();
  if (task.exitstatus === "OK") return false;
  call.err(`${task.exitstatus}\n`);
  return true;
}
