// SPDX-License-Identifier: GPL-3.0-or-later

/** The state of a storage on a node, and its use over time. */
Ext.define("PVE.storage.Summary", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveStorageSummary",
  mixins: ["PVE.panel.TimeFrame"],

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 1, margin: 5, cls: "lab-summary-panel" },

  initComponent() {
    const { node, storage } = this.pveSelNode.data;
    const base = `/api2/json/nodes/${encodeURIComponent(node)}/storage/${encodeURIComponent(storage)}`;
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 1000,
      autoStart: true,
      fields: ["type", "content", "enabled", "active", "total", "used", "avail"],
      proxy: { type: "proxmox", url: `${base}/status` },
    });
    this.rrdstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 30000,
      autoStart: true,
      fields: [
        { name: "time", type: "date", dateFormat: "timestamp" },
        ...["total", "used"].map((name) => ({ name, allowNull: true })),
      ],
      proxy: { type: "proxmox", url: `${base}/rrddata`, extraParams: { timeframe: "hour", cf: "AVERAGE" } },
    });
    this.tbar = ["->", this.timeframe(), this.consolidation()];
    const fact = (itemId, title) => ({ xtype: "pmxInfoWidget", itemId, title });
    this.items = [
      {
        xtype: "panel",
        itemId: "status",
        title: gettext("Status"),
        height: 200,
        bodyPadding: "15 25",
        layout: { type: "vbox", align: "stretch" },
        items: [
          fact("enabled", gettext("Enabled")),
          fact("active", gettext("Active")),
          fact("content", gettext("Content")),
          fact("type", gettext("Type")),
          { xtype: "component", height: 14 },
          fact("usage", gettext("Usage")),
        ],
      },
      {
        xtype: "proxmoxRRDChart",
        title: gettext("Usage"),
        unit: gettext("Bytes"),
        fields: ["total", "used"],
        titles: [gettext("Total Size"), gettext("Used Size")],
        store: this.rrdstore,
      },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", (_store, records, success) => success && this.showState(records[0]?.data ?? {}));
    this.on("destroy", () => {
      this.rstore.destroy();
      this.rrdstore.destroy();
    });
  },

  showState(data) {
    if (this.destroyed) return;
    const set = (itemId, text, share) => this.down(`#${itemId}`).updateValue(text, share);
    set("enabled", PVE.Format.yesNo(data.enabled));
    set("active", PVE.Format.yesNo(data.active));
    set("content", PVE.storage.Texts.content(data.content));
    set("type", PVE.storage.Texts.type(data.type));
    const usage = PVE.Format.usage(data.used, data.total, (bytes) => PVE.Format.decimalSize(bytes));
    set("usage", usage, data.total ? data.used / data.total : 0);
  },
});
