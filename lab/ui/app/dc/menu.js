// SPDX-License-Identifier: GPL-3.0-or-later

/** The entries of the datacenter's menu, by dialect. Pages without an xtype are not simulated. */
Ext.define("PVE.dc.Menu", {
  singleton: true,

  pages({ mayMap, mayAudit }) {
    const nine = PVE.Lab.dialect === "9";
    const page = (itemId, title, icon, more) => ({
      xtype: "pveLabNotSimulated",
      itemId,
      title: gettext(title),
      iconCls: icon.startsWith("lab-") ? icon : `fa fa-${icon}`,
      ...more,
    });
    const audited = mayAudit
      ? [
          page("summary", "Summary", "book", { xtype: "pveDcSummary" }),
          page("notes", "Notes", "sticky-note-o"),
          page("cluster", "Cluster", "server", { xtype: "pveClusterAdministration" }),
          page("ceph", "Ceph", "lab-icon-ceph", { xtype: "pveNodeCephStatus" }),
          page("options", "Options", "gear", { xtype: "pveDcOptionView" }),
        ]
      : [];
    const storage = [
      page("storage", "Storage", "database", { xtype: "pveStorageView" }),
      page("backup", "Backup", "floppy-o"),
      page("replication", "Replication", "retweet"),
    ];
    const permissions = [
      page("permissions", "Permissions", "unlock", { expandedOnInit: true }),
      page("users", "Users", "user", { group: "permissions" }),
      page("apitokens", "API Tokens", "user-o", { group: "permissions" }),
      page("tfa", "Two Factor", "key", { group: "permissions" }),
      page("groups", "Groups", "users", { group: "permissions" }),
      page("pools", "Pools", "tags", { group: "permissions" }),
      page("roles", "Roles", "male", { group: "permissions" }),
      page("domains", "Realms", "address-book-o", { group: "permissions" }),
    ];
    const ha = [
      page("ha", "HA", "heartbeat", { xtype: "pveHAStatus" }),
      nine
        ? page("ha-rules", "Affinity Rules", "gears", { xtype: "pveHARulesView", group: "ha" })
        : page("ha-groups", "Groups", "object-group", { xtype: "pveHAGroupsView", group: "ha" }),
      page("ha-fencing", "Fencing", "bolt", { xtype: "pveFencingView", group: "ha" }),
    ];
    const sdn = [
      page("sdn", "SDN", "lab-icon-sdn", { xtype: "pveSDNStatus", expandedOnInit: true }),
      page("sdnzone", "Zones", "th", { xtype: "pveSDNZoneView", group: "sdn" }),
      page("sdnvnet", "VNets", "lab-icon-vnet", { xtype: "pveSDNVnet", group: "sdn" }),
      page("sdnoptions", "Options", "gear", { group: "sdn" }),
      page("sdnmappings", "IPAM", "map-signs", { group: "sdn" }),
      page("sdnfirewall", "VNet Firewall", "shield", { group: "sdn" }),
      ...(nine
        ? [
            page("sdnfabrics", "Fabrics", "road", { group: "sdn" }),
            page("sdnroutemaps", "Route Maps", "map", { group: "sdn" }),
            page("sdnprefixlists", "Prefix Lists", "list-ol", { group: "sdn" }),
          ]
        : []),
    ];
    const firewall = [
      page("firewall", "Firewall", "shield"),
      page("firewall-options", "Options", "gear", { group: "firewall" }),
      page("firewall-sg", "Security Group", "users", { group: "firewall" }),
      page("firewall-aliases", "Alias", "external-link", { group: "firewall" }),
      page("firewall-ipset", "IPSet", "list-ol", { group: "firewall" }),
    ];
    const mappings = mayMap
      ? [
          page("resources", "Resource Mappings", "folder-o"),
          page("directories", "Directory Mappings", "folder", { group: "resources" }),
        ]
      : [];
    const tail = [
      page("metricservers", "Metric Server", "bar-chart"),
      ...mappings,
      page("notification-targets", "Notifications", "bell-o"),
      ...(nine ? [page("cputypes", "Custom CPU models", "microchip")] : []),
      page("support", "Support", "comments-o"),
    ];
    return [
      ...audited,
      ...storage,
      ...permissions,
      ...ha,
      ...sdn,
      page("acme", "ACME", "certificate"),
      ...firewall,
      ...tail,
    ];
  },
});
