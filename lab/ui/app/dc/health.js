// SPDX-License-Identifier: GPL-3.0-or-later

/** Quorum, nodes online and offline, and Ceph's health where Ceph is. */
Ext.define("PVE.dc.Health", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveDcHealth",

  layout: { type: "hbox", align: "stretch" },

  initComponent() {
    this.title = gettext("Health");
    this.cephStore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 10000,
      fields: ["health"],
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(Proxmox.NodeName || "localhost")}/ceph/status`,
      },
    });
    this.items = [
      { xtype: "pveHealthWidget", itemId: "clusterstatus", flex: 1, data: { title: gettext("Status"), text: "" } },
      {
        xtype: "component",
        itemId: "nodestatus",
        flex: 1,
        cls: "lab-health",
        tpl: this.nodeTemplate(),
        data: { online: 0, offline: 0 },
      },
      { xtype: "pveHealthWidget", itemId: "ceph", flex: 1, hidden: true, data: { title: "Ceph", text: "" } },
    ];
    this.callParent();
    this.mon(this.cephStore, "load", this.showCeph, this);
    this.on("afterrender", () => this.cephStore.startUpdate());
    this.on("destroy", () => this.cephStore.destroy());
  },

  nodeTemplate() {
    return [
      `<h3>${gettext("Nodes")}</h3>`,
      '<table class="lab-counts">',
      `<tr><td><i class="fa fa-fw fa-check good"></i> ${gettext("Online")}</td><td>{online}</td></tr>`,
      `<tr><td><i class="fa fa-fw fa-times critical"></i> ${gettext("Offline")}</td><td>{offline}</td></tr>`,
      "</table>",
    ];
  },

  updateStatus(records) {
    const nodes = records.filter((record) => record.get("type") === "node");
    const online = nodes.filter((record) => record.get("online") === 1).length;
    this.down("#nodestatus").update({ online, offline: nodes.length - online });
    const cluster = records.find((record) => record.get("type") === "cluster");
    const widget = this.down("#clusterstatus");
    if (!cluster) {
      widget.updateHealth("good", gettext("Standalone node - no cluster defined"));
      return;
    }
    const quorate = cluster.get("quorate") === 1;
    const text = gettext("Cluster: {0}, Quorate: {1}");
    widget.updateHealth(
      quorate ? "good" : "critical",
      Ext.String.format(text, cluster.get("name"), PVE.Format.yesNo(quorate)),
    );
  },

  /** No Ceph here, or none yet: the column stays away and the question is not asked again. */
  showCeph(store, records, success) {
    if (!success || !records[0]) {
      store.stopUpdate();
      return;
    }
    const health = records[0].get("health")?.status ?? "";
    const look = { HEALTH_OK: "good", HEALTH_WARN: "warning", HEALTH_ERR: "critical" }[health] ?? "unknown";
    this.down("#ceph").updateHealth(look, health);
    this.down("#ceph").show();
  },
});
