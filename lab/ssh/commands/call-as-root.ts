import { callApi } from "../../api/call.ts";
import type { Method } from "../../api/route.ts";
import { PveError } from "../../state/pve-error.ts";
import type { Call } from "../command.ts";
import { followTask } from "./follow-task.ts";

/** Does one API call on this node, as the tools of Proxmox do; throws the refusal as the API answers it. */
export async function callAsRoot(
  { world, node }: Call,
  method: Method,
  path: string,
  params: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const answer = await callApi(world, node.name, method, path, params);
  if (answer.status === 200) return answer.data;
  throw new PveError((answer.message ?? answer.reason).trimEnd(), answer.status, answer.errors);
}

/** The same, and follows the task that comes of it: its output here, its error, and the exit code. */
export async function runAsRoot(
  call: Call,
  method: Method,
  path: string,
  params: Readonly<Record<string, string>> = {},
): Promise<number> {
  return (await followTask(call, await callAsRoot(call, method, path, params))) ? 255 : 0;
}
