// SPDX-License-Identifier: GPL-3.0-or-later

/** Creates a monitor or a manager on a node. */
Ext.define("PVE.CephCreateService", {
  extend: "Proxmox.window.Edit",
  xtype: "pveCephCreateService",

  width: 450,
  showTaskViewer: true,
  fieldLabelWidth: 75,

  initComponent() {
    this.title = `${gettext("Create")}: ${this.subject}`;
    this.formItems = [
      {
        xtype: "combobox",
        name: "host",
        fieldLabel: gettext("Host"),
        submitValue: false,
        editable: false,
        value: this.nodename,
        store: PVE.data.ResourceStore.nodeNames().sort(),
      },
    ];
    this.callParent();
  },

  submit() {
    const host = encodeURIComponent(this.down("field[name=host]").getValue());
    this.url = `/nodes/${host}/ceph/${this.type}/${host}`;
    this.callParent();
  },
});

/** The monitors or the managers of the cluster. */
Ext.define("PVE.node.CephServiceList", {
  extend: "Ext.grid.Panel",
  xtype: "pveNodeCephServiceList",

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 3000,
      storeid: `ceph-${this.type}-list${this.nodename}`,
      idProperty: "name",
      fields: [
        ...["addr", "name", "host", "quorum", "rank", "state", "ceph_version", "ceph_version_short"],
        { name: "version", calculate: (data) => PVE.Ceph.version(data) },
      ],
      proxy: { type: "proxmox", url: `/api2/json/nodes/${encodeURIComponent(this.nodename)}/ceph/${this.type}` },
    });
    this.store = Ext.create("Proxmox.data.DiffStore", { rstore: this.rstore, sorters: "name" });
    this.emptyText = gettext("No such service configured.");
    this.tbar = this.toolbar();
    this.columns = [
      { text: gettext("Name"), dataIndex: "name", flex: 1, renderer: (name) => Ext.htmlEncode(`${this.type}.${name}`) },
      { text: gettext("Host"), dataIndex: "host", flex: 1, renderer: Ext.htmlEncode },
      { text: gettext("Status"), dataIndex: "state", flex: 1, renderer: Ext.htmlEncode },
      { text: gettext("Address"), dataIndex: "addr", flex: 3, renderer: Ext.htmlEncode },
      { text: gettext("Version"), dataIndex: "version", flex: 3, renderer: Ext.htmlEncode },
      ...(this.type === "mon" ? [{ text: "Quorum", dataIndex: "quorum", width: 80, renderer: PVE.Format.yesNo }] : []),
    ];
    this.callParent();
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
    this.rstore.startUpdate();
  },

  toolbar() {
    const button = (text, iconCls) => ({ text, iconCls, disabled: true });
    return [
      button(gettext("Start"), "fa fa-play"),
      button(gettext("Stop"), "fa fa-stop"),
      button(gettext("Restart"), "fa fa-refresh"),
      "-",
      {
        text: gettext("Create"),
        reference: "createButton",
        handler: () =>
          Ext.create("PVE.CephCreateService", {
            nodename: this.nodename,
            type: this.type,
            subject: this.title,
            taskDone: () => this.rstore.load(),
          }).show(),
      },
      button(gettext("Destroy")),
      "-",
      button(gettext("Syslog")),
    ];
  },
});

/** Monitors above, managers below. */
Ext.define("PVE.node.CephMonMgrList", {
  extend: "Ext.container.Container",
  xtype: "pveNodeCephMonMgr",

  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    const nodename = this.pveSelNode.get("node");
    const list = (itemId, type, title) => ({
      xtype: "pveNodeCephServiceList",
      itemId,
      type,
      title,
      nodename,
      border: false,
    });
    this.items = [
      { ...list("mon", "mon", gettext("Monitor")), flex: 1 },
      { xtype: "splitter" },
      { ...list("mgr", "mgr", gettext("Manager")), flex: 1 },
    ];
    this.callParent();
    PVE.Ceph.watch(this, this.down("#mon").rstore, nodename);
  },
});
