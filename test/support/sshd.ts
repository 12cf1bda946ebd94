import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InventoryNode } from "../../engine/model/inventory.ts";

/** A real OpenSSH server on a loopback port, with keys of its own in a temporary folder. */
export interface Sshd {
  readonly port: number;
  readonly folder: string;
  /** The server's key as OpenSSH prints it. */
  readonly hostKey: string;
  /** Its public key line, for known_hosts. */
  readonly hostKeyLine: string;
  /** A private key that it accepts. */
  readonly identity: string;
  readonly user: string;
  /** A node of an inventory that reaches it; parts may be replaced. */
  node(ssh?: Partial<NonNullable<InventoryNode["ssh"]>>): InventoryNode;
  /** Ends the listener and every session at once, as a power cut would. */
  kill(): void;
  /** Stops the listener and every session where they stand: connections stay open and nothing answers. */
  freeze(): void;
  stop(): Promise<void>;
}

export interface SshdOptions {
  /** Lines for its configuration, before the usual ones: the first value wins. */
  readonly config?: readonly string[];
  readonly port?: number;
  /** Called with the folder once it holds the keys (`host_ed25519`, `id_ed25519`); gives lines as `config` does. */
  prepare?(folder: string): readonly string[];
}

/** Starts a server and waits until it listens. Stop it in a `finally` or an `afterAll`. */
export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), "constat-sshd-"));
  const hostKeyFile = join(folder, "host_ed25519");
  const identity = join(folder, "id_ed25519");
  makeKey(hostKeyFile);
  makeKey(identity);
  copyFileSync(`${identity}.pub`, join(folder, "authorized_keys"));
  // Privilege separation wants this folder; Debian's service makes it at start.
  if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const port = options.port ?? (await freePort());
  const user = spawnSync("id", ["-un"], { encoding: "utf8" }).stdout.trim();
  const config = join(folder, "sshd_config");
  writeFileSync(config, configuration(folder, port, [...(options.config ?? []), ...(options.prepare?.(folder) ?? [])]));
  const server = spawn("/usr/sbin/sshd", ["-D", "-e", "-f", config], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let log = "";
  const listening = Promise.withResolvers<void>();
  const over = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
    if (log.includes("Server listening")) listening.resolve();
  });
  void over.then(() => listening.reject(new Error(`sshd ended before it listened: ${log}`)));
  await listening.promise;
  const hostKeyLine = readFileSync(`${hostKeyFile}.pub`, "utf8").trim().split(" ").slice(0, 2).join(" ");
  const hostKey = fingerprint(`${hostKeyFile}.pub`);
  // From the top down: a session's sshd must not live to report how its script was killed.
  const all = (name: NodeJS.Signals) => {
    for (const pid of [server.pid ?? 0, ...descendants(server.pid ?? 0)]) signal(pid, name);
  };
  const kill = () => all("SIGKILL");
  return {
    port,
    folder,
    hostKey,
    hostKeyLine,
    identity,
    user,
    node: (ssh = {}) => ({
      name: "noeud",
      hostname: "noeud",
      address: "127.0.0.1",
      vars: {},
      ssh: { user, endpoint: { host: "127.0.0.1", port }, hostKeys: [hostKey], identity, ...ssh },
    }),
    kill,
    freeze: () => all("SIGSTOP"),
    stop: async () => {
      kill();
      await over;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A TCP port of the loopback address that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Process numbers of all descendants, each before its own children. */
export function descendants(pid: number): readonly number[] {
  const listed = spawnSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" }).stdout;
  const parents = listed
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    parents.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
  return pid === 0 ? [] : below(pid);
}

function configuration(folder: string, port: number, first: readonly string[]): string {
  return [
    ...first,
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${join(folder, "host_ed25519")}`,
    `AuthorizedKeysFile ${join(folder, "authorized_keys")}`,
    `PidFile ${join(folder, "sshd.pid")}`,
    "StrictModes no",
    "UsePAM no",
    "PermitRootLogin yes",
    "PasswordAuthentication yes",
    "KbdInteractiveAuthentication no",
    "",
  ].join("\n");
}

function makeKey(file: string): void {
  const made = spawnSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`ssh-keygen: ${made.stderr}`);
}

function fingerprint(publicKey: string): string {
  return spawnSync("ssh-keygen", ["-lf", publicKey], { encoding: "utf8" }).stdout.split(" ")[1] ?? "";
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}
