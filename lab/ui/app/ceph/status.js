// SPDX-License-Identifier: GPL-3.0-or-later

/** Ceph at a glance, of a node or of the datacenter: health with its checks, OSDs and PGs, services, use of space. */
Ext.define("PVE.node.CephStatus", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveNodeCephStatus",

  scrollable: true,
  bodyPadding: 5,
  layout: "column",
  defaults: { columnWidth: 1, margin: 5, cls: "lab-summary-panel" },

  initComponent() {
    const nodename = this.pveSelNode?.get("node");
    const base = nodename ? `/nodes/${encodeURIComponent(nodename)}` : "/cluster";
    this.metadata = {};
    this.status = {};
    this.rstore = this.poll(`${base}/ceph/status`, 5000);
    this.metadataStore = this.poll("/cluster/ceph/metadata", 15000);
    this.items = [
      this.healthPanel(),
      { xtype: "pveCephStatusDetail", itemId: "statusdetail", minHeight: 220 },
      { xtype: "pveCephServices", itemId: "services", minHeight: 180 },
      this.performancePanel(),
    ];
    this.callParent();
    PVE.Ceph.watch(this, this.rstore, nodename ?? "localhost");
    this.mon(
      this.rstore,
      "load",
      (_store, records, success) => success && records[0] && this.showStatus(records[0].data),
    );
    this.mon(this.metadataStore, "load", (_store, records, success) => {
      if (success && records[0]) this.showMetadata(records[0].data);
      else this.metadataStore.stopUpdate();
    });
    this.on("destroy", () => {
      this.rstore.destroy();
      this.metadataStore.destroy();
    });
    this.rstore.startUpdate();
    this.metadataStore.startUpdate();
  },

  poll(path, interval) {
    return Ext.create("Proxmox.data.UpdateStore", {
      interval,
      fields: ["fsid"],
      proxy: { type: "proxmox", url: `/api2/json${path}` },
    });
  },

  healthPanel() {
    return {
      xtype: "panel",
      title: gettext("Health"),
      bodyPadding: 10,
      minHeight: 230,
      layout: { type: "hbox", align: "stretch" },
      items: [
        {
          xtype: "container",
          flex: 1,
          layout: { type: "vbox", align: "stretch" },
          items: [
            {
              xtype: "pveHealthWidget",
              itemId: "overallhealth",
              flex: 1,
              data: { title: gettext("Status"), text: "" },
            },
            { xtype: "displayfield", itemId: "versioninfo", fieldLabel: gettext("Ceph Version"), value: "" },
          ],
        },
        {
          xtype: "grid",
          itemId: "warnings",
          flex: 2,
          minHeight: 180,
          store: { fields: ["id", "severity", "summary", "detail"], data: [] },
          emptyText: gettext("No Warnings/Errors"),
          viewConfig: { deferEmptyText: false },
          columns: [
            {
              text: "",
              dataIndex: "severity",
              width: 40,
              align: "center",
              renderer: (value) => PVE.Ceph.healthIcon(value),
            },
            { text: gettext("Summary"), dataIndex: "summary", flex: 1, renderer: Ext.htmlEncode },
          ],
        },
      ],
    };
  },

  performancePanel() {
    const figure = (itemId, title) => ({
      xtype: "component",
      itemId,
      height: 60,
      padding: "20 10 0 10",
      tpl: '<div class="lab-fact"><b>{title}:</b><span>{value}</span></div>',
      data: { title, value: "" },
    });
    return {
      xtype: "panel",
      title: gettext("Performance"),
      layout: { type: "hbox", align: "middle" },
      items: [
        { xtype: "pveGauge", itemId: "space", flex: 1, heading: gettext("Usage") },
        {
          xtype: "container",
          flex: 2,
          items: [figure("reads", gettext("Reads")), figure("writes", gettext("Writes"))],
        },
      ],
    };
  },

  showStatus(data) {
    this.status = data;
    const health = data.health ?? {};
    this.down("#overallhealth").updateHealth(PVE.Ceph.looks[health.status] ?? "unknown", health.status ?? "");
    const checks = Object.entries(health.checks ?? {}).sort(([one], [other]) => (one < other ? -1 : 1));
    this.down("#warnings")
      .getStore()
      .loadData(
        checks.map(([id, check]) => ({
          id,
          severity: check.severity,
          summary: check.summary.message,
          detail: (check.detail ?? []).map((line) => line.message).join("\n"),
        })),
      );
    this.down("#statusdetail").updateAll(data);
    this.down("#services").updateAll(this.metadata, data);
    const { bytes_used: used, bytes_total: total, read_bytes_sec: read, write_bytes_sec: written } = data.pgmap ?? {};
    const of = Ext.String.format(gettext("{0} of {1}"), PVE.Format.size(used), PVE.Format.size(total));
    this.down("#space").updateValue(total ? used / total : 0, of);
    this.down("#reads").update({ title: gettext("Reads"), value: `${PVE.Format.size(read ?? 0)}/s` });
    this.down("#writes").update({ title: gettext("Writes"), value: `${PVE.Format.size(written ?? 0)}/s` });
  },

  showMetadata(data) {
    this.metadata = data;
    this.down("#versioninfo").setValue(PVE.Ceph.newest(data.node));
    this.down("#services").updateAll(data, this.status);
  },
});
