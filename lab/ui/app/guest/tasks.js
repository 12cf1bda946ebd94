// SPDX-License-Identifier: GPL-3.0-or-later

/** The finished tasks of one guest on its node; a double click opens the task viewer. */
Ext.define("Proxmox.node.Tasks", {
  extend: "Ext.grid.Panel",
  alias: "widget.proxmoxNodeTasks",

  initComponent() {
    const filter = this.vmidFilter === undefined ? {} : { vmid: this.vmidFilter };
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      model: "PVE.data.Task",
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(this.nodename)}/tasks`,
        extraParams: { limit: 500, ...filter },
      },
    });
    this.columns = [
      { text: gettext("Start Time"), dataIndex: "starttime", width: 150, renderer: PVE.Format.timestamp },
      { text: gettext("End Time"), dataIndex: "endtime", width: 150, renderer: PVE.Format.timestamp },
      { text: gettext("User name"), dataIndex: "user", width: 150 },
      {
        text: gettext("Description"),
        dataIndex: "upid",
        flex: 1,
        renderer: (_upid, _meta, record) => PVE.TaskText.describe(record.get("type"), record.get("id")),
      },
      { text: gettext("Status"), dataIndex: "status", width: 200, renderer: Ext.htmlEncode },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
    this.on("itemdblclick", (_view, record) =>
      Ext.create("Proxmox.window.TaskViewer", { upid: record.getId() }).show(),
    );
  },
});
