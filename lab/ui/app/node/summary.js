// SPDX-License-Identifier: GPL-3.0-or-later

/** A node's summary: its status, and its load over time. */
Ext.define("PVE.node.Summary", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveNodeSummary",
  mixins: ["PVE.panel.TimeFrame"],

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 1, margin: 5, cls: "lab-summary-panel" },

  initComponent() {
    const base = `/api2/json/nodes/${encodeURIComponent(this.nodename)}`;
    this.rstore = this.statusStore;
    this.rrdstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 30000,
      autoStart: true,
      fields: [
        { name: "time", type: "date", dateFormat: "timestamp" },
        { name: "cpushare", calculate: (data) => (data.cpu === undefined ? null : data.cpu * 100) },
        { name: "iowaitshare", calculate: (data) => (data.iowait === undefined ? null : data.iowait * 100) },
        ...["cpu", "iowait", "loadavg", "memtotal", "memused", "netin", "netout"].map((name) => ({
          name,
          allowNull: true,
        })),
      ],
      proxy: { type: "proxmox", url: `${base}/rrddata`, extraParams: { timeframe: "hour", cf: "AVERAGE" } },
    });
    this.tbar = ["->", this.timeframe(), this.consolidation()];
    const chart = (title, unit, fields, titles) => ({
      xtype: "proxmoxRRDChart",
      title,
      unit,
      fields,
      titles,
      store: this.rrdstore,
    });
    this.items = [
      { xtype: "pveNodeStatus", itemId: "nodestatus", nodename: this.nodename, statusStore: this.statusStore },
      chart(gettext("CPU usage"), "%", ["cpushare", "iowaitshare"], [gettext("CPU usage"), gettext("IO delay")]),
      chart(gettext("Server load"), "", ["loadavg"], [gettext("Load average")]),
      chart(
        gettext("Memory usage"),
        gettext("Bytes"),
        ["memtotal", "memused"],
        [gettext("Total"), gettext("RAM usage")],
      ),
      chart(
        gettext("Network traffic"),
        gettext("Bytes"),
        ["netin", "netout"],
        [gettext("Incoming"), gettext("Outgoing")],
      ),
    ];
    this.callParent();
    this.on("destroy", () => this.rrdstore.destroy());
  },
});
