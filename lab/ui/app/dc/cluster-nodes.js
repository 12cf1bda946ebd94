// SPDX-License-Identifier: GPL-3.0-or-later

/** The members: name, Corosync id, votes, and one column per link that any of them has. */
Ext.define("PVE.dc.ClusterNodes", {
  extend: "Ext.grid.Panel",
  xtype: "pveLabClusterNodes",

  LINKS: 8,

  initComponent() {
    this.title = gettext("Cluster Nodes");
    const rings = Array.from({ length: this.LINKS }, (_nothing, number) => `ring${number}_addr`);
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      storeid: "pve-cluster-nodes",
      idProperty: "nodeid",
      fields: ["node", "name", { name: "nodeid", type: "int" }, { name: "quorum_votes", type: "int" }, ...rings],
      proxy: { type: "proxmox", url: "/api2/json/cluster/config/nodes" },
    });
    this.store = Ext.create("Proxmox.data.DiffStore", { rstore: this.rstore, sorters: "nodeid" });
    this.columns = [
      { text: gettext("Nodename"), dataIndex: "name", flex: 2 },
      { text: gettext("ID"), dataIndex: "nodeid", width: 100 },
      { text: gettext("Votes"), dataIndex: "quorum_votes", width: 100 },
      ...rings.map((dataIndex, number) => ({
        text: Ext.String.format(gettext("Link {0}"), number),
        dataIndex,
        flex: 2,
        hidden: true,
      })),
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", this.onLoad, this);
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
    this.rstore.startUpdate();
  },

  onLoad(_store, records, success) {
    const members = success ? (records ?? []) : [];
    this.lookupViewModel().set("nodecount", members.length);
    Ext.suspendLayouts();
    for (const column of this.query("gridcolumn[dataIndex^=ring]")) {
      column.setVisible(members.some((record) => record.get(column.dataIndex)));
    }
    Ext.resumeLayouts(true);
  },
});
