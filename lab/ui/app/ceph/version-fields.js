// SPDX-License-Identifier: GPL-3.0-or-later

/** The newest Ceph that any node has. */
Ext.define("PVE.ceph.CephHighestVersionDisplay", {
  extend: "Ext.form.field.Display",
  xtype: "pveCephHighestVersionDisplay",

  initComponent() {
    this.fieldLabel = gettext("Ceph in the cluster");
    this.value = "unknown";
    this.callParent();
    Proxmox.Utils.API2Request({
      url: "/cluster/ceph/metadata?scope=versions",
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: ({ result }) => {
        const newest = PVE.Ceph.newest(result.data?.node);
        this.setValue(
          newest
            ? Ext.String.format(gettext("Newest ceph version in cluster is {0}"), newest)
            : gettext("Could not detect a ceph installation in the cluster"),
        );
      },
    });
  },
});

/** The releases that this node can install. */
Ext.define("PVE.ceph.CephVersionSelector", {
  extend: "Ext.form.field.ComboBox",
  xtype: "pveCephVersionSelector",

  displayField: "display",
  valueField: "release",
  queryMode: "local",
  editable: false,
  forceSelection: true,
  submitValue: false,

  initComponent() {
    this.fieldLabel = gettext("Ceph version to install");
    const fixed = PVE.Lab.dialect === "8.4";
    const old = [
      ["quincy", "17.2"],
      ["reef", "18.2"],
      ["squid", "19.2"],
    ];
    this.store = Ext.create("Ext.data.Store", {
      fields: ["release", "version", { name: "display", calculate: (data) => `${data.release} (${data.version})` }],
      data: fixed ? old.map(([release, version]) => ({ release, version })) : [],
    });
    this.callParent();
    if (fixed) {
      this.setValue("squid");
      return;
    }
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/ceph/releases`,
      waitMsgTarget: this,
      success: ({ result }) => {
        const rows = result.data.map((entry) => ({
          release: entry.codename,
          version: entry.release,
          first: entry["is-default"],
        }));
        this.store.loadData(rows);
        this.setValue((rows.find((row) => row.first) ?? rows[0])?.release);
      },
    });
  },
});
