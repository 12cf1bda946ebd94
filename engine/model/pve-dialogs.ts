import { closestNames } from "../base/closest.ts";
import { oneOf } from "../base/one-of.ts";
import { PVE_MAJORS, type PveMajor, type PveView, type ViewMistake } from "./pve-views.ts";

/** A window of the web page that a button opens. Queries are ExtJS component queries: ids are generated and texts translated. */
export interface PveDialog {
  readonly name: string;
  /** Where its button stands: a scope and a tab; any tab of the scope when it is `*`; any view at all for `any`. */
  readonly scope: "datacenter" | "node" | "vm" | "any";
  readonly tab: string;
  /** The button, and which one when several match; empty when a row opens it. */
  readonly opener: string;
  readonly index: number;
  /** `menu`: the opener is an entry of a button's menu, which is opened first. */
  readonly by: "button" | "menu" | "row";
  /** Values of the row whose double click opens it, for windows that have no button of their own. */
  readonly row?: Readonly<Record<string, string>>;
  readonly window: string;
  /** Of a window of several pages: which of them is meant, from 0. Pages are known by their place: they have titles only, which are translated. */
  readonly page?: number;
  readonly majors: readonly PveMajor[];
}

/** What stands behind a dialog's name and a slash: `edit-interface/vmbr0`. It takes the place of `{}` in row and opener. */
interface Argument {
  readonly what: string;
  /** What is meant when nothing is written; a dialog without it wants its argument written. */
  readonly usual?: string;
  /** What may be written, and what the page calls it. */
  readonly values?: Readonly<Record<string, string>>;
}

interface DialogEntry extends PveDialog {
  readonly argument?: Argument;
  /** What is written stands for one of the window's pages. */
  readonly paged?: true;
}

type More = Partial<Pick<DialogEntry, "index" | "majors" | "row" | "argument" | "by" | "paged">>;

const dialog = (
  name: string,
  place: `${PveDialog["scope"]}/${string}`,
  opener: string,
  window: string,
  more: More = {},
): DialogEntry => {
  const [scope, tab = "*"] = place.split("/");
  const by = more.row === undefined ? "button" : "row";
  return { name, scope: scope as PveDialog["scope"], tab, opener, index: 0, window, majors: PVE_MAJORS, by, ...more };
};

const cluster = "pveClusterAdministration";
const byClass = (name: string) => `window[$className=${name}]`;
/** The page's own names of the zone types, which no catalogue translates. */
const ZONES = { simple: "Simple", vlan: "VLAN", qinq: "QinQ", vxlan: "VXLAN", evpn: "EVPN" };

/** The pages of the wizard, in their order since 5.0. */
const PAGES = ["general", "os", "system", "disks", "cpu", "memory", "network", "confirm"];

/** The dialogs that can be photographed; none of them is ever submitted. */
export const PVE_DIALOGS: readonly DialogEntry[] = [
  dialog("create-cluster", "datacenter/cluster", `${cluster} button[reference=createButton]`, "pveClusterCreateWindow"),
  dialog("join-information", "datacenter/cluster", `${cluster} button[reference=addButton]`, "pveClusterInfoWindow"),
  dialog("join-cluster", "datacenter/cluster", `${cluster} button[reference=joinButton]`, "pveClusterJoinNodeWindow"),
  // Where Ceph is missing, a small window offers the wizard; that window comes by itself.
  dialog("install-ceph", "node/ceph", "pveCephInstallWindow button", "pveCephInstallWizard"),
  dialog("create-mon", "node/ceph-monlist", "button[reference=createButton]", "pveCephCreateService"),
  dialog("create-mgr", "node/ceph-monlist", "button[reference=createButton]", "pveCephCreateService", { index: 1 }),
  dialog("create-osd", "node/ceph-osdtree", "pveNodeCephOsdTree button[handler=create_osd]", "pveCephCreateOsd"),
  dialog("create-pool", "node/ceph-pools", "pveNodeCephPoolList toolbar[dock=top] button", "pveCephPoolEdit"),
  dialog(
    "add-ha-resource",
    "datacenter/ha",
    "pveHAResourcesView toolbar[dock=top] button",
    byClass("PVE.ha.VMResourceEdit"),
  ),
  dialog(
    "add-ha-rule",
    "datacenter/ha-rules",
    "pveHANodeAffinityRulesView toolbar[dock=top] button",
    byClass("PVE.ha.RuleEdit"),
    { majors: [9] },
  ),
  dialog("manage-ha", "vm/*", "menuitem[iconCls*=heartbeat]", byClass("PVE.ha.VMResourceEdit"), { by: "menu" }),
  dialog("migrate", "vm/*", "button[iconCls=fa fa-send-o]", byClass("PVE.window.Migrate")),
  dialog("vm-network", "vm/hardware", "", byClass("PVE.qemu.NetworkEdit"), {
    row: { key: "{}" },
    argument: { what: "une carte réseau", usual: "net0" },
  }),
  dialog("edit-interface", "node/network", "", "proxmoxNodeNetworkEdit", {
    row: { iface: "{}" },
    argument: { what: "une interface", usual: "vmbr0" },
  }),
  dialog("add-zone", "datacenter/sdnzone", "pveSDNZoneView menuitem[text={}]", byClass("PVE.sdn.zones.BaseEdit"), {
    by: "menu",
    argument: { what: "un type de zone", values: ZONES },
  }),
  dialog("create-vm", "any/*", "button[iconCls=fa fa-desktop]", "pveQemuCreateWizard", {
    paged: true,
    argument: {
      what: "un onglet",
      usual: "general",
      values: Object.fromEntries(PAGES.map((page, index) => [page, String(index)])),
    },
  }),
];

/** Reads a dialog's name as asked on a view; says which view shows it when it stands elsewhere. */
export function parsePveDialog(asked: string, view: PveView, major?: PveMajor): PveDialog | ViewMistake {
  const slash = asked.indexOf("/");
  const name = slash < 0 ? asked : asked.slice(0, slash);
  const found = PVE_DIALOGS.find((each) => each.name === name);
  if (found === undefined) {
    const names = PVE_DIALOGS.map((each) => each.name);
    const here = PVE_DIALOGS.filter((each) => standsOn(each, view)).map((each) => each.name);
    const near = closestNames(name, here);
    const close = near.length > 0 ? near : closestNames(name, names);
    return {
      reason: `la fenêtre « ${name} » n’existe pas`,
      remedy: `${close.length > 0 ? "Écrire" : "Fenêtres connues :"} ${(close.length > 0 ? close : names).join(", ")}.`,
    };
  }
  if (!standsOn(found, view)) {
    const place = found.scope === "datacenter" ? `datacenter/${found.tab}` : `${found.scope}/…/${found.tab}`;
    return { reason: `la fenêtre « ${name} » ne s’ouvre pas depuis cette vue`, remedy: `Écrire view: ${place}.` };
  }
  if (major !== undefined && !found.majors.includes(major)) {
    return {
      reason: `la fenêtre « ${name} » n’existe pas dans Proxmox VE ${major}`,
      remedy: `Elle existe dans : ${found.majors.join(", ")}.`,
    };
  }
  return withArgument(found, slash < 0 ? undefined : asked.slice(slash + 1));
}

function withArgument(
  { argument, paged, ...found }: DialogEntry,
  written: string | undefined,
): PveDialog | ViewMistake {
  if (argument === undefined) {
    if (written === undefined) return found;
    return { reason: `la fenêtre « ${found.name} » ne prend rien après son nom`, remedy: `Écrire ${found.name}.` };
  }
  const { what, usual, values } = argument;
  const choices = values === undefined ? [] : Object.keys(values);
  const value = written ?? usual;
  const known = value === undefined || values === undefined ? value : values[value];
  // Characters of a component query would change what it asks.
  if (value === undefined || value === "" || known === undefined || !/^[\w.-]+$/.test(known)) {
    const reason =
      written === undefined
        ? `la fenêtre « ${found.name} » demande ${what}`
        : `« ${written} » n’est pas ${what} que la fenêtre « ${found.name} » connaît`;
    const close = closestNames(written ?? "", choices);
    const forms = (close.length > 0 ? close : choices).map((each) => `${found.name}/${each}`);
    return { reason, remedy: `Écrire ${forms.length === 0 ? `${found.name}/${usual ?? "…"}` : oneOf(forms)}.` };
  }
  const filled = (text: string) => text.replace("{}", known);
  const row = found.row && Object.fromEntries(Object.entries(found.row).map(([key, text]) => [key, filled(text)]));
  if (paged === true) return { ...found, page: Number(known) };
  return { ...found, opener: filled(found.opener), ...(row === undefined ? {} : { row }) };
}

function standsOn({ scope, tab }: PveDialog, view: PveView): boolean {
  if (view.type !== "tab") return false;
  return scope === "any" || (view.scope === scope && (tab === "*" || tab === view.tab));
}
