// SPDX-License-Identifier: GPL-3.0-or-later

/** The cluster page: what the cluster is, the three buttons, and its members with their Corosync addresses. */
Ext.define("PVE.ClusterAdministration", {
  extend: "Ext.panel.Panel",
  xtype: "pveClusterAdministration",

  border: false,
  defaults: { border: false },
  layout: { type: "vbox", align: "stretch" },

  viewModel: {
    parent: null,
    data: { totem: {}, nodelist: [], preferred: {}, isInCluster: false, nodecount: 0 },
  },

  initComponent() {
    this.items = [
      { xtype: "pveLabClusterInformation", itemId: "information" },
      { xtype: "pveLabClusterNodes", itemId: "nodes", flex: 1 },
    ];
    this.callParent();
  },
});
