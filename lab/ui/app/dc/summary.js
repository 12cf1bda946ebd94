// SPDX-License-Identifier: GPL-3.0-or-later

/** The datacenter's summary: health, guests, resources and the table of nodes. */
Ext.define("PVE.dc.Summary", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveDcSummary",

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 1, margin: 5, bodyPadding: 10, cls: "lab-summary-panel" },

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 3000,
      autoStart: true,
      storeid: "pve-cluster-status",
      idProperty: "id",
      fields: [
        "id",
        "type",
        "name",
        "ip",
        "level",
        ...["nodeid", "online", "local", "quorate", "nodes", "version"].map((name) => ({ name, type: "int" })),
      ],
      proxy: { type: "proxmox", url: "/api2/json/cluster/status" },
    });
    this.items = [
      { xtype: "pveDcHealth", itemId: "dcHealth", height: 240 },
      { xtype: "pveDcGuests", itemId: "dcGuests", height: 240 },
      {
        xtype: "panel",
        itemId: "resources",
        title: gettext("Resources"),
        height: 240,
        bodyPadding: 0,
        layout: { type: "hbox", align: "stretch" },
        defaults: { xtype: "pveGauge", flex: 1 },
        items: [
          { itemId: "cpu", heading: gettext("CPU") },
          { itemId: "memory", heading: gettext("Memory") },
          { itemId: "storage", heading: gettext("Storage") },
        ],
      },
      { xtype: "pveDcNodeView", itemId: "nodeview", height: 250, bodyPadding: 0, statusStore: this.rstore },
      {
        xtype: "panel",
        title: gettext("Subscriptions"),
        height: 220,
        layout: "fit",
        items: [{ xtype: "pveHealthWidget", itemId: "subscriptions", cls: "lab-health lab-health-links" }],
      },
    ];
    this.callParent();
    this.mon(this.rstore, "load", (_store, records, success) => {
      if (success) this.down("#dcHealth").updateStatus(records);
    });
    this.mon(PVE.data.ResourceStore, "load", this.showResources, this);
    this.on("afterrender", () => PVE.data.ResourceStore.isLoaded() && this.showResources());
    this.on("destroy", () => this.rstore.destroy());
  },

  showResources() {
    const nodes = PVE.data.ResourceStore.ofType("node").map((record) => record.data);
    const sum = (name, list = nodes) => list.reduce((total, entry) => total + (entry[name] || 0), 0);
    const of = (used, total) => Ext.String.format(gettext("{0} of {1}"), PVE.Format.size(used), PVE.Format.size(total));
    const cores = sum("maxcpu");
    const busy = nodes.reduce((total, node) => total + (node.cpu || 0) * (node.maxcpu || 0), 0);
    this.down("#cpu").updateValue(cores ? busy / cores : 0, Ext.String.format(gettext("of {0} CPU(s)"), cores));
    this.down("#memory").updateValue(sum("mem") / (sum("maxmem") || 1), of(sum("mem"), sum("maxmem")));
    const storages = this.storagesOnce();
    const [used, total] = [sum("disk", storages), sum("maxdisk", storages)];
    this.down("#storage").updateValue(used / (total || 1), of(used, total));
    this.down("#dcGuests").updateGuests(PVE.data.ResourceStore.ofType("qemu", "lxc"));
    this.showSubscriptions(nodes);
  },

  /** A shared storage counts once, however many nodes see it. */
  storagesOnce() {
    const byName = new Map();
    for (const { data } of PVE.data.ResourceStore.ofType("storage")) {
      byName.set(data.shared ? data.storage : data.id, data);
    }
    return [...byName.values()];
  },

  showSubscriptions(nodes) {
    const missing = nodes.some((node) => node.level === "");
    this.down("#subscriptions").updateHealth(
      missing ? "critical" : "good",
      missing
        ? gettext("You have at least one node without subscription.")
        : gettext("Your subscription status is valid."),
    );
  },
});
