// SPDX-License-Identifier: GPL-3.0-or-later

/** The search page: every resource below the selected one, filtered as one types. */
Ext.define("PVE.grid.ResourceGrid", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveResourceGrid",

  border: false,
  stateful: true,
  stateId: "grid-resource",

  initComponent() {
    const node = this.pveSelNode?.get("type") === "node" ? this.pveSelNode.get("node") : undefined;
    this.rstore = PVE.data.ResourceStore;
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      sorters: [{ property: "type" }, { property: "text" }],
      keep: (record) => node === undefined || record.get("node") === node,
    });
    this.tbar = ["->", `${gettext("Search")}:`, this.searchField()];
    this.columns = this.columnList();
    this.callParent();
    this.on("itemdblclick", (_view, record) =>
      Ext.ComponentQuery.query("pveResourceTree")[0].selectById(record.getId()),
    );
    this.on("destroy", () => this.store.destroy());
  },

  searchField() {
    return {
      xtype: "textfield",
      width: 200,
      enableKeyEvents: true,
      listeners: { buffer: 200, change: (_field, value) => this.narrow(value) },
    };
  },

  narrow(value) {
    const wanted = (value ?? "").trim().toLowerCase();
    this.store.clearFilter(wanted !== "");
    if (wanted === "") return;
    this.store.filterBy((record) =>
      ["name", "type", "node", "storage", "id", "text"].some((name) =>
        `${record.get(name) ?? ""}`.toLowerCase().includes(wanted),
      ),
    );
  },

  columnList() {
    const share = (used, total) => (value, _meta, record) =>
      record.get(total)
        ? PVE.Format.percent((value ?? record.get(used)) / record.get(total)).replace(/\.(\d)\d%/, ".$1 %")
        : "";
    return [
      {
        text: gettext("Type"),
        dataIndex: "type",
        width: 110,
        renderer: (_type, _meta, record) => PVE.tree.Icons.cell(record),
      },
      { text: gettext("Description"), dataIndex: "text", flex: 1 },
      { text: gettext("Node"), dataIndex: "node", width: 110, hidden: true },
      {
        text: gettext("Disk usage %"),
        dataIndex: "disk",
        width: 110,
        align: "right",
        renderer: share("disk", "maxdisk"),
      },
      {
        text: gettext("Memory usage %"),
        dataIndex: "mem",
        width: 120,
        align: "right",
        renderer: share("mem", "maxmem"),
      },
      {
        text: gettext("CPU usage"),
        dataIndex: "cpu",
        width: 150,
        renderer: (cpu, _meta, record) =>
          record.get("maxcpu") ? `${((cpu || 0) * 100).toFixed(1)}% ${gettext("of")} ${record.get("maxcpu")} CPUs` : "",
      },
      {
        text: gettext("Uptime"),
        dataIndex: "uptime",
        width: 130,
        renderer: (uptime) => (uptime ? PVE.Format.duration(uptime) : "-"),
      },
    ];
  },
});
