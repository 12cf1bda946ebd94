// SPDX-License-Identifier: GPL-3.0-or-later

/** A guest's summary: its state, its notes, and its load over time. */
Ext.define("PVE.guest.Summary", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveGuestSummary",
  mixins: ["PVE.panel.TimeFrame"],

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 1, margin: 5, cls: "lab-summary-panel" },

  initComponent() {
    const { node, vmid } = this.pveSelNode.data;
    this.rstore = this.statusStore;
    this.rrdstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 30000,
      autoStart: true,
      fields: [
        { name: "time", type: "date", dateFormat: "timestamp" },
        { name: "cpushare", calculate: (data) => (data.cpu === undefined ? null : data.cpu * 100) },
        ...["cpu", "mem", "maxmem", "memhost", "netin", "netout", "diskread", "diskwrite"].map((name) => ({
          name,
          allowNull: true,
        })),
      ],
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(node)}/qemu/${vmid}/rrddata`,
        extraParams: { timeframe: "hour", cf: "AVERAGE" },
      },
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
      { xtype: "pveGuestStatusView", columnWidth: 0.5, pveSelNode: this.pveSelNode, statusStore: this.statusStore },
      { xtype: "panel", itemId: "notesview", title: gettext("Notes"), columnWidth: 0.5, height: 350, bodyPadding: 10 },
      chart(gettext("CPU Usage"), "%", ["cpushare"], [gettext("CPU usage")]),
      chart(gettext("Memory usage"), gettext("Bytes"), ["maxmem", "mem"], [gettext("Total"), gettext("Used")]),
      chart(
        gettext("Network traffic"),
        gettext("Bytes"),
        ["netin", "netout"],
        [gettext("Incoming"), gettext("Outgoing")],
      ),
      chart(gettext("Disk IO"), gettext("Bytes"), ["diskread", "diskwrite"], [gettext("Read"), gettext("Write")]),
    ];
    this.callParent();
    this.showNotes(node, vmid);
    this.on("destroy", () => this.rrdstore.destroy());
  },

  showNotes(node, vmid) {
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(node)}/qemu/${vmid}/config`,
      success: (response) => {
        if (!this.destroyed) this.down("#notesview").update(Ext.htmlEncode(response.result.data.description ?? ""));
      },
    });
  },
});
