// SPDX-License-Identifier: GPL-3.0-or-later

/** The SDN of the datacenter: what every node says of every zone, and the button that puts the configuration in force. */
Ext.define("PVE.sdn.Status", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveSDNStatus",

  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    this.items = [
      { xtype: "pveSDNStatusView", title: gettext("Status"), itemId: "sdnstatus", flex: 1, collapsible: true },
    ];
    this.callParent();
  },
});

/** Zone by node, out of the shared store of resources. */
Ext.define("PVE.sdn.StatusView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveSDNStatusView",

  border: false,

  initComponent() {
    this.rstore = PVE.data.ResourceStore;
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      keep: (record) => ["sdn", "network"].includes(record.get("type")),
      // By node, the node's own zone first; no column shows it.
      sorters: [{ sorterFn: (one, other) => (this.rank(one) < this.rank(other) ? -1 : 1) }],
    });
    const nine = PVE.Lab.dialect === "9";
    this.tbar = [
      { text: gettext("Apply"), itemId: "apply", handler: () => this.apply() },
      ...(nine ? [{ text: gettext("Dry-Run"), handler: () => this.dryRun() }] : []),
    ];
    this.columns = [
      { text: "SDN", dataIndex: nine ? "network" : "sdn", width: 80 },
      { text: gettext("Node"), dataIndex: "node", width: 80 },
      ...(nine ? [{ text: gettext("Type"), dataIndex: "network-type", width: 80 }] : []),
      { text: gettext("Status"), dataIndex: "status", flex: 1 },
    ];
    this.callParent();
    this.on("destroy", () => this.store.destroy());
  },

  rank({ data }) {
    const zone = data.network || data.sdn;
    return `${data.node} ${zone === "localnetwork" ? 0 : 1} ${zone}`;
  },

  apply() {
    Proxmox.Utils.API2Request({
      url: "/cluster/sdn",
      method: "PUT",
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
    });
  },

  dryRun() {
    const node = PVE.data.ResourceStore.nodeNames()[0];
    Proxmox.Utils.API2Request({
      url: `/cluster/sdn/dry-run?node=${encodeURIComponent(node)}`,
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: (response) => {
        const { "interfaces-diff": interfaces, "frr-diff": frr } = response.result.data;
        Ext.create("Ext.window.Window", {
          title: gettext("Dry-Run"),
          modal: true,
          width: 800,
          height: 600,
          scrollable: true,
          bodyPadding: 10,
          html: `<pre>${Ext.htmlEncode(`${interfaces}\n${frr}`)}</pre>`,
        }).show();
      },
    });
  },
});
