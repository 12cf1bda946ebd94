// SPDX-License-Identifier: GPL-3.0-or-later

/** The cluster's log; asked only while its tab is open. */
Ext.define("PVE.dc.Log", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveClusterLog",

  border: false,

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 3000,
      idProperty: "uid",
      fields: [
        "uid",
        { name: "time", type: "int" },
        "node",
        "user",
        "tag",
        "msg",
        { name: "pid", type: "int" },
        { name: "pri", type: "int" },
      ],
      proxy: { type: "proxmox", url: "/api2/json/cluster/log" },
    });
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      sorters: [{ property: "time", direction: "DESC" }],
    });
    this.columns = [
      { text: gettext("Time"), dataIndex: "time", width: 150, renderer: PVE.Format.timestamp },
      { text: gettext("Node"), dataIndex: "node", width: 150 },
      { text: gettext("Service"), dataIndex: "tag", width: 100 },
      { text: "PID", dataIndex: "pid", width: 100 },
      { text: gettext("User name"), dataIndex: "user", width: 150 },
      { text: gettext("Severity"), dataIndex: "pri", width: 80 },
      { text: gettext("Message"), dataIndex: "msg", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.callParent();
    this.on("activate", () => this.rstore.startUpdate());
    this.on("deactivate", () => this.rstore.stopUpdate());
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
  },
});
