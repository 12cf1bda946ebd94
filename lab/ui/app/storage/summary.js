// SPDX-License-Identifier: GPL-3.0-or-later

/** A storage on a node: whether it is enabled and active, what it holds, how full it is, and its use over time. */
Ext.define("PVE.storage.Summary", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveStorageSummary",

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 0.5, margin: 5, cls: "lab-summary-panel" },

  initComponent() {
    const { node, storage } = this.pveSelNode.data;
    const base = `/api2/json/nodes/${encodeURIComponent(node)}/storage/${encodeURIComponent(storage)}`;
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      autoStart: true,
      fields: ["total", "used", "avail", "type", "content", "active", "enabled", "shared"],
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
    this.items = [
      {
        xtype: "panel",
        itemId: "facts",
        title: Ext.htmlEncode(storage),
        height: 250,
        bodyPadding: "15 20",
        bodyCls: "lab-node-status",
      },
      {
        xtype: "proxmoxRRDChart",
        columnWidth: 1,
        title: gettext("Usage"),
        unit: gettext("Bytes"),
        fields: ["total", "used"],
        titles: [gettext("Total Size"), gettext("Used Size")],
        store: this.rrdstore,
      },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", (_store, records, success) => success && this.showFacts(records[0]?.data ?? {}));
    this.on("destroy", () => {
      this.rstore.destroy();
      this.rrdstore.destroy();
    });
  },

  showFacts(data) {
    const line = (name, value) => `<div class="lab-fact"><span>${name}</span><span>${value}</span></div>`;
    const share = data.total ? data.used / data.total : 0;
    this.down("#facts").update(
      [
        line(gettext("Enabled"), PVE.Format.yesNo(data.enabled)),
        line(gettext("Active"), PVE.Format.yesNo(data.active)),
        line(gettext("Content"), Ext.htmlEncode(PVE.storage.Texts.content(data.content))),
        line(gettext("Type"), Ext.htmlEncode(PVE.storage.Texts.type(data.type))),
        `<div style="height:14px"></div>`,
        line(
          gettext("Usage"),
          PVE.Format.usage(data.used, data.total, (bytes) => PVE.Format.decimalSize(bytes)),
        ),
        `<div class="lab-bar"><div style="width:${(share * 100).toFixed(1)}%"></div></div>`,
      ].join(""),
    );
  },
});
