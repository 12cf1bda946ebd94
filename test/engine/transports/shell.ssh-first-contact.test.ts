import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InventoryNode } from "../../../engine/model/inventory.ts";
import type { SshPerson } from "../../../engine/transports/ssh-person.ts";
import { answering, makeSshHome, type SshHome } from "../../support/ssh-home.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

let sshd: Sshd;
let home: SshHome;
beforeAll(async () => {
  sshd = await startSshd();
});
beforeEach(() => {
  home = makeSshHome();
  return () => home.remove();
});
afterAll(() => sshd.stop());

async function once(node: InventoryNode, person?: SshPerson) {
  const shell = testShell(testInventory([node]), home.operator(), person);
  try {
    return (await runShell(shell, { type: "node", node }, "echo here")).stdout.toString();
  } finally {
    await shell.close();
  }
}

describe("a machine met for the first time", () => {
  const node = () => sshd.node({ hostKeys: [] });

  test("is asked about with its fingerprint, and its key is kept as ssh would", async () => {
    const person = answering("peut-être", "oui");
    expect(await once(node(), person)).toBe("here\n");
    expect(person.asked[0]).toContain(sshd.hostKey);
    expect(person.asked).toHaveLength(2);
    const found = spawnSync("ssh-keygen", [
      "-F",
      `[127.0.0.1]:${sshd.port}`,
      "-f",
      join(home.path, ".ssh", "known_hosts"),
    ]);
    expect(found.stdout.toString()).toContain(sshd.hostKeyLine);
    expect(await once(node())).toBe("here\n");
  });

  test("may be answered with the fingerprint that was read on it", async () => {
    expect(await once(node(), answering(sshd.hostKey))).toBe("here\n");
    home.write("known_hosts", "");
    await expect(once(node(), answering(`SHA256:${"A".repeat(43)}`))).rejects.toMatchObject({
      code: "SSH_HOST_KEY_UNKNOWN",
    });
    expect(home.read("known_hosts")).toBe("");
  });

  test("is kept under a hashed name where the configuration wants it", async () => {
    home.write("config", "HashKnownHosts yes\nUserKnownHostsFile ~/.ssh/miens\n");
    expect(await once(node(), answering("oui"))).toBe("here\n");
    expect(home.read("miens")).toMatch(/^\|1\|/);
    expect(await once(node())).toBe("here\n");
  });

  test("is refused by a person, unattended, and by StrictHostKeyChecking yes", async () => {
    await expect(once(node(), answering("non"))).rejects.toMatchObject({ code: "SSH_HOST_KEY_UNKNOWN" });
    await expect(once(node())).rejects.toMatchObject({ code: "SSH_HOST_KEY_UNKNOWN" });
    home.write("config", "StrictHostKeyChecking yes\n");
    const person = answering("oui");
    await expect(once(node(), person)).rejects.toMatchObject({ code: "SSH_HOST_KEY_UNKNOWN" });
    expect(person.asked).toEqual([]);
  });

  test("is not accepted in silence by StrictHostKeyChecking no", async () => {
    home.write("config", "StrictHostKeyChecking no\n");
    await expect(once(node())).rejects.toMatchObject({ code: "SSH_HOST_KEY_UNKNOWN" });
  });
});
