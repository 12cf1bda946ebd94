import { closestNames } from "../base/closest.ts";
import { PVE_MAJORS, type PveMajor, type PveView, type ViewMistake } from "./pve-views.ts";

/** A window of the web page that a button opens. Queries are ExtJS component queries: ids are generated and texts translated. */
export interface PveDialog {
  readonly name: string;
  /** Where its button stands: a scope and a tab; any tab of the scope when it is `*`. */
  readonly scope: "datacenter" | "node" | "vm";
  readonly tab: string;
  /** The button, and which one when several match; empty when a row opens it. */
  readonly opener: string;
  readonly index: number;
  /** Values of the row whose double click opens it, for windows that have no button of their own. */
  readonly row?: Readonly<Record<string, string>>;
  readonly window: string;
  readonly majors: readonly PveMajor[];
}

const dialog = (
  name: string,
  place: `${PveDialog["scope"]}/${string}`,
  opener: string,
  window: string,
  more: Partial<Pick<PveDialog, "index" | "majors" | "row">> = {},
): PveDialog => {
  const [scope, tab = "*"] = place.split("/");
  return { name, scope: scope as PveDialog["scope"], tab, opener, index: 0, window, majors: PVE_MAJORS, ...more };
};

const cluster = "pveClusterAdministration";
const byClass = (name: string) => `window[$className=${name}]`;

/** The dialogs that can be photographed; none of them is ever submitted. */
export const PVE_DIALOGS: readonly PveDialog[] = [
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
  dialog("migrate", "vm/*", "button[iconCls=fa fa-send-o]", byClass("PVE.window.Migrate")),
  dialog("vm-network", "vm/hardware", "", byClass("PVE.qemu.NetworkEdit"), { row: { key: "net0" } }),
];

/** Reads a dialog's name as asked on a view; says which view shows it when it stands elsewhere. */
export function parsePveDialog(name: string, view: PveView, major?: PveMajor): PveDialog | ViewMistake {
  const found = PVE_DIALOGS.find((each) => each.name === name);
  if (found === undefined) {
    const names = PVE_DIALOGS.map((each) => each.name);
    const here = PVE_DIALOGS.filter((each) => standsOn(each, view)).map((each) => each.name);
    const near = closestNames(name, here);
    const close = near.length > 0 ? near : closestNames(name, names);
    return {
      reason: `la fenêtre « ${name} » n’existe pas`,
      remedy: `${close.length > 0 ? "Écrire" : "Fenêtres connues :"} ${(close.length > 0 ? close : names).join(", ")}.`,
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
  return found;
}

function standsOn({ scope, tab }: PveDialog, view: PveView): boolean {
  return view.type === "tab" && view.scope === scope && (tab === "*" || tab === view.tab);
}
