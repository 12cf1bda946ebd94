import { randomBytes } from "node:crypto";
import type { Certificate } from "../tls/certificate.ts";
import { createController } from "../tls/controller-certificate.ts";

/** Which of the two controller generations the lab's server has: they differ in how storage is changed. */
export type BmcDialect = "ilo5" | "ilo6";

/** What an account may do. */
export type BmcRole = "Administrator" | "Operator" | "ReadOnly";

export interface BmcAccount {
  /** Large numbers on this make. */
  readonly id: string;
  /** The login name: Redfish `UserName`. */
  userName: string;
  /** What the web page calls the user's name: `Oem.Hpe.LoginName`. */
  readonly displayName: string;
  password: string;
  readonly role: BmcRole;
}

export interface BmcSession {
  readonly id: string;
  readonly token: string;
  readonly user: string;
}

/** IPv4 settings of the dedicated port. */
export interface BmcNetwork {
  readonly dhcp: boolean;
  readonly address: string;
  readonly mask: string;
  readonly gateway: string;
}

/** The management controller of a physical server. */
export interface BmcState {
  readonly dialect: BmcDialect;
  /** Printed on the pull-out tag: valid again after a reset to factory settings. */
  readonly tag: { readonly user: string; readonly password: string };
  readonly mac: string;
  /** Nominal address of the management port, as DHCP reserves it. */
  readonly address: string;
  readonly accounts: Map<string, BmcAccount>;
  readonly sessions: Map<string, BmcSession>;
  network: BmcNetwork;
  /** Settings that wait for a restart of the controller. */
  pendingNetwork: BmcNetwork | undefined;
  certificate: Certificate;
  /** "restarting" while nobody answers. */
  phase: "up" | "restarting";
  /** The web pages come a while after the API. */
  pages: "ready" | "starting";
  nextAccount: number;
}

/** What a scenario says about a controller. */
export interface BmcSpec {
  readonly node: string;
  readonly dialect: BmcDialect;
  readonly address: string;
  readonly gateway: string;
  readonly mask: string;
  readonly tagPassword: string;
  /** The only account at the start, a service account; undefined for the tag's. */
  readonly account: { readonly user: string; readonly password: string } | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Makes a controller that somebody has used before: its own account, its own certificate, an address from DHCP. */
export async function createBmc(spec: BmcSpec): Promise<BmcState> {
  const tag = { user: "Administrator", password: spec.tagPassword };
  const bmc: BmcState = {
    dialect: spec.dialect,
    tag,
    mac: `94:40:c9:${[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`,
    address: spec.address,
    accounts: new Map(),
    sessions: new Map(),
    network: { dhcp: true, address: spec.address, mask: spec.mask, gateway: spec.gateway },
    pendingNetwork: undefined,
    certificate: await createController(spec.node, spec.now),
    phase: "up",
    pages: "ready",
    nextAccount: 65536,
  };
  addAccount(bmc, { ...(spec.account ?? tag), displayName: (spec.account ?? tag).user, role: "Administrator" });
  return bmc;
}

/** Adds an account and gives it its number. */
export function addAccount(
  bmc: BmcState,
  request: {
    readonly user: string;
    readonly password: string;
    readonly displayName: string;
    readonly role: BmcRole;
  },
): BmcAccount {
  const { user: userName, password, displayName, role } = request;
  const account = { id: String(bmc.nextAccount), userName, displayName, password, role };
  bmc.nextAccount += 1;
  bmc.accounts.set(account.id, account);
  return account;
}
