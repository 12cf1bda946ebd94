import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ShellRequest } from "../../../engine/transports/port.ts";
import { fakeSudo } from "../../support/fake-sudo.ts";
import { appears, vanishes } from "../../support/processes.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

const PASSWORD = "mot-de-sudo";

type Run = (script: string, more?: Partial<ShellRequest>) => ReturnType<typeof runShell>;

/** A server whose `sudo` wants this password (none: NOPASSWD), for an inventory that gives this one. */
async function withSudo(
  wants: string | undefined,
  gives: string | undefined,
  body: (run: Run, sshd: Sshd) => Promise<void>,
  prompt?: string,
): Promise<void> {
  const sshd = await startSshd({
    prepare: (folder) => [`SetEnv PATH=${fakeSudo(folder, wants, prompt)}:${process.env["PATH"]}`],
  });
  const node = sshd.node({ sudo: gives === undefined ? {} : { password: "de_sudo" } });
  const secrets = { de_sudo: { from: "env", name: "SUDO" } } as const;
  const host = { env: { PATH: process.env["PATH"], SUDO: gives }, home: "/nonexistent", sshFolder: "/nonexistent" };
  const shell = testShell(testInventory([node], secrets), host);
  try {
    await body((script, more) => runShell(shell, { type: "node", node }, script, more), sshd);
  } finally {
    await shell.close();
    await sshd.stop();
  }
}

describe("an account that needs sudo", () => {
  test.each([
    ["without a password", undefined, undefined],
    ["with one", PASSWORD, PASSWORD],
    ["with one that sudo does not ask for", undefined, PASSWORD],
  ])(
    "runs scripts as root %s: streams, exit codes, values, sessions, terminals and files",
    async (_case, wants, gives) => {
      await withSudo(wants, gives, async (run, sshd) => {
        const piped = await run('echo "$SUDO_USER $word"; echo err >&2; cat; exit 7', { environment: { word: "é o" } });
        expect(piped).toEqual({
          end: { status: "exited", code: 7 },
          stdout: Buffer.from("essai é o\n"),
          stderr: Buffer.from("err\n"),
        });
        const terminal = await run('test -t 0 && stty size; echo "$SUDO_USER"', { pty: { columns: 97, rows: 31 } });
        expect(terminal.stdout.toString()).toBe("31 97\r\nessai\r\n");
        const answers = [{ prompt: /sure\?/, answer: "oui" }];
        const asked = await run('read -p "sure? " a; echo "<$a>"', { pty: { columns: 80, rows: 25 }, answers });
        expect(asked.stdout.toString()).toContain("<oui>");
        await run("cd /tmp; kept=$SUDO_USER", { session: "s" });
        expect((await run('pwd; echo "$kept"', { session: "s" })).stdout.toString()).toBe("/tmp\nessai\n");
        expect(sshd.user).not.toBe("");
      });
    },
  );

  test("has its whole group ended when a script is aborted", async () => {
    await withSudo(PASSWORD, PASSWORD, async (run, sshd) => {
      const stop = new AbortController();
      const file = join(sshd.folder, "child");
      const running = run(`trap '' TERM; sleep 600 & echo $! >${file}.new; mv ${file}.new ${file}; wait; sleep 600`, {
        signal: stop.signal,
      });
      await appears(file);
      stop.abort(new Error("enough"));
      expect((await running).end).toEqual({ status: "stopped" });
      await vanishes(Number(readFileSync(file, "utf8")));
    });
  });

  test("is answered also when the machine has a prompt of its own", async () => {
    await withSudo(
      PASSWORD,
      PASSWORD,
      async (run) => expect((await run("echo here")).stdout.toString()).toBe("here\n"),
      "[sudo] Mot de passe de essai : ",
    );
  });

  test.each([
    ["a wrong password", PASSWORD, "faux", "Sorry, try again."],
    ["none where one is wanted", PASSWORD, undefined, "a password is required"],
  ])("is refused for %s, in sudo's words and without showing it", async (_case, wants, gives, said) => {
    await withSudo(wants, gives, async (run) => {
      for (const more of [{}, { session: "s" }, { pty: { columns: 80, rows: 25 } }]) {
        const refused = run("echo never", more);
        await expect(refused).rejects.toMatchObject({ code: "SUDO_REFUSED", message: expect.stringContaining(said) });
        await expect(refused).rejects.toThrow(/^(?!.*(?:mot-de-sudo|faux|constat-))/);
      }
    });
  });
});
