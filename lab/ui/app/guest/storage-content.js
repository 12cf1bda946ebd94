// SPDX-License-Identifier: GPL-3.0-or-later

/** What a storage holds of one kind. */
Ext.define("PVE.storage.ContentView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveStorageContentView",

  initComponent() {
    const { node, storage } = this.pveSelNode.data;
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      idProperty: "volid",
      sorters: "volid",
      fields: [
        "volid",
        "format",
        "content",
        "size",
        "ctime",
        "vmid",
        { name: "text", calculate: ({ volid }) => (volid ?? "").replace(/^.*?:(?:.*\/)?/, "") },
      ],
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(node)}/storage/${encodeURIComponent(storage)}/content`,
        extraParams: { content: this.content },
      },
    });
    this.tbar = [
      { text: gettext("Remove"), disabled: true },
      "->",
      `${gettext("Search")}:`,
      { xtype: "textfield", width: 200 },
    ];
    this.columns = [
      { text: gettext("Name"), dataIndex: "text", flex: 2, renderer: Ext.htmlEncode },
      { text: gettext("Date"), dataIndex: "ctime", width: 150, renderer: PVE.Format.timestamp },
      { text: gettext("Format"), dataIndex: "format", width: 100 },
      {
        text: gettext("Size"),
        dataIndex: "size",
        width: 110,
        align: "right",
        renderer: (bytes) => PVE.Format.decimalSize(bytes),
      },
      ...(this.content === "images" ? [{ text: "VMID", dataIndex: "vmid", width: 90 }] : []),
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
  },
});
