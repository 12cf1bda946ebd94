// SPDX-License-Identifier: GPL-3.0-or-later

/** The node's configured addresses, shown with their interface; the value is the address alone. */
Ext.define("Proxmox.form.NetworkSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.proxmoxNetworkSelector",

  nodename: "localhost",
  valueField: "address",
  displayField: "address",
  queryMode: "local",
  autoLoadOnValue: false,
  matchFieldWidth: false,
  listConfig: { minWidth: 420, loadMask: false },
  tpl: [
    '<ul class="x-list-plain lab-columns"><tpl for=".">',
    '<li role="option" class="x-boundlist-item"><span>{address}</span><span>{iface}</span>',
    "<span>{comments:htmlEncode}</span></li>",
    "</tpl></ul>",
  ],

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      fields: ["iface", "address", "address6", "cidr", { name: "comments", defaultValue: "" }],
      filters: [(record) => Boolean(record.get("address"))],
      sorters: "iface",
      proxy: { type: "proxmox", url: `/api2/extjs/nodes/${this.nodename}/network` },
    });
    this.callParent();
  },
});
