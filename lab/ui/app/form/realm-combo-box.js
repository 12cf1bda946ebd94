// SPDX-License-Identifier: GPL-3.0-or-later

/** The realms that the server knows; starts on the default one, else on `pam`. */
Ext.define("PVE.form.RealmComboBox", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.pveRealmComboBox",

  valueField: "realm",
  displayField: "descr",
  queryMode: "local",
  forceSelection: true,
  editable: false,
  autoLoadOnValue: false,

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      idProperty: "realm",
      autoLoad: true,
      fields: [
        "realm",
        "comment",
        { name: "default", type: "int" },
        { name: "descr", calculate: (data) => data.comment || data.realm },
      ],
      proxy: { type: "proxmox", url: "/api2/json/access/domains" },
    });
    this.callParent();
    this.mon(this.store, "load", this.chooseDefault, this);
  },

  chooseDefault(store, _records, success) {
    if (!success || this.getValue()) return;
    const preferred =
      store.findRecord("default", 1) ?? store.findRecord("realm", "pam", 0, false, true, true) ?? store.first();
    if (preferred) this.setValue(preferred.get("realm"));
  },
});
