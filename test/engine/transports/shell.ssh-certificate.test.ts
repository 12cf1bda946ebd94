import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { judgeHostCertificate } from "../../../engine/transports/ssh-certificate.ts";
import { answering, makeSshHome, type SshHome, sshKeygen } from "../../support/ssh-home.ts";
import { type Sshd, startSshd } from "../../support/sshd.ts";
import { runShell, testInventory, testShell } from "../../support/transports.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "constat-ca-"));
  for (const name of ["autorite", "autre"]) sshKeygen(["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The wire form in a public key or certificate file. */
function wire(file: string): Buffer {
  return Buffer.from(readFileSync(file, "utf8").split(" ")[1] ?? "", "base64");
}

/** Signs a host key; the certificate lies beside it as `-cert.pub`. */
function sign(key: string, authority: string, more: readonly string[]): string {
  sshKeygen(["-q", "-s", join(folder, authority), "-I", "essai", ...more, `${key}.pub`]);
  return `${key}-cert.pub`;
}

describe("judgeHostCertificate()", () => {
  const day = (text: string) => new Date(`${text}T12:00:00Z`);

  function certified(type: readonly string[], authorityType: readonly string[], more: readonly string[]) {
    const work = mkdtempSync(join(folder, "essai-"));
    const [key, authority] = [join(work, "host"), join(work, "ca")];
    sshKeygen(["-q", "-N", "", "-f", key, ...type]);
    sshKeygen(["-q", "-N", "", "-f", authority, ...authorityType]);
    sshKeygen(["-q", "-s", authority, "-I", "essai", ...more, `${key}.pub`]);
    return { certificate: wire(`${key}-cert.pub`), authority: wire(`${authority}.pub`), key: wire(`${key}.pub`) };
  }

  test.each([
    [
      ["-t", "ed25519"],
      ["-t", "ed25519"],
    ],
    [
      ["-t", "ecdsa", "-b", "384"],
      ["-t", "ecdsa", "-b", "521"],
    ],
    [
      ["-t", "rsa", "-b", "2048"],
      ["-t", "rsa", "-b", "2048"],
    ],
    [
      ["-t", "ed25519"],
      ["-t", "ecdsa", "-b", "256"],
    ],
  ])("believes a certificate of %j by %j and gives the key in it", (type, authorityType) => {
    const { certificate, authority, key } = certified(type, authorityType, ["-h", "-n", "pve1,*.example.org"]);
    for (const name of ["pve1", "PVE1", "a.example.org"])
      expect(judgeHostCertificate(certificate, [authority], name, new Date())).toEqual({ status: "good", key });
    expect(judgeHostCertificate(certificate, [authority], "pve2", new Date())).toMatchObject({
      status: "bad",
      reason: expect.stringContaining("pve1"),
    });
    expect(judgeHostCertificate(certificate, [key], "pve1", new Date())).toMatchObject({ status: "bad" });
  });

  test("believes none outside its dates, of a user, or with one byte changed", () => {
    const { certificate, authority } = certified(
      ["-t", "ed25519"],
      ["-t", "ed25519"],
      ["-h", "-n", "pve1", "-V", "20260101:20260201"],
    );
    const at = (when: Date, bytes = certificate) => judgeHostCertificate(bytes, [authority], "pve1", when);
    expect(at(day("2026-01-15"))).toMatchObject({ status: "good" });
    expect(at(day("2025-12-15"))).toMatchObject({ reason: expect.stringContaining("pas encore") });
    expect(at(day("2026-02-15"))).toMatchObject({ reason: expect.stringContaining("expiré") });
    for (let at_ = 0; at_ < certificate.length; at_ += 1) {
      const other = Buffer.from(certificate);
      other.writeUInt8(other.readUInt8(at_) ^ 1, at_);
      expect(at(day("2026-01-15"), other), `byte ${at_}`).toMatchObject({ status: "bad" });
    }
    expect(at(day("2026-01-15"), certificate.subarray(0, 60))).toMatchObject({ status: "bad" });
    const user = certified(["-t", "ed25519"], ["-t", "ed25519"], ["-n", "pve1"]);
    expect(judgeHostCertificate(user.certificate, [user.authority], "pve1", new Date())).toMatchObject({
      reason: expect.stringContaining("machine"),
    });
  });
});

describe("a machine that an authority vouches for", () => {
  let sshd: Sshd;
  let home: SshHome;
  const start = (authority: string, more: readonly string[]) =>
    startSshd({ prepare: (keys) => [`HostCertificate ${sign(join(keys, "host_ed25519"), authority, more)}`] });
  beforeAll(async () => {
    sshd = await start("autorite", ["-h", "-n", "127.0.0.1"]);
  });
  beforeEach(() => {
    home = makeSshHome();
    return () => home.remove();
  });
  afterAll(() => sshd.stop());

  const authorityLine = (name: string) => `@cert-authority * ${readFileSync(join(folder, `${name}.pub`), "utf8")}`;

  async function once(to = sshd) {
    const node = to.node({ hostKeys: [] });
    const person = answering("oui");
    const shell = testShell(testInventory([node]), home.operator(), person);
    try {
      const ran = await runShell(shell, { type: "node", node }, "echo here");
      expect(person.asked).toEqual([]);
      return ran.stdout.toString();
    } finally {
      await shell.close();
    }
  }

  test("is believed without a line of its own", async () => {
    home.write("known_hosts", authorityLine("autorite"));
    expect(await once()).toBe("here\n");
  });

  test("is believed although its key is not the one that was known", async () => {
    home.write(
      "known_hosts",
      `${authorityLine("autorite")}[127.0.0.1]:${sshd.port} ${readFileSync(join(folder, "autre.pub"), "utf8")}`,
    );
    expect(await once()).toBe("here\n");
  });

  test("is not, when another authority is the known one; nobody is asked to do without", async () => {
    home.write("known_hosts", authorityLine("autre"));
    await expect(once()).rejects.toMatchObject({
      code: "SSH_HOST_CERTIFICATE_INVALID",
      message: expect.stringContaining("son autorité"),
      hint: expect.stringContaining("host-key"),
    });
  });

  test("is not, when the authority is revoked", async () => {
    home.write(
      "known_hosts",
      `${authorityLine("autorite")}@revoked * ${readFileSync(join(folder, "autorite.pub"), "utf8")}`,
    );
    await expect(once()).rejects.toMatchObject({ code: "SSH_HOST_CERTIFICATE_INVALID" });
  });

  test.each([
    ["made for another name", ["-h", "-n", "pve9"], "pve9"],
    ["that has expired", ["-h", "-n", "127.0.0.1", "-V", "20200101:20210101"], "expiré"],
  ])("is not by a certificate %s", async (_case, more, said) => {
    const other = await start("autorite", more);
    try {
      home.write("known_hosts", authorityLine("autorite"));
      await expect(once(other)).rejects.toMatchObject({
        code: "SSH_HOST_CERTIFICATE_INVALID",
        message: expect.stringContaining(said),
      });
    } finally {
      await other.stop();
    }
  });

  test("is not without a certificate", async () => {
    const bare = await startSshd();
    try {
      home.write("known_hosts", authorityLine("autorite"));
      await expect(once(bare)).rejects.toMatchObject({
        code: "SSH_HOST_CERTIFICATE_INVALID",
        message: expect.stringContaining("pas"),
      });
    } finally {
      await bare.stop();
    }
  });

  test("is named as the trouble when something else answers at its port", async () => {
    const other = createServer((socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    try {
      const address = other.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      home.write("known_hosts", authorityLine("autorite"));
      const node = sshd.node({ hostKeys: [], endpoint: { host: "127.0.0.1", port } });
      const shell = testShell(testInventory([node]), home.operator());
      await expect(runShell(shell, { type: "node", node }, "true")).rejects.toMatchObject({
        code: "SSH_HANDSHAKE_FAILED",
      });
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });
});
