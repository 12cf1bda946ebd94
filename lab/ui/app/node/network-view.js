// SPDX-License-Identifier: GPL-3.0-or-later

/** A node's network interfaces. */
Ext.define("Proxmox.node.NetworkView", {
  extend: "Ext.grid.Panel",
  alias: "widget.proxmoxNodeNetworkView",

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      idProperty: "iface",
      sorters: "iface",
      fields: [
        "iface",
        "type",
        "cidr",
        "cidr6",
        "address",
        "gateway",
        "comments",
        "bridge_ports",
        "slaves",
        "bond_mode",
        "altnames",
        ...["active", "autostart", "bridge_vlan_aware"].map((name) => ({ name, type: "int" })),
      ],
      proxy: { type: "proxmox", url: `/api2/extjs/nodes/${encodeURIComponent(this.nodename)}/network` },
    });
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    this.tbar = [
      {
        text: gettext("Create"),
        menu: ["Linux Bridge", "Linux Bond", "Linux VLAN"].map((text) => ({ text, handler: tell(text) })),
      },
      { text: gettext("Revert"), disabled: true },
      { text: gettext("Edit"), disabled: true },
      { text: gettext("Remove"), disabled: true },
      { text: gettext("Apply Configuration"), disabled: true },
    ];
    this.columns = this.columnList();
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
  },

  columnList() {
    const types = { bridge: "Linux Bridge", bond: "Linux Bond", eth: gettext("Network Device"), vlan: "Linux VLAN" };
    const yesNo = (text, dataIndex, width) => ({ text, dataIndex, width, renderer: PVE.Format.yesNo });
    const lines = (...values) =>
      values
        .filter(Boolean)
        .map((value) => Ext.htmlEncode(value))
        .join("<br>");
    return [
      { text: gettext("Name"), dataIndex: "iface", width: 120, renderer: Ext.htmlEncode },
      ...(PVE.Lab.dialect === "9"
        ? [
            {
              text: gettext("Alternative Names"),
              dataIndex: "altnames",
              width: 110,
              renderer: (names) => lines(...[names ?? []].flat()),
            },
          ]
        : []),
      { text: gettext("Type"), dataIndex: "type", width: 120, renderer: (type) => types[type] ?? Ext.htmlEncode(type) },
      yesNo(gettext("Active"), "active", 80),
      yesNo(gettext("Autostart"), "autostart", 80),
      yesNo(gettext("VLAN aware"), "bridge_vlan_aware", 90),
      {
        text: gettext("Ports/Slaves"),
        dataIndex: "type",
        width: 130,
        renderer: (_type, _meta, { data }) => lines(data.bridge_ports, data.slaves),
      },
      { text: gettext("Bond Mode"), dataIndex: "bond_mode", width: 80 },
      { text: "CIDR", dataIndex: "cidr", width: 150, renderer: (cidr, _meta, { data }) => lines(cidr, data.cidr6) },
      { text: gettext("Gateway"), dataIndex: "gateway", width: 150, renderer: Ext.htmlEncode },
      { text: gettext("Comment"), dataIndex: "comments", flex: 1, renderer: Ext.htmlEncode },
    ];
  },
});
