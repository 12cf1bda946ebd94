/** A socket address written `host:port`. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where a secret comes from; the value itself never stands in an inventory. */
export type SecretReference =
  | { readonly from: "env"; readonly name: string }
  | { readonly from: "file"; readonly path: string }
  | { readonly from: "command"; readonly command: string };

/** How to reach a node over ssh. `connect` replaces the socket's address only; the host key is checked all the same. */
export interface SshAccess {
  readonly user: string;
  readonly endpoint: Endpoint;
  /** What the inventory leaves unsaid, so that `~/.ssh/config` may say it. */
  readonly assumed?: readonly ("user" | "port")[] | undefined;
  readonly connect?: Endpoint | undefined;
  /** Accepted host keys as OpenSSH prints them: `SHA256:…`. Empty: `known_hosts` decides. */
  readonly hostKeys: readonly string[];
  /** Name of the secret that is the password, or path of a private key; both may be absent (agent, ~/.ssh/config). */
  readonly password?: string | undefined;
  readonly identity?: string | undefined;
  /** Name of the secret that opens an encrypted `identity`. */
  readonly passphrase?: string | undefined;
  /** Hosts to pass through, as OpenSSH's ProxyJump writes them, or `none`; absent: the ssh configuration decides. */
  readonly jump?: string | undefined;
  /** A file in place of `~/.ssh/config`; false: no ssh configuration is read. */
  readonly config?: string | false | undefined;
  /** Scripts run as root by sudo; `password` names a secret, absent: sudo asks for none. */
  readonly sudo?: { readonly password?: string | undefined } | undefined;
}

/** An API token: `user@realm!name`, and the name of the secret that is its value. */
export interface PveToken {
  readonly id: string;
  readonly secret: string;
}

/** The Proxmox VE API and web page of a node. */
export interface PveAccess {
  /** `root@pam` unless said otherwise. */
  readonly user: string;
  /** Name of the secret that is the password. */
  readonly password?: string | undefined;
  /** Name of the secret that one-time codes are made from, where the account has a second factor. */
  readonly totp?: string | undefined;
  /** For API requests in place of user and password, which then serve the web page and the methods that take no token. */
  readonly token?: PveToken | undefined;
  readonly endpoint: Endpoint;
  readonly connect?: Endpoint | undefined;
  /** SHA-256 of the certificate as Proxmox prints it (`AB:CD:…`, 32 pairs); absent: read over the pinned ssh. */
  readonly fingerprint?: string | undefined;
}

/** How a node's power is cut and given back: by two commands on a node (or `local`), by its management controller, or by a person. */
export type NodePower =
  | { readonly by: "command"; readonly host: string; readonly off: string; readonly on: string }
  | { readonly by: "bmc" }
  | { readonly by: "manual" };

/** One login of a management controller. */
export interface BmcLogin {
  readonly user: string;
  /** Name of the secret that is the password. */
  readonly password: string;
}

/** The management controller of a physical node: its Redfish service and its web pages. */
export interface BmcAccess {
  /** The account that blocks use unless they name another one. */
  readonly login?: BmcLogin | undefined;
  /** Other accounts by name (`usine`, `secours`), for `bmc:usine@/redfish/v1/…`. */
  readonly accounts: Readonly<Record<string, BmcLogin>>;
  readonly endpoint: Endpoint;
  readonly connect?: Endpoint | undefined;
  /** SHA-256 of the certificate (`AB:CD:…`); absent: the first one shown in a run is kept for that run. */
  readonly fingerprint?: string | undefined;
  /** Path of the page that holds the virtual console's canvas; the controller's make decides when absent. */
  readonly consolePage?: string | undefined;
}

/** The screen of a node that is a virtual machine: on which node it runs, and its number there. */
export interface ConsoleAccess {
  readonly host: string;
  readonly vmid: number;
}

export interface InventoryNode {
  /** The name that runbooks use. */
  readonly name: string;
  /** The name the machine has in Proxmox; the same as `name` unless the site says otherwise. */
  readonly hostname: string;
  /** The nominal address, as the report prints it. */
  readonly address: string;
  /** Release of Proxmox VE that the site says it has, or its beginning (`8.4`, `9`); absent: not said. */
  readonly version?: string | undefined;
  readonly ssh?: SshAccess | undefined;
  readonly pve?: PveAccess | undefined;
  readonly power?: NodePower | undefined;
  readonly bmc?: BmcAccess | undefined;
  readonly console?: ConsoleAccess | undefined;
  /** Variables of this node: its own over its groups', over its release's. */
  readonly vars: Readonly<Record<string, string>>;
}

/** The machines of one site and what differs there. */
export interface Inventory {
  readonly file: string;
  readonly name: string;
  /** Set by a lab: printed with everything that comes from it (« laboratoire simulé »). */
  readonly simulated?: string | undefined;
  /** How many times faster than the wall clock the lab's time runs; 1 on real machines. */
  readonly timeScale: number;
  /** `loopback`: the engine refuses any socket that would leave this machine. */
  readonly guard: "none" | "loopback";
  readonly nodes: readonly InventoryNode[];
  /** Group name (without `@`) to node names, in order. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, SecretReference>>;
}

/** The target name of a block that runs on the operator's own machine. */
export const LOCAL = "local";

/** Groups that every inventory has unwritten: the node of the failure test, a survivor, and the node that commands the victim's power. */
export const ROLE_GROUPS = ["ha-victime", "ha-temoin", "ha-alimentation"] as const;
