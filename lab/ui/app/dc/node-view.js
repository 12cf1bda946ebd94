// SPDX-License-Identifier: GPL-3.0-or-later

/** The table of nodes: membership from cluster/status, load from the resources that come a little later. */
Ext.define("PVE.dc.NodeView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveDcNodeView",

  disableSelection: true,

  initComponent() {
    this.title = gettext("Nodes");
    this.rstore = this.statusStore;
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      // A function: the real table shows no sort mark.
      sorters: [(one, other) => one.get("name").localeCompare(other.get("name"))],
      keep: (record) => record.get("type") === "node",
    });
    this.tools = [
      { type: "up", tooltip: gettext("Less"), handler: () => this.setHeight(Math.max(250, this.getHeight() - 100)) },
      { type: "down", tooltip: gettext("More"), handler: () => this.setHeight(this.getHeight() + 100) },
    ];
    this.columns = [
      { text: gettext("Name"), dataIndex: "name", flex: 1 },
      { text: "ID", dataIndex: "nodeid", width: 40 },
      { text: gettext("Online"), dataIndex: "online", width: 60, renderer: PVE.Format.onlineIcon },
      { text: gettext("Support"), dataIndex: "level", width: 100, renderer: (level) => this.supportLevel(level) },
      { text: gettext("Server Address"), dataIndex: "ip", width: 115 },
      this.shareColumn(gettext("CPU usage"), "cpuusage"),
      this.shareColumn(gettext("Memory usage"), "memoryusage"),
      {
        text: gettext("Uptime"),
        dataIndex: "uptime",
        width: 102,
        align: "right",
        renderer: (uptime) => (uptime ? PVE.Format.duration(uptime) : ""),
      },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(PVE.data.ResourceStore, "load", this.takeLoad, this);
    this.on("destroy", () => this.store.destroy());
  },

  shareColumn(text, dataIndex) {
    return {
      xtype: "widgetcolumn",
      text,
      dataIndex,
      width: 110,
      widget: { xtype: "progressbarwidget", textTpl: ["{percent:number('0')}%"], animate: false },
    };
  },

  supportLevel(level) {
    return { c: "Community", b: "Basic", s: "Standard", p: "Premium" }[level] ?? "-";
  },

  takeLoad() {
    for (const { data } of PVE.data.ResourceStore.ofType("node")) {
      const record = this.store.findRecord("name", data.node, 0, false, true, true);
      const known = {
        cpuusage: data.cpu || 0,
        memoryusage: data.maxmem ? data.mem / data.maxmem : 0,
        uptime: data.uptime,
      };
      record?.set(known, { dirty: false, commit: true });
    }
  },
});
