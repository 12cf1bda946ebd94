// SPDX-License-Identifier: GPL-3.0-or-later

/** The OSDs below their hosts, with version, weight and use; asked once and on "Reload", as on real nodes. */
Ext.define("PVE.node.CephOsdTree", {
  extend: "Ext.tree.Panel",
  alias: "widget.pveNodeCephOsdTree",

  rootVisible: false,
  useArrows: true,
  rowLines: false,

  initComponent() {
    this.nodename = this.pveSelNode.get("node");
    this.versions = {};
    this.store = Ext.create("Ext.data.TreeStore", {
      fields: [
        ...[
          "name",
          "type",
          "status",
          "host",
          "in",
          "id",
          "osdtype",
          "device_class",
          "ceph_version",
          "ceph_version_short",
        ],
        ...["reweight", "percent_used", "bytes_used", "total_space", "crush_weight"].map((name) => ({
          name,
          type: "number",
        })),
        ...["apply_latency_ms", "commit_latency_ms"].map((name) => ({ name, type: "int" })),
        { name: "version", calculate: (data) => PVE.Ceph.version(data) },
        { name: "iconCls", calculate: (data) => this.icon(data.type) },
      ],
      root: { expanded: true, children: [] },
    });
    this.tbar = this.toolbar();
    this.columns = this.columnList();
    this.callParent();
    this.reload();
  },

  icon(type) {
    const glyph = { host: "building", osd: "hdd-o", root: "server" }[type];
    return glyph ? `fa lab-tree-icon fa-${glyph}` : undefined;
  },

  /** Real nodes name the handler of the button, so that it can be found by it. */
  toolbar() {
    const off = (text, iconCls) => ({ text, iconCls, disabled: true });
    return [
      { text: gettext("Reload"), iconCls: "fa fa-refresh", handler: () => this.reload() },
      "-",
      {
        text: `${gettext("Create")}: OSD`,
        handler: "create_osd",
        scope: { create_osd: () => this.createOsd() },
      },
      {
        text: gettext("Manage Global Flags"),
        handler: () => PVE.panel.NotSimulated.tell(gettext("Manage Global Flags")),
      },
      "->",
      { xtype: "tbtext", text: gettext("No OSD selected") },
      off(gettext("Details"), "fa fa-info-circle"),
      off(gettext("Start"), "fa fa-play"),
      off(gettext("Stop"), "fa fa-stop"),
      off(gettext("Restart"), "fa fa-refresh"),
      "-",
      off("Out", "fa fa-circle-o"),
      off("In", "fa fa-circle"),
    ];
  },

  columnList() {
    const osd = (render) => (value, _meta, record) => (record.get("type") === "osd" ? render(value, record) : "");
    const number = (value, digits) => Ext.util.Format.number(value, digits);
    return [
      { xtype: "treecolumn", text: "Name", dataIndex: "name", width: 180, renderer: Ext.htmlEncode },
      { text: gettext("Class"), dataIndex: "device_class", width: 75, align: "right" },
      { text: "OSD Type", dataIndex: "osdtype", width: 100, align: "right" },
      {
        text: "Status",
        dataIndex: "status",
        width: 120,
        align: "right",
        renderer: osd((status, record) => PVE.Ceph.osdState(status === "up", Number(record.get("in")))),
      },
      {
        text: gettext("Version"),
        dataIndex: "version",
        width: 100,
        align: "right",
        renderer: (version, _meta, record) =>
          version || (record.get("type") === "host" ? (this.versions[record.get("name")] ?? "") : ""),
      },
      {
        text: "weight",
        dataIndex: "crush_weight",
        width: 90,
        align: "right",
        renderer: osd((weight) => number(weight, "0.0000")),
      },
      {
        text: "reweight",
        dataIndex: "reweight",
        width: 90,
        align: "right",
        renderer: osd((weight) => number(weight, "0.00")),
      },
      {
        text: `${gettext("Used")} (%)`,
        dataIndex: "percent_used",
        width: 100,
        align: "right",
        renderer: osd((share) => number(share, "0.00")),
      },
      {
        text: gettext("Total"),
        dataIndex: "total_space",
        width: 100,
        align: "right",
        renderer: osd((size) => PVE.Format.size(size)),
      },
      {
        text: "Apply/Commit<br>Latency (ms)",
        dataIndex: "apply_latency_ms",
        width: 120,
        align: "right",
        renderer: osd((apply, record) => `${apply} / ${record.get("commit_latency_ms")}`),
      },
      { text: "PGs", dataIndex: "pgs", width: 60, align: "right", renderer: osd((count) => count ?? "") },
    ];
  },

  reload() {
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/ceph/osd`,
      waitMsgTarget: this,
      failure: (response) => PVE.Ceph.showInstallOrMask(this, response.htmlStatus, this.nodename, () => this.reload()),
      success: ({ result }) => {
        if (this.destroyed) return;
        this.versions = result.data.versions ?? {};
        this.setRootNode({ ...result.data.root, expanded: true });
        this.expandAll();
      },
    });
  },

  createOsd() {
    Ext.create("PVE.CephCreateOsd", { nodename: this.nodename, taskDone: () => this.reload() }).show();
  },
});
