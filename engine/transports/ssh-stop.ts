import { join } from "node:path";
import type { Endpoint } from "../model/inventory.ts";
import { expandHome, loginName, type OperatorHost, sshFolder } from "./operator-host.ts";
import {
  type ConfigPlace,
  expandPath,
  hostNameFrom,
  type Said,
  type SshSettings,
  type SshTokens,
} from "./ssh-config/index.ts";

/** A key or certificate file to log in with. `place`: the configuration's line; without one, a wanted file is the inventory's. */
export interface LoginFile {
  readonly path: string;
  /** As it was written. */
  readonly shown: string;
  readonly place?: ConfigPlace | undefined;
  /** Its absence is an error: somebody counts on it. */
  readonly wanted: boolean;
}

/** How to log in at one stop. */
export interface SshLogin {
  /** Names of secrets. */
  readonly password?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly keys: readonly LoginFile[];
  readonly certificates: readonly LoginFile[];
  /** Socket of the agent to ask. */
  readonly agent?: string | undefined;
  /** Of the agent's keys, only those that `keys` names. */
  readonly agentKeysNamed: boolean;
  /** The inventory names a key or a password: nothing else is tried, and nobody is asked. */
  readonly settled: boolean;
}

/** One ssh server on the way to a node: a machine to pass through, or the node itself. */
export interface SshStop {
  /** How messages name it: `pve1`, `la machine de rebond bastion`. */
  readonly label: string;
  /** A machine to pass through: the inventory has no place for its key. */
  readonly hop: boolean;
  readonly user: string;
  readonly endpoint: Endpoint;
  /** Where the connection goes, when that is not `endpoint`. */
  readonly connect?: Endpoint | undefined;
  /** The inventory's fingerprints; none: known_hosts decides. */
  readonly pins: readonly string[];
  readonly known: KnownFiles;
  readonly login: SshLogin;
  readonly timeoutMs?: number | undefined;
  readonly aliveIntervalMs?: number | undefined;
  readonly aliveCount?: number | undefined;
  /** What the ssh configuration decided here, as it would be written: `HostName 192.0.2.5`. */
  readonly said: readonly Said<string>[];
}

/** Where host keys are looked up, under which name, and what happens to one that nobody knows. */
export interface KnownFiles {
  readonly name: Endpoint;
  /** The operator's files; a key that is accepted is kept in the first. */
  readonly own: readonly string[];
  readonly global: readonly string[];
  readonly neverAsk: boolean;
  readonly hashNames: boolean;
}

/** What is given about a stop before the configuration is asked: that wins. */
export interface GivenStop {
  readonly label: string;
  readonly hop: boolean;
  /** The name that the configuration is asked for, as `ssh` would be given it. */
  readonly asked: string;
  readonly user?: string | undefined;
  readonly port?: number | undefined;
  readonly defaultUser: string;
  readonly connect?: Endpoint | undefined;
  readonly pins: readonly string[];
  readonly identity?: string | undefined;
  readonly password?: string | undefined;
  readonly passphrase?: string | undefined;
}

const DEFAULT_KEYS = ["id_ed25519", "id_ecdsa", "id_rsa"] as const;

/** Joins what is given with what the configuration says. Throws ProblemError SSH_CONFIG_INVALID for a token without meaning. */
export function stopFrom(given: GivenStop, settings: SshSettings, host: OperatorHost): SshStop {
  // Where `connect` says where to go, no configuration may say otherwise.
  const hostName = given.connect === undefined ? settings.hostName : undefined;
  const name = hostName === undefined ? given.asked : hostNameFrom(hostName.value, given.asked);
  const user = given.user ?? settings.user?.value ?? given.defaultUser;
  const port = given.port ?? settings.port?.value ?? 22;
  const alias = settings.hostKeyAlias;
  const tokens: SshTokens = {
    d: host.home,
    h: name,
    k: alias?.value ?? given.asked,
    n: given.asked,
    p: String(port),
    r: user,
    u: loginName(host),
  };
  const files = (said: Said<string>): LoginFile[] =>
    said.value.toLowerCase() === "none"
      ? []
      : [
          {
            path: expandPath(said.value, tokens, host, said.place),
            shown: said.value,
            place: said.place,
            wanted: false,
          },
        ];
  const login = loginFrom(given, settings, files, host);
  return {
    label: given.label,
    hop: given.hop,
    user,
    endpoint: { host: name, port },
    connect: given.connect,
    pins: given.pins,
    known: {
      name: alias === undefined ? { host: name, port } : { host: alias.value, port: 22 },
      own: knownFiles(settings.userKnownHosts, tokens, host) ?? own(host, ["known_hosts", "known_hosts2"]),
      global:
        knownFiles(settings.globalKnownHosts, tokens, host) ??
        ["ssh_known_hosts", "ssh_known_hosts2"].map((file) => join(sshFolder(host), file)),
      neverAsk: settings.neverAsk !== undefined,
      hashNames: settings.hashKnownHosts,
    },
    login,
    timeoutMs: settings.connectTimeoutMs?.value,
    aliveIntervalMs: settings.aliveIntervalMs?.value,
    aliveCount: settings.aliveCount?.value,
    said: [
      ...spoken("HostName", hostName),
      ...(given.user === undefined ? spoken("User", settings.user) : []),
      ...(given.port === undefined ? spoken("Port", settings.port) : []),
      ...login.keys.flatMap(({ shown, place }) => (place ? [{ value: `IdentityFile ${shown}`, place }] : [])),
      ...(given.pins.length === 0 ? spoken("HostKeyAlias", alias) : []),
    ],
  };
}

function loginFrom(
  { identity, password, passphrase }: GivenStop,
  settings: SshSettings,
  files: (said: Said<string>) => readonly LoginFile[],
  host: OperatorHost,
): SshLogin {
  const agent = agentSocket(settings.identityAgent?.value ?? "SSH_AUTH_SOCK", host);
  const certificates = settings.certificateFiles.flatMap(files);
  if (identity !== undefined) {
    const keys = [{ path: expandHome(identity, host), shown: identity, wanted: true }];
    return { password, passphrase, keys, certificates, agent, agentKeysNamed: true, settled: true };
  }
  if (password !== undefined)
    return { password, passphrase, keys: [], certificates: [], agentKeysNamed: true, settled: true };
  const usual = DEFAULT_KEYS.map((name) => ({
    path: join(host.home, ".ssh", name),
    shown: `~/.ssh/${name}`,
    wanted: false,
  }));
  const named = settings.identityFiles;
  const keys = named.length > 0 ? named.flatMap(files) : usual;
  const agentKeysNamed = settings.identitiesOnly !== undefined;
  return { passphrase, keys, certificates, agent, agentKeysNamed, settled: false };
}

function agentSocket(written: string, host: OperatorHost): string | undefined {
  if (written.toLowerCase() === "none") return undefined;
  const variable = written === "SSH_AUTH_SOCK" ? written : /^\$\{?(\w+)\}?$/.exec(written)?.[1];
  const path = variable === undefined ? expandHome(written, host) : host.env[variable];
  return path === "" ? undefined : path;
}

function knownFiles(
  said: Said<readonly string[]> | undefined,
  tokens: SshTokens,
  host: OperatorHost,
): readonly string[] | undefined {
  if (said === undefined) return undefined;
  return said.value
    .filter((path) => path.toLowerCase() !== "none")
    .map((path) => expandPath(path, tokens, host, said.place));
}

function own(host: OperatorHost, names: readonly string[]): readonly string[] {
  return names.map((name) => join(host.home, ".ssh", name));
}

function spoken(keyword: string, said: Said<string | number> | undefined): readonly Said<string>[] {
  return said === undefined ? [] : [{ value: `${keyword} ${said.value}`, place: said.place }];
}
