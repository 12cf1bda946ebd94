// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell, not TypeScript
import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { onSshd } from "../../support/on-sshd.ts";
import { appears } from "../../support/processes.ts";
import { makeSshHome } from "../../support/ssh-home.ts";
import { freePort, type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

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

  test("because the machine reboots is made again when the same machine is back, and its sessions begin anew", async () => {
    const port = await freePort();
    const before = await startSshd({ port });
    const sameKey = (folder: string) => {
      for (const name of ["host_ed25519", "host_ed25519.pub", "authorized_keys"])
        copyFileSync(join(before.folder, name), join(folder, name));
      return [];
    };
    const shell = testShell(testInventory([]));
    const target = { type: "node", node: before.node() } as const;
    const say = (session?: string) =>
      runShell(shell, target, 'echo "${known:-nothing}"; known=before', session === undefined ? {} : { session });
    try {
      for (const expected of ["nothing\n", "before\n"]) expect((await say("s")).stdout.toString()).toBe(expected);
      before.kill();
      await expect(say()).rejects.toMatchObject({ code: "SSH_UNREACHABLE" });
      const after = await startSshd({ port, prepare: sameKey });
      try {
        expect((await say()).stdout.toString()).toBe("nothing\n");
        expect((await say("s")).stdout.toString()).toBe("nothing\n");
      } finally {
        await after.stop();
      }
    } finally {
      await shell.close();
      await before.stop();
    }
  });

  test("in the middle of a session and of a terminal leaves both lost, and nothing hangs", async () => {
    await onSshd({}, async (run, sshd) => {
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
