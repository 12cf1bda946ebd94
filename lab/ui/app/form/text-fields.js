// SPDX-License-Identifier: GPL-3.0-or-later

/** A text field that leaves its parameter out when it is empty and `skipEmptyText` is set. */
Ext.define("Proxmox.form.field.Textfield", {
  extend: "Ext.form.field.Text",
  alias: "widget.proxmoxtextfield",

  skipEmptyText: true,

  getSubmitData() {
    const data = this.callParent();
    return this.skipEmptyText && data?.[this.getName()] === "" ? null : data;
  },
});
