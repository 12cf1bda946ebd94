// SPDX-License-Identifier: GPL-3.0-or-later

/** The storages that the cluster defines. */
Ext.define("PVE.dc.StorageView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveStorageView",

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      idProperty: "storage",
      sorters: "storage",
      fields: [
        "storage",
        "type",
        "content",
        "path",
        "pool",
        "vgname",
        "thinpool",
        "nodes",
        { name: "shared", type: "int" },
        { name: "disable", type: "int" },
      ],
      proxy: { type: "proxmox", url: "/api2/json/storage" },
    });
    this.tbar = [
      {
        text: gettext("Add"),
        menu: [{ text: "LVM-Thin", handler: () => PVE.panel.NotSimulated.tell(gettext("Add")) }],
      },
      { text: gettext("Remove"), disabled: true },
      { text: gettext("Edit"), disabled: true },
    ];
    this.columns = [
      { text: "ID", dataIndex: "storage", flex: 2 },
      { text: gettext("Type"), dataIndex: "type", flex: 1, renderer: PVE.storage.Texts.type },
      { text: gettext("Content"), dataIndex: "content", flex: 3, renderer: PVE.storage.Texts.content },
      {
        text: `${gettext("Path")}/${gettext("Target")}`,
        dataIndex: "path",
        flex: 2,
        renderer: (path, _meta, record) => Ext.htmlEncode(path || record.get("pool") || ""),
      },
      { text: gettext("Shared"), dataIndex: "shared", flex: 1, renderer: PVE.Format.yesNo },
      { text: gettext("Enabled"), dataIndex: "disable", flex: 1, renderer: (off) => PVE.Format.yesNo(!off) },
      { text: gettext("Bandwidth Limit"), dataIndex: "bwlimit", flex: 2 },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
  },
});
