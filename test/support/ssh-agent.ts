import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real ssh-agent with a socket of its own. */
export interface TestAgent {
  readonly socket: string;
  /** Loads a private key, with its pass phrase when it has one. */
  add(file: string, passphrase?: string): void;
  stop(): Promise<void>;
}

/** Starts one; it holds no key. Stop it in a `finally`. */
export async function startAgent(): Promise<TestAgent> {
  const folder = mkdtempSync(join(tmpdir(), "constat-agent-"));
  const socket = join(folder, "agent");
  const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
  const over = new Promise<void>((resolve) => agent.once("exit", () => resolve()));
  for (let turn = 0; turn < 200 && !existsSync(socket); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 25));
  return {
    socket,
    add: (file, passphrase) => {
      // ssh-add asks a program when it has no terminal.
      const helper = join(folder, "askpass");
      writeFileSync(helper, `#!/bin/sh\nprintf '%s\\n' '${passphrase ?? ""}'\n`, { mode: 0o700 });
      const env = { ...process.env, SSH_AUTH_SOCK: socket, SSH_ASKPASS: helper, SSH_ASKPASS_REQUIRE: "force" };
      const done = spawnSync("ssh-add", ["-q", file], { env, encoding: "utf8" });
      if (done.status !== 0) throw new Error(`ssh-add: ${done.stderr}`);
    },
    stop: async () => {
      agent.kill();
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
