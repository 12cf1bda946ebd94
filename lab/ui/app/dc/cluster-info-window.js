// SPDX-License-Identifier: GPL-3.0-or-later

/** What another node needs to join: address, fingerprint, and both with the cluster's links as one block to paste. */
Ext.define("PVE.ClusterInfoWindow", {
  extend: "Ext.window.Window",
  xtype: "pveClusterInfoWindow",

  width: 800,
  modal: true,
  resizable: false,
  joinInfo: {},

  initComponent() {
    this.title = gettext("Cluster Join Information");
    const shown = (fieldLabel, value) => ({ xtype: "textfield", fieldLabel, value, editable: false });
    this.items = [
      {
        xtype: "component",
        padding: "10 10 10 10",
        html: gettext("Copy the Join Information here and use it on the node you want to add."),
      },
      {
        xtype: "container",
        layout: "form",
        padding: "0 10 10 10",
        items: [
          shown(gettext("IP Address"), this.joinInfo.ipAddress),
          shown(gettext("Fingerprint"), this.joinInfo.fingerprint),
          {
            xtype: "textarea",
            inputId: "pveSerializedClusterInfo",
            fieldLabel: gettext("Join Information"),
            grow: true,
            editable: false,
            value: Ext.util.Base64.encode(Ext.encode(this.joinInfo)),
          },
        ],
      },
    ];
    this.buttons = [{ text: gettext("Copy Information"), handler: () => this.copy() }];
    this.callParent();
  },

  copy() {
    const input = document.getElementById("pveSerializedClusterInfo");
    input.select();
    navigator.clipboard?.writeText(input.value).catch(Ext.emptyFn);
  },
});
