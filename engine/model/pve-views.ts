import { closestNames } from "../base/closest.ts";
import { oneOf } from "../base/one-of.ts";

/** Major versions of Proxmox VE whose web page is known. */
export const PVE_MAJORS = [7, 8, 9] as const;
export type PveMajor = (typeof PVE_MAJORS)[number];

/** The field of the page's hash that carries the tab of each kind of resource, by position from 1. */
export const HASH_POSITION = { datacenter: 10, node: 4, vm: 8, storage: 5, zone: 6 } as const;
export type PveScope = keyof typeof HASH_POSITION;

/** A view of the web page: the login window, or a tab of a resource. */
export type PveView =
  | { readonly type: "login" }
  | { readonly type: "tab"; readonly scope: PveScope; readonly path: readonly string[]; readonly tab: string };

/** Why a name is no view, and the names that come close. */
export interface ViewMistake {
  readonly reason: string;
  readonly remedy: string;
}

const ALL = PVE_MAJORS;
const SINCE_8 = [8, 9] as const;

const every = (...names: readonly string[]) => names.map((name) => [name, ALL] as const);
const since8 = (...names: readonly string[]) => names.map((name) => [name, SINCE_8] as const);
const only9 = (...names: readonly string[]) => names.map((name) => [name, [9] as const] as const);

const firewall = ["firewall", "firewall-options", "firewall-aliases", "firewall-ipset"];

/** Item ids of the tabs by scope, each with the majors that have it. The page shows its first tab for an unknown one, silently. */
export const PVE_TABS: Readonly<Record<PveScope, ReadonlyMap<string, readonly PveMajor[]>>> = {
  datacenter: new Map<string, readonly PveMajor[]>([
    ...every("search", "summary", "notes", "cluster", "ceph", "options", "storage", "backup", "replication"),
    ...every("permissions", "users", "apitokens", "tfa", "groups", "pools", "roles", "domains", "ha", "ha-fencing"),
    ["ha-groups", [7, 8]],
    ...only9("ha-rules", "sdnfabrics", "sdnroutemaps", "sdnprefixlists", "cputypes"),
    ...every("sdn", "sdnzone", "sdnvnet", "sdnoptions", "acme", ...firewall, "firewall-sg", "metricservers", "support"),
    ...since8("sdnmappings", "sdnfirewall", "resources", "directories", "notification-targets"),
  ]),
  node: new Map<string, readonly PveMajor[]>([
    ...every("search", "summary", "notes", "jsconsole", "services", "network", "certificates", "dns", "hosts"),
    ...every("options", "time", "syslog", "apt", "aptrepositories", "firewall", "firewall-options", "firewall-fwlog"),
    ...every("storage", "lvm", "lvmthin", "directory", "zfs", "ceph", "ceph-config", "ceph-monlist", "ceph-osdtree"),
    ...every("ceph-cephfspanel", "ceph-pools", "ceph-log", "replication", "tasks", "support"),
  ]),
  vm: new Map<string, readonly PveMajor[]>([
    ...every("summary", "console", "hardware", "cloudinit", "options", "tasks", "monitor", "backup", "replication"),
    ...every("snapshot", ...firewall, "firewall-fwlog", "permissions"),
  ]),
  storage: new Map<string, readonly PveMajor[]>([
    ...every("summary", "contentBackup", "contentImages", "contentRootdir", "contentIso", "contentVztmpl"),
    ...every("contentSnippets", "permissions"),
    ...since8("contentImport"),
  ]),
  zone: new Map<string, readonly PveMajor[]>([...every("content", "permissions"), ...only9("ip-vrf", "mac-vrfs")]),
};

/** How many names stand between the scope and the tab, and how the whole is written. */
const PATH: Readonly<Record<PveScope, { readonly names: number; readonly form: string }>> = {
  datacenter: { names: 0, form: "datacenter/<onglet>" },
  node: { names: 1, form: "node/<nœud>/<onglet>" },
  vm: { names: 1, form: "vm/<numéro>/<onglet>" },
  storage: { names: 2, form: "storage/<nœud>/<stockage>/<onglet>" },
  zone: { names: 2, form: "zone/<nœud>/<zone>/<onglet>" },
};

const FORMS = `login, ${Object.values(PATH)
  .map(({ form }) => form)
  .join(", ")}`;

/** Reads a view's name such as `node/pve1/ceph-osdtree`; with a major, also refuses the tabs which that version lacks. */
export function parsePveView(name: string, major?: PveMajor): PveView | ViewMistake {
  if (name === "login") return { type: "login" };
  const [scope = "", ...rest] = name.split("/");
  if (!isScope(scope)) {
    const remedy = closestNames(scope, ["login", ...Object.keys(PATH)]).map((close) => `« ${close} »`);
    return {
      reason: `la vue « ${name} » n’existe pas`,
      remedy: remedy.length > 0 ? `Écrire ${oneOf(remedy)} ; formes connues : ${FORMS}.` : `Formes connues : ${FORMS}.`,
    };
  }
  const { names, form } = PATH[scope];
  if (rest.length !== names + 1 || rest.some((part) => part === "")) {
    return { reason: `la vue « ${name} » est incomplète ou trop longue`, remedy: `Écrire ${form}.` };
  }
  const tab = rest.at(-1) ?? "";
  const majors = PVE_TABS[scope].get(tab);
  if (majors === undefined || (major !== undefined && !majors.includes(major))) {
    return tabMistake(scope, tab, majors, major);
  }
  if (scope === "vm" && !/^\d+$/.test(rest[0] ?? "")) {
    return { reason: `« ${rest[0]} » n’est pas un numéro de machine virtuelle`, remedy: `Écrire ${form}.` };
  }
  return { type: "tab", scope, path: rest.slice(0, -1), tab };
}

/** True for the answer that says why a name is no view. */
export function isViewMistake(view: PveView | ViewMistake): view is ViewMistake {
  return "reason" in view;
}

function isScope(text: string): text is PveScope {
  return Object.hasOwn(PATH, text);
}

function tabMistake(
  scope: PveScope,
  tab: string,
  majors: readonly PveMajor[] | undefined,
  major: PveMajor | undefined,
): ViewMistake {
  const known = [...PVE_TABS[scope]].filter(([, has]) => major === undefined || has.includes(major)).map(([id]) => id);
  const close = closestNames(tab, known);
  const reason =
    majors === undefined
      ? `l’onglet « ${tab} » n’existe pas sous « ${scope} »`
      : `l’onglet « ${tab} » n’existe pas dans Proxmox VE ${major} (versions : ${majors.join(", ")})`;
  const remedy =
    close.length > 0 ? `Écrire ${oneOf(close.map((id) => `« ${id} »`))}.` : `Onglets connus : ${known.join(", ")}.`;
  return { reason, remedy };
}
