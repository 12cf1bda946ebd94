// SPDX-License-Identifier: GPL-3.0-or-later

/** The zones, applied or waiting. */
Ext.define("PVE.sdn.ZoneView", {
  extend: "PVE.sdn.SectionGrid",
  alias: "widget.pveSDNZoneView",

  url: "/cluster/sdn/zones",
  idProperty: "zone",
  dataFields: ["mtu", "ipam", "dnszone", "dns", "reversedns", "nodes", "peers", "bridge"],

  initComponent() {
    const { Pending } = PVE.sdn;
    const column = (...each) => Pending.column(...each);
    this.columns = [
      {
        text: "ID",
        dataIndex: "zone",
        width: 100,
        renderer: (value, _meta, record) => Pending.cell(record, value, "zone"),
      },
      {
        text: gettext("Type"),
        dataIndex: "type",
        width: 100,
        renderer: (type) => Ext.htmlEncode(PVE.sdn.zones.Types.label(type)),
      },
      column("MTU", "mtu", { width: 60, flex: undefined }),
      column("IPAM", "ipam"),
      column(gettext("Domain"), "dnszone"),
      column("DNS", "dns"),
      column(gettext("Reverse DNS"), "reversedns"),
      column(gettext("Nodes"), "nodes"),
      { text: gettext("State"), dataIndex: "state", width: 100, renderer: (value) => Pending.state(value) },
    ];
    this.callParent();
  },

  addButton() {
    const menu = PVE.sdn.zones.Types.all.map(([type, text, icon]) => ({
      text,
      iconCls: `fa fa-fw fa-${icon}`,
      handler: () => this.openWindow("PVE.sdn.zones.BaseEdit", { type }),
    }));
    return { text: gettext("Add"), menu };
  },

  edit(record) {
    if (record) this.openWindow("PVE.sdn.zones.BaseEdit", { type: record.get("type"), sectionId: record.get("zone") });
  },
});
