// SPDX-License-Identifier: GPL-3.0-or-later

/** Everything the cluster has, asked every three seconds: tree, search, counters and gauges all read this one store. */
Ext.define("PVE.data.ResourceStore", {
  extend: "Proxmox.data.UpdateStore",
  singleton: true,

  constructor() {
    this.callParent([{ storeId: "PVEResources", model: "PVE.data.Resource", interval: 3000 }]);
  },

  /** Names of the nodes, online or not. */
  nodeNames() {
    return this.getRange()
      .filter((record) => record.get("type") === "node")
      .map((record) => record.get("node"));
  },

  /** Records of one type. */
  ofType(...types) {
    return this.getRange().filter((record) => types.includes(record.get("type")));
  },
});
