import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../engine/base/clock.ts";
import type { Echo } from "../../../engine/kinds/watch/ping-lines.ts";
import { type EchoClock, streamEchoes } from "../../../engine/kinds/watch/ping-stream.ts";
import { blockOf, portsOf, taskOf } from "../../support/kind-task.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testInventory, testShell } from "../../support/transports.ts";

/** A ping of this machine's own: iputils' lines, with its own clock, until it is ended. */
const PROGRAM = `#!/bin/bash
echo "$$ $*" >"\${0%/*}/called"
echo "PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data."
for number in {1..600}; do
  if [ $number = 3 ]; then sleep 0.1; continue; fi
  if [ $number = 4 ]; then echo "[$(date +%s.%6N)] no answer yet for icmp_seq=3"; fi
  echo "[$(date +%s.%6N)] 64 bytes from 127.0.0.1: icmp_seq=$number ttl=64 time=0.031 ms"
  sleep 0.1
done
`;

it("streamEchoes() reads a real process while it runs, and ends it", async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, "ping"), PROGRAM, { mode: 0o755 });
  const host = { env: { PATH: `${folder}:${process.env["PATH"]}` }, home: folder };
  const shell = testShell(testInventory([]), host);
  onTestFinished(() => shell.close());
  const sample = { ping: "127.0.0.1", from: "local" };
  const enough = new AbortController();
  const echoes: Echo[] = [];
  const clocks = new Set<EchoClock>();
  const begun = performance.now();
  const end = await streamEchoes(
    {
      sample,
      everyMs: 100,
      now: () => performance.now() - begun,
      onEcho: (echo, clock) => {
        clocks.add(clock);
        echoes.push(echo);
        if (echoes.length === 5) enough.abort();
      },
    },
    taskOf(blockOf("```yaml {#vue .watch on=pve1}\nwithin: 1s\nsamples: [{ ping: 127.0.0.1, from: local }]\n```")),
    { ...portsOf({}), shell, clock: systemClock },
    AbortSignal.any([enough.signal, AbortSignal.timeout(20_000)]),
  );
  expect(end).toEqual({ told: true, lost: undefined });
  expect(echoes.slice(0, 5).map(({ state }) => state)).toEqual(["ok", "ok", "failed", "ok", "ok"]);
  const [clock, ...others] = clocks;
  expect(others).toEqual([]);
  // By the watch's own time the first one was sent after the watch began.
  expect((echoes[0]?.sent ?? 0) + (clock?.offset ?? Number.NaN)).toBeGreaterThan(0);
  const [pid = "", ...args] = (await readFile(join(folder, "called"), "utf8")).trim().split(" ");
  expect(args.join(" ")).toBe("-n -D -O -i 0.1 -W 1 127.0.0.1");
  await expect.poll(() => isAlive(Number(pid)), { timeout: 10_000 }).toBe(false);
}, 30_000);

/** A process that has ended stays in the table until its parent asks for it; on some machines nobody does. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/\) [ZX] /.test(stat);
}
