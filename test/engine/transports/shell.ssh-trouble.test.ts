import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { freePort, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

describe("ssh to a server that dies", () => {
  test("a script cut off is lost, and the next one connects again", async () => {
    const port = await freePort();
    const first = await startSshd({ port });
    const shell = testShell(testInventory([]));
    try {
      const node = first.node();
      const begun = Promise.withResolvers<void>();
      const running = runShell(shell, { type: "node", node }, "echo begun; sleep 600", {
        onOutput: () => begun.resolve(),
      });
      await begun.promise;
      first.kill();
      const { end, stdout } = await running;
      expect(end).toMatchObject({ status: "lost", reason: expect.stringMatching(/\S/) });
      expect(stdout.toString()).toBe("begun\n");
      await first.stop();
      const second = await startSshd({ port });
      try {
        const again = await runShell(shell, { type: "node", node: second.node() }, "echo back");
        expect(again.stdout.toString()).toBe("back\n");
      } finally {
        await second.stop();
      }
    } finally {
      await shell.close();
      await first.stop();
    }
  });

  test("an abort resolves even when the server answers no more", async () => {
    const sshd = await startSshd();
    const shell = testShell(testInventory([]));
    try {
      const stop = new AbortController();
      const begun = Promise.withResolvers<void>();
      const running = runShell(shell, { type: "node", node: sshd.node() }, "echo begun; sleep 600", {
        signal: stop.signal,
        onOutput: () => begun.resolve(),
      });
      await begun.promise;
      sshd.freeze();
      stop.abort(new Error("enough"));
      expect((await running).end).toEqual({ status: "stopped" });
    } finally {
      await shell.close();
      await sshd.stop();
    }
  });

  test("a port where something else answers is named as the trouble", async () => {
    const other = createServer((socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const shell = testShell(testInventory([]));
    const sshd = await startSshd();
    try {
      const address = other.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      const node = sshd.node({ endpoint: { host: "127.0.0.1", port } });
      await expect(runShell(shell, { type: "node", node }, "true")).rejects.toMatchObject({
        code: "SSH_HANDSHAKE_FAILED",
      });
    } finally {
      await shell.close();
      await sshd.stop();
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test.each([["/bin/false"], ["/usr/sbin/nologin"]])(
    "a login shell like %s is named as the trouble",
    async (program) => {
      const sshd = await startSshd({ config: [`ForceCommand ${program}`] });
      const shell = testShell(testInventory([]));
      try {
        const refused = runShell(shell, { type: "node", node: sshd.node() }, "true");
        await expect(refused).rejects.toMatchObject({ code: "SHELL_UNUSABLE" });
      } finally {
        await shell.close();
        await sshd.stop();
      }
    },
  );
});

describe("ssh to an account with a noisy login shell", () => {
  test.each([
    ["bash", 'exec bash -c "$SSH_ORIGINAL_COMMAND"'],
    ["dash", 'exec dash -c "$SSH_ORIGINAL_COMMAND"'],
  ])("what is printed before the script by %s is not the script's", async (_name, start) => {
    const noise =
      "printf 'welcome, 100%% constat- noise'; echo noise >&2; export LANG=tr_TR.UTF-8 LC_ALL=xx_XX.nonsense IFS=o";
    const sshd = await startSshd({
      config: [`ForceCommand sh -c ${JSON.stringify(`${noise}; ${start}`).replaceAll("$", "\\$")}`],
    });
    const shell = testShell(testInventory([]));
    try {
      const target = { type: "node", node: sshd.node() } as const;
      const piped = await runShell(shell, target, "echo out é; echo err >&2; exit 4", {
        environment: { word: "foo o" },
      });
      expect(piped.stdout.toString()).toBe("out é\n");
      expect(piped.stderr.toString()).toBe("err\n");
      expect(piped.end).toEqual({ status: "exited", code: 4 });
      const terminal = await runShell(shell, target, "echo out", { pty: { columns: 80, rows: 25 } });
      expect(terminal.stdout.toString()).toBe("out\r\n");
      const session = await runShell(shell, target, "echo out", { session: "s" });
      expect(session.stdout.toString()).toBe("out\n");
    } finally {
      await shell.close();
      await sshd.stop();
    }
  });
});
