// SPDX-License-Identifier: GPL-3.0-or-later

/** What a zone has on a node: its VNets, or the node's own bridges for `localnetwork`. */
Ext.define("PVE.sdn.ZoneContentView", {
  extend: "Ext.grid.Panel",
  alias: ["widget.pveSDNZoneContentView", "widget.pveSDNZoneContentPanel"],

  initComponent() {
    const { node, text, id } = this.pveSelNode.data;
    const zone = id.split("/").at(-1) ?? text;
    const place = `/api2/json/nodes/${encodeURIComponent(node)}`;
    const own = zone === "localnetwork";
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      fields: [
        { name: "vnet", mapping: own ? "iface" : "vnet" },
        { name: "alias", mapping: own ? "comments" : "alias" },
        "status",
        "statusmsg",
      ],
      sorters: "vnet",
      proxy: {
        type: "proxmox",
        url: own ? `${place}/network?type=any_local_bridge` : `${place}/sdn/zones/${encodeURIComponent(zone)}/content`,
      },
    });
    this.columns = [
      { text: "VNet", dataIndex: "vnet", width: 100 },
      { text: gettext("Alias"), dataIndex: "alias", width: 300, renderer: (value) => Ext.htmlEncode(value ?? "") },
      { text: gettext("Status"), dataIndex: "status", width: 100 },
      { text: gettext("Details"), dataIndex: "statusmsg", flex: 1, renderer: (value) => Ext.htmlEncode(value ?? "") },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
  },
});
