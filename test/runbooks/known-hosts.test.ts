import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { shell as kind } from "../../engine/kinds/shell.ts";
import type { Block } from "../../engine/model/runbook.ts";
import type { ShellTransport } from "../../engine/transports/port.ts";
import { KeptRecorder, portsOf, taskOf } from "../support/kind-task.ts";
import { type Sshd, startSshd } from "../support/sshd.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { runShell, testInventory, testShell } from "../support/transports.ts";
import { readRunbooks } from "./read-runbooks.ts";

const BLOCKS = readRunbooks().flatMap(({ blocks }) => blocks);
const HOST = "127.0.0.1";

function blockNamed(id: string): Block {
  const block = BLOCKS.find((candidate) => candidate.id === id);
  if (block === undefined) throw new Error(`no block #${id}`);
  return block;
}

describe.each(["pve2", "pve3"])("the key of %s that chapter 2 keeps in known_hosts", (node) => {
  let sshd: Sshd;
  let home: string;
  let file: string;
  let shell: ShellTransport;
  let key: string;
  beforeAll(async () => {
    sshd = await startSshd();
    const scanned = spawnSync("ssh-keyscan", ["-t", "ed25519", "-p", String(sshd.port), HOST], { encoding: "utf8" });
    key = /^(\S+ ssh-ed25519 \S+)/m.exec(scanned.stdout)?.[1] ?? "";
    expect(key).toBe(`[${HOST}]:${sshd.port} ${sshd.hostKeyLine}`);
  });
  afterAll(() => sshd.stop());
  beforeEach(async () => {
    home = await tempFolder();
    file = join(home, ".ssh", "known_hosts");
    const host = { env: { PATH: process.env["PATH"], HOME: home }, home };
    shell = testShell(testInventory([sshd.node({ hostKeys: [] })]), host);
    return () => shell.close();
  });

  /** Runs a block of the chapter on this machine, with a home folder of its own. */
  const outcome = async (id: string) => {
    const values = { [`cle_${node}`]: key, [`nodes.${node}.address`]: `[${HOST}]:${sshd.port}` };
    const task = { ...taskOf(blockNamed(id), values), target: { type: "local" } as const };
    return (await kind.execute(task, { ...portsOf({}), shell }, new KeptRecorder())).outcome.status;
  };
  const keep = () => outcome(`retenir-cle-${node}`);
  const kept = () => outcome(`cle-${node}-retenue`);
  const reached = async () => {
    const target = { type: "node", node: sshd.node({ hostKeys: [] }) } as const;
    return await runShell(shell, target, "true").then(
      ({ end }) => end,
      (error: { code: string }) => error.code,
    );
  };
  const given = (text: string) => {
    mkdirSync(join(home, ".ssh"), { mode: 0o700 });
    writeFileSync(file, text);
  };
  const lines = () => readFileSync(file, "utf8").split("\n").slice(0, -1);

  it("opens the way to a server that was a stranger, in a home without .ssh", async () => {
    expect([await kept(), await reached()]).toEqual(["failed", "SSH_HOST_KEY_UNKNOWN"]);
    expect(await keep()).toBe("passed");
    expect(statSync(join(home, ".ssh")).mode & 0o777).toBe(0o700);
    expect([await kept(), await reached()]).toEqual(["passed", { status: "exited", code: 0 }]);
  });

  it.each([
    ["other hosts and a comment", "# à moi\nautre.example ssh-ed25519 AAAA\n"],
    ["a last line without its end", "autre.example ssh-ed25519 AAAA"],
    ["nothing", ""],
  ])("stands beside %s, which stay as they are", async (_, text) => {
    given(text);
    expect([await keep(), await kept()]).toEqual(["passed", "passed"]);
    expect(lines()).toEqual([...text.split("\n").filter((line) => line !== ""), key]);
    expect(await reached()).toEqual({ status: "exited", code: 0 });
  });

  it("is recognised under a hashed name, so that it is not written again", async () => {
    given(`autre.example ${sshd.hostKeyLine}\n${key}\n`);
    spawnSync("ssh-keygen", ["-H", "-f", file]);
    expect(readFileSync(file, "utf8")).not.toContain(HOST);
    expect([await kept(), await reached()]).toEqual(["passed", { status: "exited", code: 0 }]);
    expect(existsSync(`${file}.old`)).toBe(true);
  });

  it("is not taken for that of another host, hashed or not", async () => {
    given(`autre.example ${sshd.hostKeyLine}\n`);
    expect(await kept()).toBe("failed");
    spawnSync("ssh-keygen", ["-H", "-f", file]);
    expect([await kept(), await reached()]).toEqual(["failed", "SSH_HOST_KEY_UNKNOWN"]);
  });

  it("is written once: its check is the guard of the action", async () => {
    expect(blockNamed(`retenir-cle-${node}`).settings.unless).toEqual([`cle-${node}-retenue`]);
    await keep();
    expect(await kept()).toBe("passed");
    expect(lines()).toEqual([key]);
  });
});
