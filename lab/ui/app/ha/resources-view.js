// SPDX-License-Identifier: GPL-3.0-or-later

/** The guests under the stack's care, and the buttons that add, change and remove them. */
Ext.define("PVE.ha.ResourcesView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveHAResourcesView",

  initComponent() {
    const nine = PVE.Lab.dialect === "9";
    this.title = gettext("Resources");
    this.store = Ext.create("Proxmox.data.DiffStore", {
      rstore: this.rstore,
      keep: (record) => record.get("type") === "service",
      sorters: "sid",
    });
    this.tbar = [
      { text: gettext("Add"), handler: () => this.open(undefined) },
      { text: gettext("Edit"), itemId: "edit", disabled: true, handler: () => this.open(this.chosen()) },
      { text: gettext("Remove"), itemId: "remove", disabled: true, handler: () => this.removeEntry() },
    ];
    const flag = (value) => (Number(value ?? 1) ? "true" : "false");
    this.columns = [
      { text: "ID", dataIndex: "sid", width: 90 },
      { text: gettext("State"), dataIndex: "state", width: 100 },
      { text: gettext("Node"), dataIndex: "node", width: 100 },
      {
        text: gettext("Name"),
        dataIndex: "name",
        width: 100,
        renderer: (_value, _meta, record) => this.nameOf(record),
      },
      { text: gettext("Max. Restart"), dataIndex: "max_restart", width: 100 },
      { text: gettext("Max. Relocate"), dataIndex: "max_relocate", width: 100 },
      ...(nine
        ? [
            { text: gettext("Failback"), dataIndex: "failback", width: 100, renderer: flag },
            { text: gettext("Auto-Rebalance"), dataIndex: "auto-rebalance", width: 100, renderer: flag },
          ]
        : [{ text: gettext("Group"), dataIndex: "group", width: 200 }]),
      { text: gettext("Description"), dataIndex: "comment", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.callParent();
    this.on("selectionchange", () => {
      for (const name of ["edit", "remove"]) this.down(`#${name}`).setDisabled(!this.chosen());
    });
    this.on("itemdblclick", () => this.open(this.chosen()));
    this.on("destroy", () => this.store.destroy());
  },

  chosen() {
    return this.getSelection()[0];
  },

  nameOf(record) {
    const vmid = Number(String(record.get("sid")).split(":")[1]);
    const guest = PVE.data.ResourceStore.getRange().find((each) => each.get("vmid") === vmid);
    return Ext.htmlEncode(guest?.get("name") ?? "");
  },

  open(record) {
    Ext.create("PVE.ha.VMResourceEdit", {
      sid: record?.get("sid"),
      current: record?.getData(),
      listeners: { destroy: () => this.rstore.load() },
    }).show();
  },

  removeEntry() {
    const sid = this.chosen().get("sid");
    const question = Ext.String.format(gettext("Are you sure you want to remove entry {0}"), `'${sid}'`);
    Ext.Msg.confirm(gettext("Confirm"), question, (answer) => {
      if (answer !== "yes") return;
      Proxmox.Utils.API2Request({
        url: `/cluster/ha/resources/${sid}`,
        method: "DELETE",
        callback: () => this.rstore.load(),
        failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      });
    });
  },
});
