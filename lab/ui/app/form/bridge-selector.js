// SPDX-License-Identifier: GPL-3.0-or-later

/** The bridges and virtual networks of a node. */
Ext.define("PVE.form.BridgeSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.PVE.form.BridgeSelector",

  valueField: "iface",
  displayField: "iface",
  queryMode: "local",
  allowBlank: false,
  editable: true,
  listConfig: { minWidth: 300, loadMask: false },

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      fields: ["iface", "active", "type"],
      filters: [(record) => ["bridge", "OVSBridge", "vnet"].includes(record.get("type"))],
      sorters: "iface",
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(this.nodename)}/network?type=any_bridge`,
      },
    });
    this.callParent();
  },
});
