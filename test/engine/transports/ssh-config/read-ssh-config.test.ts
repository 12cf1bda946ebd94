import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { linesForHost, readSshConfig, settingsFrom } from "../../../../engine/transports/ssh-config/index.ts";
import { makeSshHome } from "../../../support/ssh-home.ts";

const place = makeSshHome();
afterAll(() => place.remove());
const home = place.path;
const operator = () => place.operator();

describe("readSshConfig()", () => {
  const own = () => join(home, ".ssh", "config");

  test("reads the operator's file and then the system's", async () => {
    const sshFolder = join(home, "etc");
    mkdirSync(sshFolder, { recursive: true });
    writeFileSync(own(), "Host *\n  User moi\n", { mode: 0o600 });
    writeFileSync(join(sshFolder, "ssh_config"), "User eux\nInclude ssh_config.d/*.conf\n");
    mkdirSync(join(sshFolder, "ssh_config.d"), { recursive: true });
    writeFileSync(join(sshFolder, "ssh_config.d", "x.conf"), "Port 2222\n");
    const lines = linesForHost(await readSshConfig(undefined, { ...operator(), sshFolder }), {
      host: "h",
      defaultUser: "root",
      localUser: "moi",
    });
    const said = settingsFrom(lines);
    expect(said.user).toEqual({ value: "moi", place: { file: "~/.ssh/config", line: 2 } });
    expect(said.port).toEqual({ value: 2222, place: { file: "~/etc/ssh_config.d/x.conf", line: 1 } });
  });

  test("has nothing to say where there is no file", async () => {
    expect(await readSshConfig(undefined, { env: {}, home: "/nonexistent", sshFolder: "/nonexistent" })).toEqual([]);
  });

  test("refuses a file that others may write", async () => {
    writeFileSync(own(), "User moi\n");
    chmodSync(own(), 0o666);
    await expect(readSshConfig(undefined, operator())).rejects.toMatchObject({
      code: "SSH_CONFIG_UNSAFE",
      hint: expect.stringContaining("chmod 600 ~/.ssh/config"),
    });
    rmSync(own());
  });

  test("refuses a file that includes itself", async () => {
    writeFileSync(own(), "Include config\n", { mode: 0o600 });
    await expect(readSshConfig(undefined, operator())).rejects.toMatchObject({
      code: "SSH_CONFIG_INVALID",
      message: expect.stringContaining("Include"),
    });
    rmSync(own());
  });

  test("names the file of an inventory that is not there", async () => {
    await expect(readSshConfig("~/absent", operator())).rejects.toMatchObject({
      code: "SSH_CONFIG_UNREADABLE",
      message: expect.stringContaining("~/absent"),
    });
  });
});
