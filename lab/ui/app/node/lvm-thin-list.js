// SPDX-License-Identifier: GPL-3.0-or-later

/** The thin pools of a node and how full each is. */
Ext.define("PVE.node.LVMThinList", {
  extend: "Ext.grid.Panel",
  xtype: "pveLVMThinList",

  initComponent() {
    const share = (name, used, size) => ({
      name,
      type: "number",
      calculate: (data) => (data[size] ? data[used] / data[size] : 0),
    });
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      sorters: "lv",
      fields: [
        ...["lv", "vg", "lv_size", "used", "metadata_size", "metadata_used"],
        share("usage", "used", "lv_size"),
        share("metadata_usage", "metadata_used", "metadata_size"),
      ],
      proxy: { type: "proxmox", url: `/api2/json/nodes/${encodeURIComponent(this.nodename)}/disks/lvmthin` },
    });
    this.tbar = [
      { text: gettext("Reload"), iconCls: "fa fa-refresh", handler: () => this.store.load() },
      {
        text: `${gettext("Create")}: Thinpool`,
        handler: () => PVE.panel.NotSimulated.tell("LVM-Thin"),
      },
      "->",
      Ext.String.format(gettext("No {0} selected"), "thinpool"),
      { text: gettext("More"), iconCls: "fa fa-bars", disabled: true },
    ];
    const bytes = (text, dataIndex, width) => ({
      text,
      dataIndex,
      width,
      align: "right",
      renderer: (size) => PVE.Format.size(size),
    });
    const bar = (text, dataIndex, width) => ({
      text,
      dataIndex,
      width,
      renderer: (value) => `${(value * 100).toFixed(2)}%`,
    });
    this.columns = [
      { text: gettext("Name"), dataIndex: "lv", flex: 1, renderer: Ext.htmlEncode },
      { text: "Volume Group", dataIndex: "vg", width: 110, renderer: Ext.htmlEncode },
      bar(gettext("Usage"), "usage", 110),
      bytes(gettext("Size"), "lv_size", 100),
      bytes(gettext("Used"), "used", 100),
      bar(gettext("Metadata Usage"), "metadata_usage", 120),
      bytes(gettext("Metadata Size"), "metadata_size", 120),
      bytes(gettext("Metadata Used"), "metadata_used", 125),
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
  },
});
