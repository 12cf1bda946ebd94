import { ProblemError } from "../base/problem.ts";
import type { InventoryNode, SshAccess } from "../model/inventory.ts";
import { loginName, type OperatorHost } from "./operator-host.ts";
import {
  type ConfigLine,
  type ConfigPlace,
  expandTokens,
  invalidConfig,
  linesForHost,
  placeText,
  readSshConfig,
  type Said,
  type SshSettings,
  settingsFrom,
  unsupportedConfig,
} from "./ssh-config/index.ts";
import { type SshStop, stopFrom } from "./ssh-stop.ts";

/** The ssh servers on the way to a node, in the order in which they are reached; the node itself is the last. */
export type SshRoute = readonly SshStop[];

/**
 * The way to a node: the inventory first, then what the ssh configuration says for the host that the inventory names. Nothing is
 * connected. Throws ProblemError SSH_NO_ACCESS or SSH_CONFIG_….
 */
export async function sshRoute(node: InventoryNode, host: OperatorHost): Promise<SshRoute> {
  const ssh = node.ssh;
  if (ssh === undefined) throw noAccess(node);
  const lines = ssh.config === false ? [] : await readSshConfig(ssh.config, host);
  const way: Way = { lines, host, passed: [] };
  const asked = ssh.endpoint.host;
  const said = (field: "user" | "port") => ssh.assumed?.includes(field) !== true;
  const user = said("user") ? ssh.user : undefined;
  const settings = ask(way, asked, user, ssh.user);
  const stop = stopFrom(
    {
      ...{ label: node.name, hop: false, asked, user, defaultUser: ssh.user, connect: ssh.connect, pins: ssh.hostKeys },
      ...{ identity: ssh.identity, password: ssh.password, passphrase: ssh.passphrase },
      port: said("port") ? ssh.endpoint.port : undefined,
    },
    settings,
    host,
  );
  const jump = jumpOf(ssh, settings);
  if (jump === undefined) return [stop];
  const filled = { ...jump, value: fill(jump, stop, asked) };
  const heard = filled.place && { value: `ProxyJump ${filled.value}`, place: filled.place };
  return [...hops(filled, enter(way, stop, jump.place)), { ...stop, said: [...(heard ? [heard] : []), ...stop.said] }];
}

interface Jump {
  readonly value: string;
  /** Undefined when the inventory says it. */
  readonly place?: ConfigPlace | undefined;
}

interface Way {
  readonly lines: readonly ConfigLine[];
  readonly host: OperatorHost;
  /** What lies behind already, for a chain that comes back to itself. */
  readonly passed: readonly string[];
}

/** The inventory's way wins; `connect` is a way too. */
function jumpOf(ssh: SshAccess, settings: SshSettings): Jump | undefined {
  if (ssh.jump !== undefined) return none({ value: ssh.jump });
  return ssh.connect === undefined ? jumpSaid(settings) : undefined;
}

function jumpSaid({ jump, proxyCommand }: SshSettings): Said<string> | undefined {
  if (proxyCommand !== undefined && none(proxyCommand) !== undefined) {
    const through = /^(?:\S*\/)?ssh\s+(?:-W\s+\S+\s+(\S+)|(\S+)\s+-W\s+\S+)$/.exec(proxyCommand.value);
    const instead = through ? `ProxyJump ${through[1] ?? through[2]}` : "ProxyJump";
    throw unsupportedConfig(
      proxyCommand.place,
      `« ProxyCommand ${proxyCommand.value} » lance un programme`,
      `Employez « ${instead} » à sa place, ou donnez à ce nœud « jump » ou « connect » dans l’inventaire.`,
    );
  }
  return jump && none(jump);
}

function none<T extends Jump>(jump: T): T | undefined {
  return jump.value.toLowerCase() === "none" ? undefined : jump;
}

/** Only the first machine of a list may need others before it: the next ones are reached through it. */
function hops(jump: Jump, way: Way): SshRoute {
  const [first, ...rest] = jump.value.split(",").map((text) => oneHop(text.trim(), jump, way));
  if (first === undefined) return [];
  const before = jumpSaid(first.settings);
  const inner = before && { ...before, value: fill(before, first.stop, first.asked) };
  const seen = enter(way, first.stop, jump.place);
  return [...(inner ? hops(inner, seen) : []), first.stop, ...rest.map(({ stop }) => stop)];
}

interface Hop {
  readonly stop: SshStop;
  readonly asked: string;
  readonly settings: SshSettings;
}

function oneHop(text: string, jump: Jump, way: Way): Hop {
  const [, user, bracketed, plain, digits] =
    /^(?:ssh:\/\/)?(?:([^\s@]+)@)?(?:\[([^\]]+)\]|([^\s:@/]+))(?::(\d{1,5}))?\/?$/.exec(text) ?? [];
  const asked = bracketed ?? plain;
  const port = digits === undefined ? undefined : Number(digits);
  if (asked === undefined || (port !== undefined && !(port >= 1 && port <= 65_535))) {
    const what = `« ${text} » n’est pas une machine de rebond`;
    const remedy = "Écrivez [utilisateur@]hôte[:port].";
    if (jump.place !== undefined) throw invalidConfig(jump.place, what, remedy);
    throw new ProblemError("SSH_JUMP_INVALID", `Dans l’inventaire, ${what} (jump).`, { scope: "author", hint: remedy });
  }
  const local = loginName(way.host);
  const settings = ask(way, asked, user, local);
  const label = `la machine de rebond ${asked}`;
  return {
    stop: stopFrom({ label, hop: true, asked, user, port, defaultUser: local, pins: [] }, settings, way.host),
    asked,
    settings,
  };
}

function ask({ lines, host }: Way, asked: string, user: string | undefined, defaultUser: string): SshSettings {
  return settingsFrom(linesForHost(lines, { host: asked, user, defaultUser, localUser: loginName(host) }));
}

function fill({ value, place }: Jump, { endpoint, user }: SshStop, asked: string): string {
  if (place === undefined) return value;
  return expandTokens(value, { h: endpoint.host, n: asked, p: String(endpoint.port), r: user }, place);
}

function enter(way: Way, { endpoint }: SshStop, place: ConfigPlace | undefined): Way {
  const name = `${endpoint.host}:${endpoint.port}`;
  if (!way.passed.includes(name)) return { ...way, passed: [...way.passed, name] };
  const where = place === undefined ? "inventaire" : placeText(place);
  throw new ProblemError(
    "SSH_CONFIG_LOOP",
    `Les rebonds ssh tournent en rond : ${name} passe par lui-même (${where}).`,
    {
      scope: "environment",
      hint: `Ajoutez « ProxyJump none » dans un bloc « Host ${endpoint.host} » placé avant, ou « jump » au nœud dans l’inventaire.`,
    },
  );
}

function noAccess(node: InventoryNode): ProblemError {
  return new ProblemError("SSH_NO_ACCESS", `Le nœud ${node.name} n’a pas d’accès \`ssh\` dans l’inventaire.`, {
    scope: "author",
    hint: "Ajoutez-lui un accès `ssh`, ou faites viser un autre nœud par ce bloc.",
  });
}
