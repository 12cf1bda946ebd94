import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { isProblem } from "../../../engine/base/problem.ts";
import { onSshd } from "../../support/on-sshd.ts";
import { vanishes } from "../../support/processes.ts";
import { testInventory, testShell } from "../../support/transports.ts";

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

function endGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // It ended with its connection.
  }
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
    await onSshd(homeWith({ ".bashrc": bashrc }), async (run) => {
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

  test("may have a ~/.bashrc that waits for an answer: the step ends with its time, and the file is named", async () => {
    const bashrc = "echo 'Mot de passe du coffre ?'; echo $$ >~/waiting; read -r answer </dev/tty || sleep 600";
    await onSshd(homeWith({ ".bashrc": bashrc }), async (run, sshd) => {
      const never = run("echo never", { signal: AbortSignal.timeout(1_500) });
      const problem: unknown = await never.catch((error: unknown) => error);
      expect(problem).toMatchObject({
        code: "SHELL_NOT_STARTED",
        message: expect.stringMatching(/~\/\.bashrc\).*«\s.+\s»/),
        hint: expect.stringContaining("noeud"),
      });
      // sshd lets it live, for an account that is root: the hint's own command ends it.
      const [, command = ""] = /(pkill -KILL .+)$/.exec(isProblem(problem) ? (problem.hint ?? "") : "") ?? [];
      expect(command).not.toBe("");
      const left = Number(readFileSync(join(sshd.folder, "home", "waiting"), "utf8"));
      try {
        spawnSync("sh", [], { input: command });
        await vanishes(left);
      } finally {
        endGroup(left);
      }
    });
  });

  test.each(["C", "fr_FR.ISO-8859-1", "tr_TR.UTF-8", "xx_XX.nonsense"])(
    "may have the locale %s, which its scripts keep",
    async (locale) => {
      await onSshd({ config: [`SetEnv LC_ALL=${locale} LANGUAGE=fr:en`] }, async (run) => {
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
    await onSshd({}, async (_run, sshd) => {
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
    await onSshd({}, async (run) => {
      const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const all = 'for i in $(seq 0 255); do printf "\\\\x$(printf %x $i)"; done';
      const { stdout, stderr } = await run(`(${all}) & (${all}) >&2; wait`);
      expect([stdout, stderr]).toEqual([every, every]);
    });
  });

  test("may leave a daemon that goes on writing: the step ends with the script, and the daemon lives", async () => {
    await onSshd({}, async (run, sshd) => {
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
    await onSshd({}, async (run) => {
      const { end, stdout } = await run("ssh-keygen -y -f /dev/stdin; cat; wc -c; read -r a || echo none");
      expect(end).toEqual({ status: "exited", code: 0 });
      expect(stdout.toString()).toBe("0\nnone\n");
    });
  });
});
