import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { createHostKey } from "../../../lab/state/host-key.ts";

test("createHostKey() gives the fingerprint that ssh-keygen prints", async () => {
  const key = createHostKey("root@pve1");
  await using folder = await mkdtempDisposable(join(tmpdir(), "constat-host-key-"));
  const file = join(folder.path, "key.pub");
  await writeFile(file, `${key.publicKey}\n`);
  const { stdout } = await execa("ssh-keygen", ["-lf", file]);
  expect(stdout).toContain(` ${key.fingerprint} `);
});
