// SPDX-License-Identifier: GPL-3.0-or-later

/** Quorum, fencing, master and local managers, as the stack tells them. */
Ext.define("PVE.ha.StatusView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveHAStatusView",

  ORDER: { quorum: 0, fencing: 1, master: 2, lrm: 3 },

  initComponent() {
    this.title = gettext("Status");
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      keep: (record) => record.get("type") !== "service",
      sorters: [
        { sorterFn: (a, b) => (this.ORDER[a.get("type")] ?? 9) - (this.ORDER[b.get("type")] ?? 9) },
        { property: "id" },
      ],
    });
    this.columns = [
      { text: gettext("Type"), dataIndex: "type", width: 80 },
      { text: gettext("Status"), dataIndex: "status", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.on("destroy", () => this.store.destroy());
  },
});
