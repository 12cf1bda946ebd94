import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OperatorHost } from "../../engine/transports/operator-host.ts";
import type { SshPerson } from "../../engine/transports/ssh-person.ts";

/** A home folder of its own for an operator, with ssh settings that a test writes. */
export interface SshHome {
  readonly path: string;
  /** An operator who lives there and has this environment besides PATH. */
  operator(env?: OperatorHost["env"]): OperatorHost;
  /** Writes a file into its .ssh folder and gives its path. */
  write(name: string, text: string): string;
  read(name: string): string;
  /** Copies a private key, encrypted when a pass phrase is given. */
  key(name: string, from: string, passphrase?: string): string;
  remove(): void;
}

/** An empty one. Remove it in a `finally` or an `afterAll`. */
export function makeSshHome(): SshHome {
  const path = mkdtempSync(join(tmpdir(), "constat-home-"));
  const at = (name: string) => join(path, ".ssh", name);
  mkdirSync(at("."), { mode: 0o700 });
  return {
    path,
    operator: (env = {}) => ({
      env: { PATH: process.env["PATH"], ...env },
      home: path,
      user: "operateur",
      sshFolder: "/nonexistent",
    }),
    write: (name, text) => {
      writeFileSync(at(name), text, { mode: 0o600 });
      return at(name);
    },
    read: (name) => readFileSync(at(name), "utf8"),
    key: (name, from, passphrase) => {
      copyFileSync(from, at(name));
      chmodSync(at(name), 0o600);
      if (passphrase !== undefined) sshKeygen(["-p", "-q", "-a", "1", "-P", "", "-N", passphrase, "-f", at(name)]);
      return at(name);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Runs OpenSSH's own ssh-keygen. Throws with what it said when it fails. */
export function sshKeygen(args: readonly string[]): string {
  const done = spawnSync("ssh-keygen", args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`ssh-keygen ${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/** A person who gives these answers in turn and remembers what was asked. */
export function answering(...answers: readonly string[]): SshPerson & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    ask: async (question, how) => {
      asked.push(`${how}: ${question}`);
      const answer = left.shift();
      if (answer === undefined) throw new Error(`nobody answers « ${question} »`);
      return answer;
    },
  };
}
