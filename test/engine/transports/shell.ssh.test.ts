import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import { describeShellTransport } from "../../contract/shell-transport.ts";
import { freePort, type Sshd, startSshd } from "../../support/sshd.ts";
import { bareOperator, runShell, testInventory, testShell } from "../../support/transports.ts";

describeShellTransport("ssh2 to a real sshd", async () => {
  const sshd = await startSshd();
  const node = sshd.node();
  const shell = testShell(testInventory([node]));
  return {
    shell,
    target: { type: "node", node },
    stop: async () => {
      await shell.close();
      await sshd.stop();
    },
  };
});

describe("ssh", () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  async function once(node: InventoryNode, script = "echo here", home = bareOperator.home, env = bareOperator.env) {
    const secrets = { wrong: { from: "env", name: "WRONG" } } as const;
    const shell = testShell(testInventory([node], secrets), { env: { ...env, WRONG: "not-the-password" }, home });
    try {
      return await runShell(shell, { type: "node", node }, script);
    } finally {
      await shell.close();
    }
  }

  /** A home folder whose known_hosts holds this text, and whose key the server accepts. */
  function homeWith(knownHosts: string): string {
    const home = join(sshd.folder, `home-${Math.random().toString(36).slice(2)}`);
    mkdirSync(join(home, ".ssh"), { recursive: true });
    writeFileSync(join(home, ".ssh", "known_hosts"), knownHosts);
    return home;
  }

  const other = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from("ssh-ed25519"), Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 7)]).toString("base64")}`;

  test("a key that nothing knows is refused with its fingerprint", async () => {
    const refused = once(sshd.node({ hostKeys: [] }), "true", homeWith(""));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_HOST_KEY_UNKNOWN",
      message: expect.stringContaining(sshd.hostKey),
      hint: expect.stringContaining(sshd.hostKey),
    });
  });

  test("another key than the pinned one is refused with both fingerprints", async () => {
    const pin = `SHA256:${"A".repeat(43)}`;
    const refused = once(sshd.node({ hostKeys: [pin] }));
    await expect(refused).rejects.toMatchObject({ code: "SSH_HOST_KEY_CHANGED" });
    await expect(refused).rejects.toThrow(pin);
    await expect(refused).rejects.toThrow(sshd.hostKey);
  });

  test("another key than known_hosts' is refused with both fingerprints", async () => {
    const refused = once(sshd.node({ hostKeys: [] }), "true", homeWith(`[127.0.0.1]:${sshd.port} ${other}\n`));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_HOST_KEY_CHANGED",
      message: expect.stringContaining(sshd.hostKey),
    });
  });

  test("a key that known_hosts knows is accepted", async () => {
    const ran = await once(
      sshd.node({ hostKeys: [] }),
      "echo here",
      homeWith(`[127.0.0.1]:${sshd.port} ${sshd.hostKeyLine}\n`),
    );
    expect(ran.stdout.toString()).toBe("here\n");
  });

  test("a revoked key is refused", async () => {
    const refused = once(sshd.node({ hostKeys: [] }), "true", homeWith(`@revoked * ${sshd.hostKeyLine}\n`));
    await expect(refused).rejects.toMatchObject({ code: "SSH_HOST_KEY_REVOKED" });
  });

  test("a wrong password is named as such, without being shown", async () => {
    const refused = once(sshd.node({ identity: undefined, password: "wrong" }));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_AUTH_FAILED",
      message: expect.not.stringContaining("not-the-password"),
    });
  });

  test("the usual keys serve when the inventory names nothing", async () => {
    const home = homeWith("");
    copyFileSync(sshd.identity, join(home, ".ssh", "id_ed25519"));
    const ran = await once(sshd.node({ identity: undefined }), "echo here", home);
    expect(ran.stdout.toString()).toBe("here\n");
  });

  test("a key that cannot be read is named", async () => {
    const refused = once(sshd.node({ identity: join(sshd.folder, "absent") }));
    await expect(refused).rejects.toMatchObject({ code: "SSH_KEY_UNREADABLE" });
  });

  test("a port that nothing listens on is unreachable", async () => {
    const port = await freePort();
    const refused = once(sshd.node({ endpoint: { host: "127.0.0.1", port } }));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_UNREACHABLE",
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  test("`connect` replaces the socket's address and nothing else", async () => {
    const node = sshd.node({
      endpoint: { host: "10.202.4.31", port: 22 },
      connect: { host: "127.0.0.1", port: sshd.port },
      hostKeys: [],
    });
    const ran = await once(node, "echo here", homeWith(`10.202.4.31 ${sshd.hostKeyLine}\n`));
    expect(ran.stdout.toString()).toBe("here\n");
  });

  test("a guarded inventory opens no socket to another machine", async () => {
    const refused = once(sshd.node({ endpoint: { host: "10.202.4.31", port: 22 } }));
    await expect(refused).rejects.toMatchObject({
      code: "GUARD_REFUSED",
      message: expect.stringContaining("10.202.4.31:22"),
    });
  });
});
