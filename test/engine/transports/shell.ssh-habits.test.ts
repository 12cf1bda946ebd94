import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { appears, vanishes } from "../../support/processes.ts";
import { makeSshHome } from "../../support/ssh-home.ts";
import { freePort, type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

type Run = (script: string, more?: Parameters<typeof runShell>[3]) => ReturnType<typeof runShell>;

async function on(
  options: Parameters<typeof startSshd>[0],
  body: (run: Run, sshd: Sshd) => Promise<void>,
): Promise<void> {
  const sshd = await startSshd(options);
  const shell = testShell(testInventory([]));
  const node = sshd.node();
  try {
    await body((script, more) => runShell(shell, { type: "node", node }, script, more), sshd);
  } finally {
    await shell.close();
    await sshd.stop();
  }
}

/** A home folder on the server with these start files; its login shell is the account's own. */
function homeWith(files: Readonly<Record<string, string>>, more: readonly string[] = []) {
  return {
    prepare: (folder: string) => {
      const home = join(folder, "home");
      mkdirSync(home);
      for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
      return [`SetEnv HOME=${home} ${more.join(" ")}`];
    },
  };
}

/** Bytes in buffers that something still holds: rubbish is collected before each look. */
function heldNow(): () => number {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  return () => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
}

describe("an account with habits of its own", () => {
  test("may have a ~/.bashrc that greets, complains, changes folder, names and aliases", async () => {
    const bashrc = [
      "echo 'Bienvenue sur pve1'; echo 'disque presque plein' >&2; printf 'sans fin de ligne'",
      "alias ls='echo faux'; cat() { echo faux; }; export -f cat; cd /tmp; set -u; IFS=e; export GREP_OPTIONS=-v",
      "trap 'echo au revoir' EXIT; stty erase x; PS1='$ '; exec 9>/dev/null",
    ].join("\n");
    await on(homeWith({ ".bashrc": bashrc }), async (run) => {
      const piped = await run("echo one two; echo err >&2; exit 4");
      expect(piped).toEqual({
        end: { status: "exited", code: 4 },
        stdout: Buffer.from("one two\n"),
        stderr: Buffer.from("err\n"),
      });
      expect((await run("echo here", { pty: { columns: 80, rows: 25 } })).stdout.toString()).toBe("here\r\n");
      expect((await run("echo here", { session: "s" })).stdout.toString()).toBe("here\n");
    });
  });

  test("may have a ~/.bashrc that waits for an answer, which ends with the step's time", async () => {
    await on(homeWith({ ".bashrc": "read -r answer </dev/tty || sleep 600" }), async (run) => {
      const { end } = await run("echo never", { signal: AbortSignal.timeout(1_500) });
      expect(end).toEqual({ status: "stopped" });
    });
  });

  test.each(["C", "fr_FR.ISO-8859-1", "tr_TR.UTF-8", "xx_XX.nonsense"])(
    "may have the locale %s, which its scripts keep",
    async (locale) => {
      await on({ config: [`SetEnv LC_ALL=${locale} LANGUAGE=fr:en`] }, async (run) => {
        const { stdout } = await run("printf '%s é %s|' \"$LC_ALL\" \"$word\"; printf '\\351'", {
          environment: { word: "ıİ€" },
        });
        expect(stdout).toEqual(Buffer.concat([Buffer.from(`${locale} é ıİ€|`), Buffer.from([0xe9])]));
      });
    },
  );
});

describe("a script that strains the connection", () => {
  test("may write 100 MB, of which little is held at a time", async () => {
    await on({}, async (_run, sshd) => {
      const shell = testShell(testInventory([]));
      const block = join(sshd.folder, "block");
      const bytes = Buffer.alloc(1_000_000, "0123456789abcdef\n");
      writeFileSync(block, bytes);
      const [hash, expected] = [createHash("sha256"), createHash("sha256")];
      for (let turn = 0; turn < 100; turn += 1) expected.update(bytes);
      let [count, most] = [0, 0];
      const held = heldNow();
      const before = held();
      try {
        const end = await shell.run(
          { type: "node", node: sshd.node() },
          {
            interpreter: "bash",
            script: `for i in {1..100}; do cat ${block}; done`,
            environment: {},
            answers: [],
            signal: AbortSignal.timeout(55_000),
            onOutput: (_stream, chunk) => {
              hash.update(chunk);
              if (Math.floor(count / 10_000_000) < Math.floor((count + chunk.length) / 10_000_000))
                most = Math.max(most, held() - before);
              count += chunk.length;
            },
          },
        );
        expect(end).toEqual({ status: "exited", code: 0 });
      } finally {
        await shell.close();
      }
      expect(count).toBe(100_000_000);
      expect(hash.digest("hex")).toBe(expected.digest("hex"));
      expect(most).toBeLessThan(50_000_000);
    });
  });

  test("may write every byte on both streams at once", async () => {
    await on({}, async (run) => {
      const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const all = 'for i in $(seq 0 255); do printf "\\\\x$(printf %x $i)"; done';
      const { stdout, stderr } = await run(`(${all}) & (${all}) >&2; wait`);
      expect([stdout, stderr]).toEqual([every, every]);
    });
  });

  test("may leave a daemon that goes on writing: the step ends with the script, and the daemon lives", async () => {
    await on({}, async (run, sshd) => {
      const file = join(sshd.folder, "daemon");
      const daemon = `(while sleep 0.05; do echo noise; done) & echo $! >${file}`;
      const { end, stdout } = await run(`${daemon}; echo started; exit 3`);
      const pid = Number(readFileSync(file, "utf8"));
      try {
        expect(end).toEqual({ status: "exited", code: 3 });
        expect(stdout.toString()).toMatch(/^(?:noise\n)*started\n(?:noise\n)*$/);
        process.kill(pid, 0);
        expect((await run("echo next")).stdout.toString()).toBe("next\n");
      } finally {
        process.kill(pid, "SIGKILL");
      }
      await vanishes(pid);
    });
  });

  test("may read its input, which is empty, from any program in it", async () => {
    await on({}, async (run) => {
      const { end, stdout } = await run("ssh-keygen -y -f /dev/stdin; cat; wc -c; read -r a || echo none");
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toBe("0\nnone\n");
    });
  });
});

describe("a connection that ends", () => {
  test("because the machine answers no more is noticed, as often as the configuration asks", async () => {
    const home = makeSshHome();
    const sshd = await startSshd();
    home.write("config", "ServerAliveInterval 1\nServerAliveCountMax 1\n");
    const shell = testShell(testInventory([]), home.operator());
    try {
      const begun = Promise.withResolvers<void>();
      const running = runShell(shell, { type: "node", node: sshd.node() }, "echo begun; sleep 600", {
        onOutput: () => begun.resolve(),
      });
      await begun.promise;
      sshd.freeze();
      expect((await running).end).toEqual({ status: "lost", reason: "la machine ne répond plus" });
    } finally {
      await shell.close();
      await sshd.stop();
      home.remove();
    }
  });

  test("because the machine reboots is named while it is down and made again when it is back", async () => {
    const port = await freePort();
    let before: Sshd | undefined;
    const shell = testShell(testInventory([]));
    try {
      before = await startSshd({ port });
      const node = before.node();
      const target = { type: "node", node } as const;
      expect((await runShell(shell, target, "echo up")).stdout.toString()).toBe("up\n");
      before.kill();
      for (const _attempt of [1, 2])
        await expect(runShell(shell, target, "echo up")).rejects.toMatchObject({ code: "SSH_UNREACHABLE" });
      const after = await startSshd({ port });
      try {
        // It is another installation: what was pinned stops it, with both fingerprints.
        const changed = runShell(shell, target, "echo up");
        await expect(changed).rejects.toMatchObject({
          code: "SSH_HOST_KEY_CHANGED",
          message: expect.stringContaining(before.hostKey),
        });
        await expect(changed).rejects.toThrow(after.hostKey);
        expect((await runShell(shell, { type: "node", node: after.node() }, "echo back")).stdout.toString()).toBe(
          "back\n",
        );
      } finally {
        await after.stop();
      }
    } finally {
      await shell.close();
      await before?.stop();
    }
  });

  test("in the middle of a session and of a terminal leaves both lost, and nothing hangs", async () => {
    await on({}, async (run, sshd) => {
      const files = ["a", "b"].map((name) => join(sshd.folder, name));
      const running = [
        run(`touch ${files[0]}; sleep 600`, { session: "s" }),
        run(`touch ${files[1]}; sleep 600`, { pty: { columns: 80, rows: 25 } }),
      ];
      for (const file of files) await appears(file);
      sshd.kill();
      for (const { end } of await Promise.all(running)) expect(end).toMatchObject({ status: "lost" });
      expect(files.every((file) => existsSync(file))).toBe(true);
    });
  });
});
