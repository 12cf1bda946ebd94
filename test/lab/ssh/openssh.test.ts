import { randomBytes } from "node:crypto";
import { chmod, mkdtempDisposable, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeOf } from "../../../lab/state/world.ts";
import { type OpenLab, openLab, PASSWORD } from "./open-lab.ts";

let lab: OpenLab;
let folder: Awaited<ReturnType<typeof mkdtempDisposable>>;
let config: string;

beforeAll(async () => {
  lab = await openLab();
  folder = await mkdtempDisposable(join(tmpdir(), "constat-openssh-"));
  config = join(folder.path, "config");
  const key = nodeOf(lab.world, "pve1").sshHostKey.publicKey;
  const port = lab.servers["pve1"]?.port ?? 0;
  const identity = join(folder.path, "id");
  await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", identity]);
  nodeOf(lab.world, "pve1").files.set("/root/.ssh/authorized_keys", await readFile(`${identity}.pub`, "utf8"));
  await writeFile(join(folder.path, "known_hosts"), `[127.0.0.1]:${port} ${key}\n`);
  await writeFile(
    config,
    [
      "Host pve1",
      "  HostName 127.0.0.1",
      `  Port ${port}`,
      "  User root",
      `  UserKnownHostsFile ${join(folder.path, "known_hosts")}`,
      "  GlobalKnownHostsFile /dev/null",
      "  StrictHostKeyChecking yes",
      `  IdentityFile ${identity}`,
      "  IdentitiesOnly yes",
      "  IdentityAgent none",
      "",
    ].join("\n"),
  );
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const ssh = (...args: string[]) =>
  execa("ssh", ["-F", config, ...args], { reject: false, stripFinalNewline: false, stdin: "ignore" });

test("ssh runs a command with a key, keeps both streams and the exit code", async () => {
  const ran = await ssh("-o", "BatchMode=yes", "pve1", "echo out; echo err >&2; exit 7");
  expect(ran).toMatchObject({ stdout: "out\n", stderr: "err\n", exitCode: 7 });
});

test("ssh logs in with a password from SSH_ASKPASS", async () => {
  const askpass = join(folder.path, "askpass");
  await writeFile(askpass, `#!/bin/sh\necho '${PASSWORD}'\n`);
  await chmod(askpass, 0o700);
  const ran = await execa("ssh", ["-F", config, "-o", "PubkeyAuthentication=no", "pve1", "hostname"], {
    env: { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" },
    stdin: "ignore",
  });
  expect(ran.stdout).toBe("pve1");
});

test("ssh feeds standard input to what reads it, and runs what does not without waiting for its end", async () => {
  const fed = await execa("ssh", ["-F", config, "pve1", "tr a-z A-Z | cat -"], { input: "one\ntwo\n" });
  expect(fed.stdout).toBe("ONE\nTWO");
  const open = execa("ssh", ["-F", config, "pve1", "echo done"], { stdin: "pipe" });
  expect((await open).stdout).toBe("done");
});

test("ssh -tt gives a terminal", async () => {
  const ran = await ssh("-tt", "pve1", "stty -a >/dev/null && echo yes");
  expect(ran).toMatchObject({ stdout: "yes\r\n", exitCode: 0 });
});

test("scp copies a binary file both ways, byte for byte", async () => {
  const bytes = randomBytes(300_000);
  const [there, back] = [join(folder.path, "there"), join(folder.path, "back")];
  await writeFile(there, bytes);
  await execa("scp", ["-F", config, "-q", "-p", there, "pve1:/var/tmp-copy"]);
  await execa("scp", ["-F", config, "-q", "pve1:/var/tmp-copy", back]);
  expect((await readFile(back)).equals(bytes)).toBe(true);
  const digest = await ssh("pve1", "sha256sum < /var/tmp-copy; stat -c %s /var/tmp-copy");
  expect(digest.stdout).toContain("300000\n");
});

test("sftp lists, makes, renames and removes", async () => {
  const batch = join(folder.path, "batch");
  const local = join(folder.path, "note");
  await writeFile(local, "a note\n");
  await writeFile(
    batch,
    [
      "mkdir /root/d",
      `put ${local} /root/d/one`,
      "rename /root/d/one /root/d/two",
      "ls -l /root/d",
      "get /etc/pve/.members -",
      "rm /root/d/two",
      "rmdir /root/d",
      "ls /root",
    ].join("\n"),
  );
  const listed = await execa("sftp", ["-F", config, "-b", batch, "pve1"], { cwd: folder.path, reject: false });
  expect(listed.stderr).toBe("");
  expect(listed.exitCode).toBe(0);
  expect(listed.stdout).toMatch(/-rw-r--r-- .* 7 .* two/);
  expect(listed.stdout.split("sftp> ls /root")[1]).not.toMatch(/\/d\b/);
});

test("sftp says why it cannot write what pmxcfs keeps", async () => {
  const local = join(folder.path, "members");
  await writeFile(local, "x");
  const ran = await execa("scp", ["-F", config, "-q", local, "pve1:/etc/pve/.members"], { reject: false });
  expect(ran.stderr).toContain("Permission denied");
  expect(ran.exitCode).not.toBe(0);
});
