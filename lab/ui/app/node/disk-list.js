// SPDX-License-Identifier: GPL-3.0-or-later

/** The disks of a node, their partitions below them, and what holds each. */
Ext.define("Proxmox.DiskList", {
  extend: "Ext.tree.Panel",
  alias: "widget.pmxDiskList",

  rootVisible: false,
  useArrows: true,
  rowLines: false,

  initComponent() {
    this.store = Ext.create("Ext.data.TreeStore", {
      fields: [
        ...["devpath", "parent", "used", "model", "serial", "vendor", "type", "health", "wearout", "osdid-list"],
        ...["size", "osdid", "gpt", "mounted", "rpm"].map((name) => ({ name, type: "int" })),
        { name: "iconCls", calculate: (data) => (data.devpath ? "fa lab-tree-icon fa-hdd-o" : undefined) },
      ],
      root: { expanded: true, children: [] },
    });
    const off = (text) => ({ text, disabled: true });
    this.tbar = [
      { text: gettext("Reload"), iconCls: "fa fa-refresh", handler: () => this.reload() },
      off(gettext("Show S.M.A.R.T. values")),
      off(gettext("Initialize Disk with GPT")),
      off(gettext("Wipe Disk")),
    ];
    this.columns = [
      { xtype: "treecolumn", text: gettext("Device"), dataIndex: "devpath", width: 150, renderer: Ext.htmlEncode },
      { text: gettext("Type"), dataIndex: "type", width: 90, renderer: (type) => this.typeText(type) },
      {
        text: gettext("Usage"),
        dataIndex: "used",
        width: 150,
        renderer: (used, _meta, record) => this.usage(used, record),
      },
      {
        text: gettext("Size"),
        dataIndex: "size",
        width: 110,
        align: "right",
        renderer: (size) => PVE.Format.decimalSize(size),
      },
      { text: "GPT", dataIndex: "gpt", width: 60, align: "right", renderer: PVE.Format.yesNo },
      { text: gettext("Model"), dataIndex: "model", width: 240, renderer: Ext.htmlEncode },
      { text: gettext("Serial"), dataIndex: "serial", width: 150, renderer: Ext.htmlEncode },
      { text: "S.M.A.R.T.", dataIndex: "health", width: 100, align: "right", renderer: Ext.htmlEncode },
      { text: gettext("Mounted"), dataIndex: "mounted", width: 80, align: "right", renderer: PVE.Format.yesNo },
      { text: "Wearout", dataIndex: "wearout", width: 90, align: "right", renderer: (left) => this.wearout(left) },
    ];
    this.callParent();
    this.reload();
  },

  typeText(type) {
    return (
      { ssd: "SSD", hdd: gettext("Hard Disk"), nvme: "nvme", partition: gettext("partition") }[type] ??
      Ext.htmlEncode(type)
    );
  },

  /** "No" for a free disk; an OSD is named beside what holds it. */
  usage(used, record) {
    const id = record.get("osdid");
    const extra = id >= 0 && record.get("parent") === undefined ? `, Ceph (OSD.${id})` : "";
    return used ? `${Ext.htmlEncode(used)}${extra}` : gettext("No");
  },

  /** The API tells how much is left. */
  wearout(left) {
    return Ext.isNumber(left) ? `${100 - left}%` : "N/A";
  },

  reload() {
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/disks/list?include-partitions=1`,
      waitMsgTarget: this,
      failure: (response) => Proxmox.Utils.setErrorMask(this, response.htmlStatus),
      success: ({ result }) => {
        if (this.destroyed) return;
        const row = (disk) => ({ ...disk, leaf: true });
        const below = (path) => result.data.filter((each) => each.parent === path).map(row);
        const disks = result.data
          .filter((disk) => disk.parent === undefined)
          .sort((one, other) => (one.devpath < other.devpath ? -1 : 1));
        const children = disks.map((disk) => {
          const parts = below(disk.devpath);
          return { ...disk, leaf: parts.length === 0, expanded: true, children: parts };
        });
        this.setRootNode({ expanded: true, children });
      },
    });
  },
});
