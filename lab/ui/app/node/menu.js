// SPDX-License-Identifier: GPL-3.0-or-later

/** The entries of a node's menu, the same in every version. Pages without an xtype are not simulated. */
Ext.define("PVE.node.Menu", {
  singleton: true,

  pages(nodename) {
    const page = (itemId, title, icon, more) => ({
      xtype: "pveLabNotSimulated",
      itemId,
      title: gettext(title),
      iconCls: icon.startsWith("lab-") ? icon : `fa fa-${icon}`,
      nodename,
      ...more,
    });
    return [
      page("summary", "Summary", "book", { xtype: "pveNodeSummary" }),
      page("notes", "Notes", "sticky-note-o"),
      page("jsconsole", "Shell", "terminal"),
      page("services", "System", "cogs", { expandedOnInit: true }),
      page("network", "Network", "exchange", { xtype: "proxmoxNodeNetworkView", group: "services" }),
      page("certificates", "Certificates", "certificate", { group: "services" }),
      page("dns", "DNS", "globe", { group: "services" }),
      page("hosts", "Hosts", "globe", { group: "services" }),
      page("options", "Options", "gear", { group: "services" }),
      page("time", "Time", "clock-o", { group: "services" }),
      page("syslog", "System Log", "list", { group: "services" }),
      page("apt", "Updates", "refresh", { expandedOnInit: true }),
      page("aptrepositories", "Repositories", "files-o", { group: "apt" }),
      page("firewall", "Firewall", "shield"),
      page("firewall-options", "Options", "gear", { group: "firewall" }),
      page("firewall-fwlog", "Log", "list", { group: "firewall" }),
      page("storage", "Disks", "hdd-o", { xtype: "pmxDiskList", expandedOnInit: true }),
      page("lvm", "LVM", "square", { group: "storage" }),
      page("lvmthin", "LVM-Thin", "square-o", { xtype: "pveLVMThinList", group: "storage" }),
      page("directory", "Directory", "folder", { group: "storage" }),
      page("zfs", "ZFS", "th-large", { group: "storage" }),
      page("ceph", "Ceph", "lab-icon-ceph", { xtype: "pveNodeCephStatus" }),
      page("ceph-config", "Configuration", "gear", { xtype: "pveNodeCephConfigCrush", group: "ceph" }),
      page("ceph-monlist", "Monitor", "tv", { xtype: "pveNodeCephMonMgr", group: "ceph" }),
      page("ceph-osdtree", "OSD", "hdd-o", { xtype: "pveNodeCephOsdTree", group: "ceph" }),
      page("ceph-cephfspanel", "CephFS", "folder", { group: "ceph" }),
      page("ceph-pools", "Pools", "sitemap", { xtype: "pveNodeCephPoolList", group: "ceph" }),
      page("ceph-log", "Log", "list", { group: "ceph" }),
      page("replication", "Replication", "retweet"),
      page("tasks", "Task History", "list-alt", { xtype: "proxmoxNodeTasks" }),
      page("support", "Subscription", "support"),
    ];
  },
});
