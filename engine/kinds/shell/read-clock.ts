import type { Clock } from "../../base/clock.ts";
import type { ClockReading } from "../../model/clock-reading.ts";
import type { InventoryNode } from "../../model/inventory.ts";
import type { ShellTransport } from "../../transports/port.ts";

const METHOD = "date +%s.%N";

/**
 * Asks a node what time it is over the connection that its scripts take. Question and answer take a moment, and the middle of it is when
 * its clock was read. Undefined when it told no time. Throws as the shell does.
 */
export async function readClock(
  node: InventoryNode,
  { shell, clock }: { readonly shell: ShellTransport; readonly clock: Clock },
  signal: AbortSignal,
): Promise<ClockReading | undefined> {
  const chunks: Buffer[] = [];
  let firstAt: { readonly wall: number; readonly monotonic: number } | undefined;
  // What has to be connected first is no part of the answer's way.
  await shell.reach?.({ type: "node", node }, signal);
  const sent = clock.monotonic();
  const end = await shell.run(
    { type: "node", node },
    {
      ...{ interpreter: "sh", script: METHOD, environment: { LC_ALL: "C" }, answers: [], signal },
      onOutput: (stream, chunk) => {
        if (stream !== "stdout") return;
        firstAt ??= { wall: clock.now().getTime(), monotonic: clock.monotonic() };
        chunks.push(chunk);
      },
    },
  );
  signal.throwIfAborted();
  const seconds = /^\d{9,}(?:\.\d{1,9})?/.exec(Buffer.concat(chunks).toString("utf8").trim())?.[0];
  if (end.status !== "exited" || seconds === undefined || firstAt === undefined) return undefined;
  const withinMs = (firstAt.monotonic - sent) / 2;
  return { aheadMs: Number(seconds) * 1_000 - (firstAt.wall - withinMs), withinMs, method: METHOD };
}
