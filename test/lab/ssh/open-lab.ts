import { once } from "node:events";
import ssh2, { type Client, type ClientChannel, type ConnectConfig, type PseudoTtyOptions } from "ssh2";
import { type SshServer, startSshServer } from "../../../lab/ssh/index.ts";
import { createClock } from "../../../lab/state/clock.ts";
import { createWorld } from "../../../lab/state/create-world.ts";
import type { Dialect } from "../../../lab/state/dialect.ts";
import { nodeOf, type World } from "../../../lab/state/world.ts";

/** Seven characters, as many as the recordings show stars. */
export const PASSWORD = "lab-pw7";

/** What a command printed and how it ended. */
export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order of arrival; newlines as "\n". */
  readonly output: string;
  readonly code: number | null;
  readonly signal: string | undefined;
}

export interface RunOptions {
  readonly pty?: PseudoTtyOptions | undefined;
  /** Bytes for standard input, which is then closed; without it standard input is closed at once. */
  readonly input?: string;
  /** Typed one after the other, each when its prompt has appeared. */
  readonly typed?: readonly (readonly [prompt: RegExp, text: string])[];
  /** Called with the channel once the command runs. */
  readonly onChannel?: (channel: ClientChannel) => void;
}

/** A lab of three nodes with two networks, as the recordings were made on, with a client to each. */
export interface OpenLab extends AsyncDisposable {
  readonly world: World;
  readonly servers: Readonly<Record<string, SshServer>>;
  run(node: string, command: string, options?: RunOptions): Promise<Ran>;
  client(node: string, config?: Partial<ConnectConfig>): Promise<Client>;
}

/** Opens that lab; its clock runs 100 times faster. */
export async function openLab(dialect: Dialect = "9"): Promise<OpenLab> {
  const nodes = [1, 2, 3].map((number) => ({
    ...{ name: `pve${number}`, address: `10.10.10.1${number}`, prefix: 24, gateway: "10.10.10.1" },
    ...{ domain: "lab.example", rootPassword: PASSWORD, uptime: 1700 },
  }));
  const world = await createWorld({ nodes, dialect, clock: createClock(100) });
  const servers: Record<string, SshServer> = {};
  for (const [index, node] of [...world.nodes.values()].entries()) {
    const second = {
      name: "ens19",
      type: "eth",
      mac: `bc:24:11:00:20:1${index}`,
      address: `10.10.20.1${index + 1}`,
    } as const;
    node.interfaces.push({ ...second, prefix: 24, gateway: undefined, ports: [], autostart: true, priority: 5 });
    servers[node.name] = await startSshServer(world, node.name);
  }
  const open = new Set<Client>();
  const kept = new Map<string, Promise<Client>>();

  const client = async (name: string, config: Partial<ConnectConfig> = {}): Promise<Client> => {
    const connection = new ssh2.Client();
    open.add(connection);
    connection.on("close", () => open.delete(connection));
    const port = servers[name]?.port ?? 0;
    const key = nodeOf(world, name).sshHostKey.publicKey.split(" ")[1];
    connection.setMaxListeners(200);
    // Losing a node is what some tests are about; what its commands met shows in their results.
    connection.on("error", () => {});
    connection.connect({
      ...{ host: "127.0.0.1", port, username: "root", password: PASSWORD },
      ...{ hostVerifier: (offered: Buffer) => offered.toString("base64") === key, ...config },
    });
    await once(connection, "ready");
    connection.setNoDelay(true);
    return connection;
  };
  const run = async (name: string, command: string, options: RunOptions = {}): Promise<Ran> => {
    const opening = kept.get(name) ?? client(name);
    kept.set(name, opening);
    const connection = await opening;
    // A node that lost its power has lost its connections: the next command opens one of its own.
    connection.once("close", () => kept.delete(name));
    return await runOn(connection, command, options);
  };
  const close = async () => {
    await Promise.all([...open].map(leave));
    await Promise.all(Object.values(servers).map((server) => server.close()));
    world.stop();
  };
  return { world, servers, run, client, [Symbol.asyncDispose]: close };
}

async function leave(connection: Client): Promise<void> {
  const closed = once(connection, "close");
  connection.end();
  await closed;
}

/** Runs one command on a connection. */
export function runOn(connection: Client, command: string, options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // The lab may answer in the packet that opens the channel: listeners are there before anything else happens.
    connection.exec(command, options.pty ? { pty: options.pty } : {}, (error, channel) => {
      if (error) reject(error);
      else follow(channel, options, resolve);
    });
  });
}

function follow(channel: ClientChannel, options: RunOptions, done: (ran: Ran) => void): void {
  const printed = { stdout: "", stderr: "", output: "" };
  let [code, signal]: [number | null, string | undefined] = [null, undefined];
  const waiting = [...(options.typed ?? [])];
  let seen = 0;
  const take = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
    const text = chunk.toString("utf8").replaceAll("\r\n", "\n");
    printed[stream] += text;
    printed.output += text;
    const next = waiting[0];
    if (!next?.[0].test(printed.output.slice(seen))) return;
    waiting.shift();
    seen = printed.output.length;
    channel.write(`${next[1]}\r`);
  };
  channel.on("data", take("stdout"));
  channel.stderr.on("data", take("stderr"));
  channel.on("exit", (exit: number | null, by?: string) => {
    code = exit;
    signal = by;
  });
  channel.on("close", () => done({ ...printed, code, signal }));
  if (options.input !== undefined) channel.end(options.input);
  else if (!options.pty && !options.onChannel) channel.end();
  options.onChannel?.(channel);
}
