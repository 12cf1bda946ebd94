// SPDX-License-Identifier: GPL-3.0-or-later

/** A grid of HA objects with the usual three buttons; what adds and removes is the subclass's matter. */
Ext.define("PVE.ha.ListView", {
  extend: "Ext.grid.Panel",

  listUrl: undefined,
  removeUrl: undefined,
  idField: undefined,
  fields: [],

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      idProperty: this.idField,
      fields: [this.idField, ...this.fields],
      proxy: { type: "proxmox", url: `/api2/json${this.listUrl}` },
    });
    this.store = Ext.create("Proxmox.data.DiffStore", { rstore: this.rstore, sorters: this.idField });
    this.tbar = [
      { text: gettext("Add"), handler: () => this.addEntry() },
      { text: gettext("Edit"), disabled: true },
      { text: gettext("Remove"), itemId: "remove", disabled: true, handler: () => this.removeEntry() },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.on("selectionchange", () => this.down("#remove").setDisabled(this.getSelection().length === 0));
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
    this.rstore.startUpdate();
  },

  removeEntry() {
    const id = this.getSelection()[0].get(this.idField);
    const question = Ext.String.format(gettext("Are you sure you want to remove entry {0}"), `'${id}'`);
    Ext.Msg.confirm(gettext("Confirm"), question, (answer) => {
      if (answer !== "yes") return;
      Proxmox.Utils.API2Request({
        url: `${this.removeUrl}/${id}`,
        method: "DELETE",
        callback: () => this.rstore.load(),
        failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      });
    });
  },
});
