// SPDX-License-Identifier: GPL-3.0-or-later

/** Creates a cluster: its name and the Corosync links of this node. */
Ext.define("PVE.ClusterCreateWindow", {
  extend: "Proxmox.window.Edit",
  xtype: "pveClusterCreateWindow",

  width: 600,
  url: "/cluster/config",
  showTaskViewer: true,

  initComponent() {
    this.title = gettext("Create Cluster");
    this.submitText = gettext("Create");
    this.formItems = [
      {
        xtype: "textfield",
        fieldLabel: gettext("Cluster Name"),
        name: "clustername",
        allowBlank: false,
        maxLength: 15,
        validator: (value) =>
          value === "" ||
          /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?$/.test(value) ||
          gettext("This is not a valid hostname"),
      },
      {
        xtype: "fieldcontainer",
        fieldLabel: gettext("Cluster Network"),
        items: [
          {
            xtype: "pveCorosyncLinkEditor",
            infoText: gettext("Multiple links are used as failover, lower numbers have higher priority."),
            name: "links",
          },
        ],
      },
    ];
    this.callParent();
  },
});
