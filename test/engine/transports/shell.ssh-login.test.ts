import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Inventory, InventoryNode } from "../../../engine/model/inventory.ts";
import type { OperatorHost } from "../../../engine/transports/operator-host.ts";
import type { SshPerson } from "../../../engine/transports/ssh-person.ts";
import { startAgent } from "../../support/ssh-agent.ts";
import { answering, makeSshHome, type SshHome, sshKeygen } from "../../support/ssh-home.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

let sshd: Sshd;
let home: SshHome;
beforeAll(async () => {
  // Three tries are all that many servers allow.
  sshd = await startSshd({ config: ["MaxAuthTries 3"] });
});
beforeEach(() => {
  home = makeSshHome();
  return () => home.remove();
});
afterAll(() => sshd.stop());

const secrets: Inventory["secrets"] = {
  cle_phrase: { from: "env", name: "PHRASE" },
  autre_phrase: { from: "env", name: "AUTRE" },
  mot_de_passe: { from: "env", name: "MOT" },
};
const env = { PHRASE: "phrase de test", AUTRE: "une autre", MOT: "mot de test" };

async function once(node: InventoryNode, person?: SshPerson, operator: OperatorHost = home.operator(env)) {
  const shell = testShell(testInventory([node], secrets), operator, person);
  try {
    return (await runShell(shell, { type: "node", node }, "echo here")).stdout.toString();
  } finally {
    await shell.close();
  }
}

function otherKey(name: string): string {
  const file = join(home.path, ".ssh", name);
  sshKeygen(["-q", "-t", "ed25519", "-N", "", "-f", file]);
  return file;
}

describe("an encrypted key", () => {
  test("opens with the inventory's secret", async () => {
    const identity = home.key("chiffree", sshd.identity, env.PHRASE);
    expect(await once(sshd.node({ identity, passphrase: "cle_phrase" }))).toBe("here\n");
  });

  test("stays closed to another secret, which is not shown", async () => {
    const identity = home.key("chiffree", sshd.identity, env.PHRASE);
    const refused = once(sshd.node({ identity, passphrase: "autre_phrase" }));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_PASSPHRASE_WRONG",
      message: expect.not.stringContaining(env.AUTRE),
    });
    await expect(refused).rejects.toThrow("autre_phrase");
  });

  test("is asked for, hidden, until the phrase fits, and once for all nodes", async () => {
    const identity = home.key("chiffree", sshd.identity, env.PHRASE);
    const person = answering("faux", env.PHRASE);
    const nodes = ["pve1", "pve2"].map((name) => ({ ...sshd.node({ identity }), name }));
    const shell = testShell(testInventory(nodes), home.operator(), person);
    try {
      for (const node of nodes)
        expect((await runShell(shell, { type: "node", node }, "echo here")).stdout.toString()).toBe("here\n");
    } finally {
      await shell.close();
    }
    expect(person.asked).toHaveLength(2);
    expect(person.asked[0]).toMatch(/^hidden: Phrase secrète de la clé .*chiffree/);
  });

  test("is refused where nobody can be asked", async () => {
    const identity = home.key("chiffree", sshd.identity, env.PHRASE);
    await expect(once(sshd.node({ identity }))).rejects.toMatchObject({
      code: "SSH_KEY_ENCRYPTED",
      hint: expect.stringContaining("passphrase"),
    });
  });

  test("among the usual ones is passed over, and named when nothing else serves", async () => {
    home.key("id_ed25519", sshd.identity, env.PHRASE);
    await expect(once(sshd.node({ identity: undefined }))).rejects.toMatchObject({
      code: "SSH_AUTH_FAILED",
      message: expect.stringMatching(/la clé ~\/\.ssh\/id_ed25519 \(chiffrée\), restée fermée/),
    });
  });
});

describe("an agent", () => {
  test("signs for the key that the inventory names, without its pass phrase, before any other", async () => {
    const agent = await startAgent();
    try {
      for (const name of ["a", "b", "c", "d"]) agent.add(otherKey(name));
      const identity = home.key("chiffree", sshd.identity, env.PHRASE);
      agent.add(identity, env.PHRASE);
      expect(await once(sshd.node({ identity }), undefined, home.operator({ SSH_AUTH_SOCK: agent.socket }))).toBe(
        "here\n",
      );
    } finally {
      await agent.stop();
    }
  });

  test("gives all its keys where nothing is named, or only the named ones with IdentitiesOnly", async () => {
    const agent = await startAgent();
    try {
      agent.add(otherKey("autre"));
      agent.add(sshd.identity);
      const operator = home.operator({ SSH_AUTH_SOCK: agent.socket });
      expect(await once(sshd.node({ identity: undefined }), undefined, operator)).toBe("here\n");
      home.write("config", "IdentitiesOnly yes\nIdentityFile ~/.ssh/autre\n");
      await expect(once(sshd.node({ identity: undefined }), undefined, operator)).rejects.toMatchObject({
        code: "SSH_AUTH_FAILED",
      });
      // The public half is enough to name the agent's key.
      home.write("config", `IdentitiesOnly yes\nIdentityFile ${sshd.identity}.pub\n`);
      expect(await once(sshd.node({ identity: undefined }), undefined, operator)).toBe("here\n");
      home.write("config", "IdentityAgent none\n");
      await expect(once(sshd.node({ identity: undefined }), undefined, operator)).rejects.toMatchObject({
        code: "SSH_AUTH_FAILED",
      });
      home.write("config", `IdentityAgent ${agent.socket}\n`);
      expect(await once(sshd.node({ identity: undefined }))).toBe("here\n");
    } finally {
      await agent.stop();
    }
  });

  test("with more keys than the server lets us try is named as the trouble, with the remedy", async () => {
    const agent = await startAgent();
    try {
      for (const name of ["a", "b", "c", "d"]) agent.add(otherKey(name));
      agent.add(sshd.identity);
      const operator = home.operator({ SSH_AUTH_SOCK: agent.socket });
      await expect(once(sshd.node({ identity: undefined }), undefined, operator)).rejects.toMatchObject({
        code: "SSH_AUTH_FAILED",
        message: expect.stringMatching(/trop d’essais.*de l’agent/),
        hint: expect.stringContaining("IdentitiesOnly"),
      });
    } finally {
      await agent.stop();
    }
  });

  test("that is gone is done without", async () => {
    home.key("id_ed25519", sshd.identity);
    expect(
      await once(sshd.node({ identity: undefined }), undefined, home.operator({ SSH_AUTH_SOCK: "/nonexistent/agent" })),
    ).toBe("here\n");
  });
});

describe("several keys", () => {
  test("are tried in the configuration's order, with tokens in their names", async () => {
    otherKey("premiere");
    home.key("cle-operateur", sshd.identity);
    home.write("config", "IdentityFile %d/.ssh/premiere\nIdentityFile ~/.ssh/cle-%u\n");
    expect(await once(sshd.node({ identity: undefined }))).toBe("here\n");
  });

  test("that are all refused are all named, with what the server would take", async () => {
    otherKey("premiere");
    otherKey("seconde");
    home.write("config", "IdentityFile ~/.ssh/premiere\nIdentityFile ~/.ssh/seconde\n");
    await expect(once(sshd.node({ identity: undefined }))).rejects.toMatchObject({
      code: "SSH_AUTH_FAILED",
      message: expect.stringMatching(/premiere.*seconde.*le serveur accepte publickey/),
    });
  });
});

describe("a server that asks its own questions", () => {
  let server: ssh2.Server;
  let heard: string[];
  let port: number;
  beforeAll(async () => {
    const key = readFileSync(join(sshd.folder, "host_ed25519"));
    server = new ssh2.Server({ hostKeys: [key] }, (client) => {
      client.on("error", () => {});
      client.on("authentication", (context) => {
        if (context.method !== "keyboard-interactive") return context.reject(["keyboard-interactive"]);
        context.prompt([{ prompt: "Password: ", echo: false }], (first) =>
          context.prompt([{ prompt: "Code: ", echo: false }], (second) => {
            heard.push(...first, ...second);
            if (heard.join() === "mot de test,123456") context.accept();
            else context.reject();
          }),
        );
      });
      client.on("ready", () =>
        client.on("session", (accept) =>
          accept().on("exec", (run) => {
            const channel = run();
            channel.once("data", () => channel.exit(3));
          }),
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    port = typeof address === "object" && address !== null ? address.port : 0;
  });
  beforeEach(() => {
    heard = [];
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const node = (password: string | undefined) =>
    sshd.node({ endpoint: { host: "127.0.0.1", port }, identity: undefined, password });

  test("gets the password from the secret and the rest from a person", async () => {
    const person = answering("123456");
    // The server lets us in and then has no shell: that is far enough.
    await expect(once(node("mot_de_passe"), person)).rejects.toMatchObject({ code: "SHELL_UNUSABLE" });
    expect(person.asked).toEqual([expect.stringMatching(/^hidden: .*Code: $/)]);
    expect(heard).toEqual(["mot de test", "123456"]);
  });

  test("gets both from a person where the inventory names nothing", async () => {
    await expect(once(node(undefined), answering("mot de test", "123456"))).rejects.toMatchObject({
      code: "SHELL_UNUSABLE",
    });
  });

  test("never gets the password for its second question, and the refusal shows none", async () => {
    const refused = once(node("mot_de_passe"));
    await expect(refused).rejects.toMatchObject({
      code: "SSH_AUTH_FAILED",
      message: expect.not.stringContaining("mot de test"),
    });
    expect(heard).toEqual(["mot de test", ""]);
  });
});

test("a key file that others may read serves all the same, and one that is none is named", async () => {
  const file = home.write("pas-une-cle", "bonjour\n");
  await expect(once(sshd.node({ identity: file }))).rejects.toMatchObject({
    code: "SSH_KEY_UNREADABLE",
    message: expect.stringContaining("ce n’est pas une clé"),
  });
  writeFileSync(join(home.path, ".ssh", "ouverte"), readFileSync(sshd.identity), { mode: 0o644 });
  expect(await once(sshd.node({ identity: join(home.path, ".ssh", "ouverte") }))).toBe("here\n");
});
