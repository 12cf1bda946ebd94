// SPDX-License-Identifier: GPL-3.0-or-later

/** The storages of a node that hold this kind of content; the first one is proposed. */
Ext.define("PVE.form.StorageSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.pveStorageSelector",

  valueField: "storage",
  displayField: "storage",
  queryMode: "local",
  editable: false,
  allowBlank: false,
  storageContent: "images",
  nodename: undefined,
  listConfig: { minWidth: 300, loadMask: false },

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      fields: ["storage", "type", "avail", "total"],
      sorters: "storage",
      proxy: { type: "proxmox", url: "" },
    });
    this.callParent();
    this.mon(this.store, "load", (store, _records, success) => {
      if (success && !this.destroyed && !this.getValue() && store.getCount() > 0) this.select(store.first());
    });
    if (this.nodename) this.setNodename(this.nodename);
  },

  setNodename(name) {
    if (!name || name === this.asked) return;
    this.asked = name;
    const content = encodeURIComponent(this.storageContent);
    this.store.getProxy().setUrl(`/api2/json/nodes/${encodeURIComponent(name)}/storage?format=1&content=${content}`);
    this.store.load();
  },
});

/** The files of one kind on a storage. */
Ext.define("PVE.form.FileSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.pveFileSelector",

  valueField: "volid",
  displayField: "text",
  queryMode: "local",
  editable: false,
  storageContent: "iso",
  listConfig: { minWidth: 300, loadMask: false },

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      fields: ["volid", { name: "text", calculate: ({ volid }) => String(volid ?? "").replace(/^[^/]*\//, "") }],
      sorters: "volid",
      proxy: { type: "proxmox", url: "" },
    });
    this.callParent();
  },

  setStorage(storage, nodename) {
    if (!storage || !nodename) return;
    const place = `${encodeURIComponent(nodename)}/storage/${encodeURIComponent(storage)}`;
    this.store.getProxy().setUrl(`/api2/json/nodes/${place}/content?content=${this.storageContent}`);
    this.store.load();
  },
});
