import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../../../engine/base/clock.ts";
import { readClock } from "../../../../engine/kinds/index.ts";
import type { ShellTransport } from "../../../../engine/transports/port.ts";
import { type Sshd, startSshd } from "../../../support/sshd.ts";
import { testInventory, testShell } from "../../../support/transports.ts";

let sshd: Sshd;
let shell: ShellTransport;
beforeAll(async () => {
  sshd = await startSshd();
  shell = testShell(testInventory([sshd.node()]));
});
afterAll(async () => {
  await shell.close();
  await sshd.stop();
});

describe("readClock()", () => {
  it("gives the offset of a machine's clock, with how far it may be off and how it was asked", async () => {
    const node = sshd.node();
    const found = await readClock(node, { shell, clock: systemClock }, AbortSignal.timeout(20_000));
    expect(found?.method).toBe("date +%s.%N");
    // It is our own clock that the server reads, somewhere between question and answer.
    expect(Math.abs(found?.aheadMs ?? Number.NaN)).toBeLessThanOrEqual((found?.withinMs ?? 0) + 5);
  });

  it("finds a clock that is ahead of ours by as much", async () => {
    const late = { ...systemClock, now: () => new Date(Date.now() - 3_600_000) };
    const found = await readClock(sshd.node(), { shell, clock: late }, AbortSignal.timeout(20_000));
    expect(Math.abs((found?.aheadMs ?? 0) - 3_600_000)).toBeLessThanOrEqual((found?.withinMs ?? 0) + 5);
  });

  it("says nothing of a machine that tells no time", async () => {
    const mute: ShellTransport = {
      ...shell,
      run: async (_target, { onOutput }) => {
        onOutput("stdout", Buffer.from("date: command not found\n"));
        return { status: "exited", code: 127 };
      },
    };
    expect(await readClock(sshd.node(), { shell: mute, clock: systemClock }, AbortSignal.timeout(5_000))).toBe(
      undefined,
    );
  });
});

describe("hostKey()", () => {
  it("is the fingerprint that ssh-keygen prints of the server's key, once it was met", async () => {
    const fresh = testShell(testInventory([sshd.node()]));
    try {
      const target = { type: "node", node: sshd.node() } as const;
      expect(fresh.hostKey?.(target)).toBe(undefined);
      await fresh.reach?.(target, AbortSignal.timeout(20_000));
      const printed = execFileSync("ssh-keygen", ["-lf", join(sshd.folder, "host_ed25519.pub")], { encoding: "utf8" });
      expect(printed).toContain(` ${fresh.hostKey?.(target)} `);
      expect(fresh.hostKey?.({ type: "local" })).toBe(undefined);
    } finally {
      await fresh.close();
    }
  });
});
