import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InventoryNode, SshAccess } from "../../../engine/model/inventory.ts";
import { sshRoute } from "../../../engine/transports/ssh-route.ts";
import { routeText } from "../../../engine/transports/ssh-where.ts";
import { makeSshHome, type SshHome } from "../../support/ssh-home.ts";
import { freePort, type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

let sshds: readonly [Sshd, Sshd, Sshd];
let home: SshHome;
beforeAll(async () => {
  sshds = [await startSshd(), await startSshd(), await startSshd()];
});
beforeEach(() => {
  home = makeSshHome();
  return () => home.remove();
});
afterAll(async () => {
  for (const sshd of sshds) await sshd.stop();
});

/** A node of which the inventory says only a name: the configuration says the rest. */
function bare(ssh: Partial<SshAccess> = {}, host = "pve-prod"): InventoryNode {
  const access = {
    user: "root",
    endpoint: { host, port: 22 },
    assumed: ["user", "port"],
    hostKeys: [],
    ...ssh,
  } as const;
  return { name: "pve1", hostname: "pve1", address: host, vars: {}, ssh: access };
}

/** The block of one server under a name. */
function block(name: string, sshd: Sshd, more: readonly string[] = []): string {
  const lines = [
    `HostName 127.0.0.1`,
    `Port ${sshd.port}`,
    `User ${sshd.user}`,
    `IdentityFile ${sshd.identity}`,
    "IdentitiesOnly yes",
    ...more,
  ];
  return [`Host ${name}`, ...lines.map((line) => `  ${line}`), ""].join("\n");
}

function known(): string {
  return sshds.map(({ port, hostKeyLine }) => `[127.0.0.1]:${port} ${hostKeyLine}\n`).join("");
}

async function once(node: InventoryNode, script = "echo here") {
  const shell = testShell(testInventory([node]), home.operator());
  try {
    return await runShell(shell, { type: "node", node }, script);
  } finally {
    await shell.close();
  }
}

describe("a node whose access stands in ~/.ssh/config", () => {
  test("is reached by name, port, user and key from there", async () => {
    home.write("known_hosts", known());
    home.write("config", block("pve-prod", sshds[0]));
    const ran = await once(bare(), "echo $SSH_CONNECTION");
    expect(ran.stdout.toString()).toMatch(new RegExp(`127\\.0\\.0\\.1 ${sshds[0].port}\n$`));
  });

  test("is reached through two machines, each with its own key", async () => {
    home.write("known_hosts", known());
    const [node, first, second] = sshds;
    home.write(
      "config",
      `${block("pve-*", node, ["ProxyJump premier,second"])}${block("premier", first)}${block("second", second)}`,
    );
    const shell = testShell(testInventory([]), home.operator());
    try {
      const target = { type: "node", node: bare() } as const;
      expect((await runShell(shell, target, "echo here")).stdout.toString()).toBe("here\n");
      // Both carry the connection: with the first one gone, what runs behind them is lost.
      const begun = Promise.withResolvers<void>();
      const running = runShell(shell, target, "echo begun; sleep 600", { onOutput: () => begun.resolve() });
      await begun.promise;
      first.kill();
      expect((await running).end).toMatchObject({ status: "lost" });
    } finally {
      await shell.close();
      await first.stop();
      sshds = [node, await startSshd(), second];
    }
  });

  test("has a route that names each line", async () => {
    const [node, first, second] = sshds;
    home.write(
      "config",
      `${block("pve-*", node, ["ProxyJump second"])}${block("premier", first)}${block("second", second, ["ProxyJump premier"])}`,
    );
    const route = await sshRoute(bare(), home.operator());
    expect(route.map(({ endpoint }) => endpoint.port)).toEqual([first.port, second.port, node.port]);
    const text = (routeText(route) ?? "").replaceAll(/\d{4,5}/g, "PORT").replaceAll(`${node.user}@`, "USER@");
    expect(text).toMatchInlineSnapshot(
      `"USER@127.0.0.1:PORT, par USER@127.0.0.1:PORT puis USER@127.0.0.1:PORT, selon ~/.ssh/config lignes 2 à 5, 7, 9 à 12 et 15 à 18"`,
    );
  });

  test("which HostKeyAlias and UserKnownHostsFile name, is looked up there", async () => {
    const file = home.write("ailleurs", `mon-nœud ${sshds[0].hostKeyLine}\n`);
    home.write(
      "config",
      block("pve-prod", sshds[0], ["HostKeyAlias mon-nœud", `UserKnownHostsFile "${file}" /nonexistent/%r`]),
    );
    expect((await once(bare())).stdout.toString()).toBe("here\n");
    home.write("ailleurs", `mon-nœud ${sshds[1].hostKeyLine}\n`);
    const refused = once(bare());
    await expect(refused).rejects.toMatchObject({
      code: "SSH_HOST_KEY_CHANGED",
      hint: expect.stringContaining("ailleurs"),
    });
    await expect(refused).rejects.toThrow(sshds[0].hostKey);
    await expect(refused).rejects.toThrow(sshds[1].hostKey);
    await expect(refused).rejects.toThrow("~/.ssh/config lignes");
  });

  test("that nothing answers at is named with the lines that sent us there", async () => {
    home.write("known_hosts", known());
    home.write("config", "\nHost pve-prod\n  HostName 127.0.0.1\n  Port 1\n");
    await expect(once(bare())).rejects.toMatchObject({
      code: "SSH_UNREACHABLE",
      message: expect.stringContaining("127.0.0.1:1, selon ~/.ssh/config lignes 3 et 4"),
    });
  });
});

describe("what the inventory says", () => {
  test("wins over ~/.ssh/config, line by line", async () => {
    home.write("known_hosts", known());
    home.write("config", "Host *\n  User personne\n  Port 1\n  IdentityFile /nonexistent\n  ProxyJump nulle-part\n");
    const [sshd] = sshds;
    const node = bare({
      user: sshd.user,
      endpoint: { host: "127.0.0.1", port: sshd.port },
      assumed: [],
      identity: sshd.identity,
      jump: "none",
    });
    expect((await once(node)).stdout.toString()).toBe("here\n");
  });

  test("gives the way through, where the configuration has none", async () => {
    home.write("known_hosts", known());
    const [node, first] = sshds;
    home.write("config", `${block("pve-prod", node)}${block("127.0.0.1", first)}`);
    expect((await once(bare({ jump: `${first.user}@127.0.0.1:${first.port}` }))).stdout.toString()).toBe("here\n");
  });

  test("of the socket's address cannot be diverted", async () => {
    const [sshd] = sshds;
    home.write("known_hosts", `10.202.4.31 ${sshd.hostKeyLine}\n`);
    home.write("config", "Host *\n  HostName 192.0.2.1\n  Port 1\n  ProxyCommand nc %h %p\n");
    const node = bare(
      { user: sshd.user, identity: sshd.identity, connect: { host: "127.0.0.1", port: sshd.port }, assumed: [] },
      "10.202.4.31",
    );
    expect((await once(node)).stdout.toString()).toBe("here\n");
  });

  test("of `config: false` closes every ssh configuration", async () => {
    home.write("config", 'Cassé "\n');
    const [sshd] = sshds;
    expect((await once(sshd.node({ config: false }))).stdout.toString()).toBe("here\n");
  });
});

describe("a loopback guard", () => {
  test.each([
    ["the machine to pass through", "ProxyJump 10.202.4.1", "10.202.4.1:22"],
    ["the node behind it", "ProxyJump premier\n  HostName 10.202.4.31\n  Port 22", "10.202.4.31:22"],
    ["the second machine", "ProxyJump premier,10.202.4.2:2222", "10.202.4.2:2222"],
    ["a name that would have to be looked up", "HostName pve1.example.org\n  Port 22", "pve1.example.org:22"],
  ])("judges %s before anything is connected", async (_case, lines, named) => {
    const [node, first] = sshds;
    home.write("known_hosts", known());
    home.write("config", `Host pve-prod\n  ${lines}\n${block("pve-prod", node)}${block("premier", first)}`);
    await expect(once(bare())).rejects.toMatchObject({
      code: "GUARD_REFUSED",
      message: expect.stringContaining(named),
    });
  });
});

describe("what cannot work is named with its line", () => {
  test.each([
    [
      "a command for a way",
      "Host *\n  ProxyCommand /usr/bin/ssh -W %h:%p bastion\n",
      "SSH_CONFIG_UNSUPPORTED",
      "ProxyJump bastion",
    ],
    ["a machine that passes through itself", "Host *\n  ProxyJump bastion\n", "SSH_CONFIG_LOOP", "ProxyJump none"],
    [
      "two that pass through each other",
      "Host pve-prod b\n  ProxyJump a\nHost a\n  ProxyJump b\n",
      "SSH_CONFIG_LOOP",
      "ProxyJump none",
    ],
    ["a token without meaning", "Host *\n  IdentityFile ~/.ssh/%z\n", "SSH_CONFIG_INVALID", "%d"],
    [
      "an environment that is not there",
      "Host *\n  IdentityFile $" + "{CLES}/id\n",
      "SSH_CONFIG_INVALID",
      "Définissez-la",
    ],
    ["a machine that is none", "Host *\n  ProxyJump a@b@c\n", "SSH_CONFIG_INVALID", "utilisateur@"],
  ])("%s", async (_case, text, code, hint) => {
    home.write("config", text);
    await expect(once(bare())).rejects.toMatchObject({
      code,
      message: expect.stringContaining("~/.ssh/config ligne"),
      hint: expect.stringContaining(hint),
    });
  });

  test("a machine that lets nobody pass", async () => {
    const closed = await startSshd({ config: ["AllowTcpForwarding no"] });
    try {
      home.write("known_hosts", `[127.0.0.1]:${closed.port} ${closed.hostKeyLine}\n${known()}`);
      home.write("config", `${block("pve-prod", sshds[0], ["ProxyJump ferme"])}${block("ferme", closed)}`);
      await expect(once(bare())).rejects.toMatchObject({
        code: "SSH_JUMP_FAILED",
        message: expect.stringContaining("La machine de rebond ferme"),
        hint: expect.stringContaining("AllowTcpForwarding"),
      });
    } finally {
      await closed.stop();
    }
  });

  test("a node that is down behind a machine is away, as it would be without one", async () => {
    home.write("known_hosts", known());
    home.write(
      "config",
      `Host pve-prod\n  Port ${await freePort()}\n${block("pve-prod", sshds[0], ["ProxyJump premier"])}${block("premier", sshds[1])}`,
    );
    await expect(once(bare())).rejects.toMatchObject({
      code: "SSH_UNREACHABLE",
      message: expect.stringMatching(/^La machine de rebond premier .* ne mène pas à pve1/),
    });
  });
});
