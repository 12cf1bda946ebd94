import { access, mkdtempDisposable, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { connect } from "node:tls";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { startLab } from "../../lab/index.ts";
import { readLiveLab } from "../../lab/lab-file.ts";

const temporary = () => mkdtempDisposable(join(tmpdir(), "constat-lab-"));

describe("startLab()", () => {
  test("writes an inventory that reaches every node, and takes lab.json away at its end", async () => {
    await using folder = await temporary();
    const lab = await startLab({ folder: folder.path, timeScale: 20 });
    const inventory = parse(await readFile(lab.inventoryFile, "utf8"));
    expect(Object.keys(inventory)).toEqual(["extends", "echelle-temps", "nodes", "secrets"]);
    expect(inventory["echelle-temps"]).toBe(20);
    expect(Object.keys(inventory.nodes)).toEqual(["pve1", "pve2", "pve3"]);
    const base = resolve(dirname(lab.inventoryFile), inventory.extends);
    expect(parse(await readFile(base, "utf8"))).toMatchObject({ guard: "loopback" });
    const nodes = Object.entries<{ connect: { pve: string; ssh: string }; ssh: { "host-key": string } }>(
      inventory.nodes,
    );
    for (const [name, { connect: sockets, ssh }] of nodes) {
      expect(ssh["host-key"]).toBe(lab.world.nodes.get(name)?.sshHostKey.fingerprint);
      const keyscan = sockets.ssh.split(":")[1] ?? "";
      expect(await hostKeyAt(keyscan)).toBe(lab.world.nodes.get(name)?.sshHostKey.publicKey.split(" ")[1]);
      const [host, port] = sockets.pve.split(":");
      expect(host).toBe("127.0.0.1");
      expect(await fingerprintAt(Number(port))).toBe(lab.endpoints.get(name)?.pve.fingerprint);
    }
    expect(await readLiveLab(folder.path)).toMatchObject({ pid: process.pid, scenario: "trois-noeuds", dialect: "9" });
    await lab.stop();
    await expect(access(join(folder.path, "lab.json"))).rejects.toThrow();
    const [first] = lab.endpoints.values();
    await expect(fingerprintAt(first?.pve.port ?? 0)).rejects.toThrow(/ECONNREFUSED/);
  });

  test("makes another password every time, and keeps it in a file of its owner", async () => {
    await using one = await temporary();
    await using two = await temporary();
    const labs = [await startLab({ folder: one.path }), await startLab({ folder: two.path })];
    try {
      const files = [one, two].map((folder) => join(folder.path, "secrets", "root-password"));
      const passwords = await Promise.all(files.map((file) => readFile(file, "utf8")));
      expect(passwords[0]).toMatch(/^[\w-]{24}$/);
      expect(passwords[0]).not.toBe(passwords[1]);
      expect((await stat(files[0] ?? "")).mode & 0o777).toBe(0o600);
      expect(passwords[0]).toBe(labs[0]?.world.nodes.get("pve2")?.rootPassword);
    } finally {
      await Promise.all(labs.map((lab) => lab.stop()));
    }
  });

  test("refuses a folder in which a lab is alive", async () => {
    await using folder = await temporary();
    const lab = await startLab({ folder: folder.path });
    try {
      await expect(startLab({ folder: folder.path })).rejects.toThrow("Un laboratoire tourne déjà dans");
    } finally {
      await lab.stop();
    }
  });

  test("ends with the reason when it cannot write its folder", async () => {
    await using folder = await temporary();
    const file = join(folder.path, "file");
    await writeFile(file, "");
    await expect(startLab({ folder: join(file, "lab") })).rejects.toThrow(/ENOTDIR/);
  });
});

/** The ed25519 host key that a client is shown. */
async function hostKeyAt(port: string): Promise<string | undefined> {
  const { stdout } = await execa("ssh-keyscan", ["-t", "ed25519", "-p", port, "127.0.0.1"]);
  return stdout
    .split("\n")
    .find((line) => !line.startsWith("#"))
    ?.split(" ")[2];
}

function fingerprintAt(port: number): Promise<string> {
  return new Promise((resolveFingerprint, reject) => {
    // Only the certificate is looked at, nothing is sent: trust is what the caller compares.
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => {
      resolveFingerprint(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.once("error", reject);
  });
}
