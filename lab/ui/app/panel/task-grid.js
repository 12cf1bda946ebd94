// SPDX-License-Identifier: GPL-3.0-or-later

/** The tasks of the whole cluster, newest first; a double click opens the task viewer. */
Ext.define("PVE.dc.Tasks", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveClusterTasks",

  border: false,

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", { interval: 3000, model: "PVE.data.Task", autoStart: true });
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      sorters: [{ property: "starttime", direction: "DESC" }],
    });
    this.viewConfig = {
      stripeRows: true,
      getRowClass: (record) => (record.get("state") === "error" ? "lab-row-error" : ""),
    };
    this.columns = [
      { text: gettext("Start Time"), dataIndex: "starttime", width: 150, renderer: PVE.Format.timestamp },
      { text: gettext("End Time"), dataIndex: "endtime", width: 150, renderer: (end, meta) => this.endCell(end, meta) },
      { text: gettext("Node"), dataIndex: "node", width: 100 },
      { text: gettext("User name"), dataIndex: "user", width: 150 },
      {
        text: gettext("Description"),
        dataIndex: "upid",
        flex: 1,
        renderer: (_upid, _meta, record) => PVE.TaskText.describe(record.get("type"), record.get("id")),
      },
      {
        text: gettext("Status"),
        dataIndex: "status",
        width: 200,
        renderer: (_text, _meta, record) => this.statusCell(record),
      },
      {
        xtype: "actioncolumn",
        width: 30,
        iconCls: "fa fa-chevron-right",
        handler: (_view, _row, _column, _item, _event, record) => this.openTask(record),
      },
    ];
    this.callParent();
    this.on("itemdblclick", (_view, record) => this.openTask(record));
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
  },

  endCell(end, meta) {
    if (end) return PVE.Format.timestamp(end);
    meta.tdCls = "x-grid-row-loading";
    return "";
  },

  statusCell(record) {
    switch (record.get("state")) {
      case "running":
        return "";
      case "ok":
        return record.get("status");
      default:
        return Ext.htmlEncode(`${gettext("Error")}: ${record.get("status")}`);
    }
  },

  openTask(record) {
    Ext.create("Proxmox.window.TaskViewer", { upid: record.getId() }).show();
  },
});
