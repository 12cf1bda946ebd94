// SPDX-License-Identifier: GPL-3.0-or-later

/** Disks of a node: the unused ones, or those that may carry a DB or WAL. */
Ext.define("Proxmox.form.DiskSelector", {
  extend: "Ext.form.field.ComboBox",
  xtype: "pmxDiskSelector",

  valueField: "devpath",
  displayField: "devpath",
  queryMode: "local",
  autoLoadOnValue: false,
  forceSelection: true,
  editable: false,
  matchFieldWidth: false,
  diskType: "unused",
  autoSelectFirst: true,
  listConfig: { minWidth: 420, loadMask: false },
  tpl: [
    '<ul class="x-list-plain lab-columns"><tpl for=".">',
    '<li role="option" class="x-boundlist-item"><span>{devpath}</span><span>{[PVE.Format.size(values.size)]}</span>',
    "<span>{serial:htmlEncode}</span></li>",
    "</tpl></ul>",
  ],

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      fields: ["devpath", "size", "serial", "model", "used"],
      sorters: "devpath",
      proxy: {
        type: "proxmox",
        url: `/api2/extjs/nodes/${encodeURIComponent(this.nodename)}/disks/list`,
        extraParams: { type: this.diskType },
      },
    });
    this.callParent();
    this.mon(this.store, "load", (store, _records, success) => {
      if (success && this.autoSelectFirst && !this.getValue() && store.getCount() > 0) this.select(store.first());
    });
  },

  /** A disk that is not in the list is refused, also when it was set by hand. */
  getErrors(value) {
    const errors = this.callParent([value]);
    const chosen = this.getValue();
    if (chosen && this.store.isLoaded() && this.store.findExact("devpath", chosen) < 0) {
      errors.push(gettext("No such disk, or it is in use"));
    }
    return errors;
  },
});
