import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import type { OperatorHost } from "../../../engine/transports/operator-host.ts";
import { startAgent } from "../../support/ssh-agent.ts";
import { makeSshHome, type SshHome, sshKeygen } from "../../support/ssh-home.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

let sshd: Sshd;
let home: SshHome;
beforeAll(async () => {
  // This server knows no key by itself: only what its authority has signed.
  sshd = await startSshd({
    prepare: (folder) => {
      sshKeygen(["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "autorite")]);
      return [
        `TrustedUserCAKeys ${join(folder, "autorite.pub")}`,
        "AuthorizedKeysFile none",
        "PasswordAuthentication no",
      ];
    },
  });
});
beforeEach(() => {
  home = makeSshHome();
  return () => home.remove();
});
afterAll(() => sshd.stop());

/** A key of this type, signed for the account, under a name in .ssh. */
function signedKey(name: string, type: readonly string[], passphrase = ""): string {
  const file = join(home.path, ".ssh", name);
  sshKeygen(["-q", "-a", "1", "-N", passphrase, "-f", file, ...type]);
  sshKeygen(["-q", "-s", join(sshd.folder, "autorite"), "-I", "essai", "-n", sshd.user, `${file}.pub`]);
  return file;
}

async function once(node: InventoryNode, operator: OperatorHost = home.operator({ PHRASE: "phrase" })) {
  const secrets = { phrase: { from: "env", name: "PHRASE" } } as const;
  const shell = testShell(testInventory([node], secrets), operator);
  try {
    return (await runShell(shell, { type: "node", node }, "echo here")).stdout.toString();
  } finally {
    await shell.close();
  }
}

describe("a server that wants a certificate", () => {
  test.each([
    ["ed25519", ["-t", "ed25519"]],
    ["ecdsa 256", ["-t", "ecdsa", "-b", "256"]],
    ["ecdsa 384", ["-t", "ecdsa", "-b", "384"]],
    ["ecdsa 521", ["-t", "ecdsa", "-b", "521"]],
    ["rsa", ["-t", "rsa", "-b", "2048"]],
  ])("gets the one that lies beside an %s key, from the file and from the agent", async (_name, type) => {
    const identity = signedKey("cle", type);
    for (let turn = 0; turn < 5; turn += 1) expect(await once(sshd.node({ identity }))).toBe("here\n");
    const agent = await startAgent();
    try {
      agent.add(identity);
      expect(await once(sshd.node({ identity }), home.operator({ SSH_AUTH_SOCK: agent.socket }))).toBe("here\n");
    } finally {
      await agent.stop();
    }
  });

  test("gets the one that the configuration names, and one of an encrypted key", async () => {
    signedKey("cle", ["-t", "ed25519"]);
    home.write("ailleurs", home.read("cle-cert.pub"));
    home.write("cle-cert.pub", "");
    home.write("config", "CertificateFile ~/.ssh/ailleurs\nIdentityFile ~/.ssh/cle\n");
    expect(await once(sshd.node({ identity: undefined }))).toBe("here\n");
    const identity = signedKey("chiffree", ["-t", "ed25519"], "phrase");
    expect(await once(sshd.node({ identity, passphrase: "phrase" }))).toBe("here\n");
  });

  test("refuses another key, and both ways that were tried are named", async () => {
    sshKeygen(["-q", "-t", "ed25519", "-N", "", "-f", join(home.path, ".ssh", "autre")]);
    sshKeygen([
      "-q",
      "-s",
      join(sshd.folder, "autorite"),
      "-I",
      "essai",
      "-n",
      "personne",
      join(home.path, ".ssh", "autre.pub"),
    ]);
    await expect(once(sshd.node({ identity: join(home.path, ".ssh", "autre") }))).rejects.toMatchObject({
      code: "SSH_AUTH_FAILED",
      message: expect.stringMatching(/la clé \S*autre avec \S*autre-cert\.pub, la clé \S*autre/),
    });
  });
});
