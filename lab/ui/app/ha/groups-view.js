// SPDX-License-Identifier: GPL-3.0-or-later

/** The groups of version 8. */
Ext.define("PVE.ha.GroupsView", {
  extend: "PVE.ha.ListView",
  alias: "widget.pveHAGroupsView",

  listUrl: "/cluster/ha/groups",
  removeUrl: "/cluster/ha/groups",
  idField: "group",
  fields: ["nodes", "restricted", "nofailback", "comment"],

  initComponent() {
    this.columns = [
      { text: gettext("Group"), dataIndex: "group", width: 150 },
      { text: "restricted", dataIndex: "restricted", width: 100, renderer: PVE.Format.yesNo },
      { text: "nofailback", dataIndex: "nofailback", width: 100, renderer: PVE.Format.yesNo },
      { text: gettext("Nodes"), dataIndex: "nodes", flex: 1 },
      { text: gettext("Comment"), dataIndex: "comment", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.callParent();
  },

  addEntry() {
    Ext.create("Proxmox.window.Edit", {
      title: `${gettext("Add")}: ${gettext("Group")}`,
      url: "/cluster/ha/groups",
      formItems: [
        { xtype: "textfield", name: "group", fieldLabel: "ID", allowBlank: false },
        { xtype: "textfield", name: "nodes", fieldLabel: gettext("Nodes"), allowBlank: false },
        { xtype: "proxmoxcheckbox", name: "restricted", fieldLabel: "restricted" },
        { xtype: "proxmoxcheckbox", name: "nofailback", fieldLabel: "nofailback" },
        { xtype: "proxmoxtextfield", name: "comment", fieldLabel: gettext("Comment") },
      ],
      listeners: { destroy: () => this.rstore.load() },
    }).show();
  },
});
