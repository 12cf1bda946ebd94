import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ShellTarget, ShellTransport } from "../../../engine/transports/port.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

/** A folder of this machine that is not below `/tmp`, where a trace would last. */
const place = mkdtempSync(join(homedir(), ".constat-enclos-"));

const ROOT = process.getuid?.() === 0;

describe.each(["sshd", "local"])("an enclosure (%s)", (where) => {
  let sshd: Sshd | undefined;
  let shell: ShellTransport;
  let target: ShellTarget;

  beforeAll(async () => {
    sshd = where === "sshd" ? await startSshd() : undefined;
    const node = sshd?.node();
    shell = testShell(testInventory(node === undefined ? [] : [node]));
    target = node === undefined ? { type: "local" } : { type: "node", node };
  });
  afterAll(async () => {
    await shell.close();
    await sshd?.stop();
  });

  const run = (script: string, enclosure: "plain" | "devices" = "plain", more = {}) =>
    runShell(shell, target, script, { enclosure, ...more });

  test("runs a script as it would run outside, with its output, errors and exit code", async () => {
    const ran = await run("id -u; echo erreur >&2; cat /etc/hostname >/dev/null; cat <(echo deux); exit 3");
    expect(ran.stdout.toString()).toBe(`${process.getuid?.()}\ndeux\n`);
    expect(ran.stderr.toString()).toBe("erreur\n");
    expect(ran.end).toEqual({ status: "exited", code: 3 });
  });

  test.each([
    ["touch", 'touch "$place/trace"'],
    ["a redirection", 'echo x > "$place/trace"'],
    [
      "another program",
      `python3 -c 'import os; open(os.environ["place"] + "/trace", "w")' || perl -e 'open(F, ">", "$ENV{place}/trace") or die $!'`,
    ],
    ["a child that goes on", '(sleep 0.2; touch "$place/trace") & wait $!'],
    ["a file system made writable again", 'mount -o remount,bind,rw / ; mount -o remount,rw / ; touch "$place/trace"'],
    [
      "another namespace",
      'unshare --mount sh -c "mount -o remount,bind,rw /; touch \\"$place/trace\\""; nsenter -t 1 -m touch "$place/trace"',
    ],
  ])("lets %s leave nothing", async (_, script) => {
    const ran = await run(script, "plain", { environment: { place } });
    expect(ran.end).not.toEqual({ status: "exited", code: 0 });
    expect(readdirSync(place)).toEqual([]);
  });

  test("gives a script a /tmp of its own, which nothing outlives", async () => {
    const name = `constat-essai-${process.pid}`;
    const ran = await run(`f=/tmp/${name}; echo gardé > "$f"; cat "$f"`);
    expect(ran.stdout.toString()).toBe("gardé\n");
    expect(existsSync(join("/tmp", name))).toBe(false);
  });

  test("holds for a terminal and for the blocks of one session", async () => {
    const ran = await run('touch "$place/trace"; echo fini', "plain", {
      environment: { place },
      pty: { columns: 80, rows: 24 },
    });
    expect(ran.stdout.toString()).toMatch(/Read-only file system[\s\S]*fini/);
    await run("x=gardé", "plain", { session: "s" });
    const second = await run('echo "$x"; touch "$place/trace"', "plain", { session: "s", environment: { place } });
    expect(second.stdout.toString()).toBe("gardé\n");
    expect(readdirSync(place)).toEqual([]);
  });

  test.runIf(ROOT)(
    "keeps root from settings, clocks, names and disks; disks are read only where that is asked",
    async () => {
      const rights =
        "grep CapBnd /proc/self/status; echo 1 > /proc/sys/kernel/domainname; date -s @0 >/dev/null; hostname constat";
      const plain = await run(rights);
      expect(plain.stderr.toString()).toMatch(/Read-only file system[\s\S]*not permitted[\s\S]*root/);
      expect(plain.stdout.toString()).toContain("0000000400082006");
      const disks =
        "for d in /dev/?d? /dev/nvme?n?; do [ ! -b $d ] || head -c 1 $d 2>&1 >/dev/null | grep -o 'Permission denied'; done; true";
      const [without, reading] = [await run(disks), await run(disks, "devices")];
      expect(reading.stdout.toString()).toBe("");
      if (existsSync("/dev/vda") || existsSync("/dev/sda")) expect(without.stdout.toString()).toContain("denied");
    },
  );
});

test("an enclosure that a node cannot have starts nothing", async () => {
  const limited = await startSshd({ config: [`SetEnv PATH=${place}`] });
  const poor = testShell(testInventory([limited.node()]));
  try {
    const ran = runShell(poor, { type: "node", node: limited.node() }, "echo parti", { enclosure: "plain" });
    await expect(ran).rejects.toMatchObject({ code: "ENCLOSURE_UNAVAILABLE" });
  } finally {
    await poor.close();
    await limited.stop();
  }
});

afterAll(() => rmSync(place, { recursive: true, force: true }));
