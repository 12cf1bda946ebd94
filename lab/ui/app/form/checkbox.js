// SPDX-License-Identifier: GPL-3.0-or-later

/** A check box that speaks the API's 1 and 0. */
Ext.define("Proxmox.form.Checkbox", {
  extend: "Ext.form.field.Checkbox",
  alias: "widget.proxmoxcheckbox",

  config: { inputValue: "1", uncheckedValue: "0" },
});
