// SPDX-License-Identifier: GPL-3.0-or-later

/** The configuration as text, its database, and the CRUSH map as text. */
Ext.define("PVE.node.CephConfigCrush", {
  extend: "Ext.container.Container",
  xtype: "pveNodeCephConfigCrush",

  layout: { type: "hbox", align: "stretch" },

  initComponent() {
    this.nodename = this.pveSelNode.get("node");
    const base = `/nodes/${encodeURIComponent(this.nodename)}/ceph`;
    const text = (itemId, title) => ({
      xtype: "panel",
      itemId,
      title,
      scrollable: true,
      bodyPadding: 5,
      flex: 1,
      cls: "lab-log",
      border: false,
    });
    this.items = [
      {
        xtype: "container",
        flex: 1,
        layout: { type: "vbox", align: "stretch" },
        items: [text("config", gettext("Configuration")), this.databaseGrid(base)],
      },
      { xtype: "splitter" },
      text("crush", "CRUSH Map"),
    ];
    this.callParent();
    this.showText("#config", `${base}/cfg/raw`);
    this.showText("#crush", `${base}/crush`);
  },

  databaseGrid(base) {
    return {
      xtype: "grid",
      itemId: "configdb",
      title: gettext("Configuration Database"),
      flex: 1,
      border: false,
      store: Ext.create("Ext.data.Store", {
        autoLoad: true,
        fields: ["section", "mask", "level", "name", "value"],
        proxy: { type: "proxmox", url: `/api2/json${base}/cfg/db` },
      }),
      columns: [
        { text: "WHO", dataIndex: "section", width: 80 },
        { text: "LEVEL", dataIndex: "level", width: 100 },
        { text: "OPTION", dataIndex: "name", flex: 1 },
        { text: "VALUE", dataIndex: "value", flex: 1 },
      ],
    };
  },

  showText(query, url) {
    Proxmox.Utils.API2Request({
      url,
      waitMsgTarget: this.down(query),
      failure: (response) => PVE.Ceph.showInstallOrMask(this, response.htmlStatus, this.nodename),
      success: ({ result }) => this.down(query).update(`<pre>${Ext.htmlEncode(result.data)}</pre>`),
    });
  },
});
