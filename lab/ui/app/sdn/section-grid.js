// SPDX-License-Identifier: GPL-3.0-or-later

/** A list of SDN sections with its three buttons; its kinds say which window makes and changes one. */
Ext.define("PVE.sdn.SectionGrid", {
  extend: "Ext.grid.Panel",
  xtype: "pveLabSdnSectionGrid",

  border: false,
  /** Below /api2/json; undefined until something is chosen elsewhere. */
  url: undefined,
  idProperty: "id",

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      idProperty: this.idProperty,
      sorters: this.idProperty,
      fields: [this.idProperty, "type", "state", "pending", ...this.dataFields],
      ...(this.url === undefined ? { proxy: { type: "memory" } } : { proxy: this.proxyOf(this.url) }),
    });
    this.editButton = Ext.create("Ext.button.Button", {
      text: gettext("Edit"),
      disabled: true,
      handler: () => this.edit(this.getSelection()[0]),
    });
    this.removeButton = Ext.create("Ext.button.Button", {
      text: gettext("Remove"),
      disabled: true,
      handler: () => this.remove_(this.getSelection()[0]),
    });
    this.tbar = [this.addButton(), this.removeButton, this.editButton];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
    this.on("selectionchange", (_model, [record]) => {
      const fixed = !record || record.get("state") === "deleted";
      this.editButton.setDisabled(fixed);
      this.removeButton.setDisabled(fixed);
    });
    this.on("itemdblclick", (_view, record) => this.edit(record));
    if (this.url !== undefined) this.store.load();
  },

  proxyOf(url) {
    return { type: "proxmox", url: `/api2/json${url}?pending=1` };
  },

  /** Shows another list: the subnets of another VNet. */
  setUrl(url) {
    this.url = url;
    if (url === undefined) {
      this.store.removeAll();
      return;
    }
    this.store.setProxy(this.proxyOf(url));
    this.store.load();
  },

  remove_(record) {
    Ext.Msg.confirm(gettext("Confirm"), Ext.htmlEncode(record.get(this.idProperty)), (button) => {
      if (button !== "yes") return;
      Proxmox.Utils.API2Request({
        url: `${this.url}/${encodeURIComponent(record.get(this.idProperty))}`,
        method: "DELETE",
        waitMsgTarget: this,
        callback: () => this.store.load(),
        failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      });
    });
  },

  /** Opens a window over one section, or for a new one, and reloads when it closes. */
  openWindow(name, config) {
    Ext.create(name, {
      listUrl: this.url,
      ...config,
      listeners: { destroy: () => !this.destroyed && this.store.load() },
    }).show();
  },
});
