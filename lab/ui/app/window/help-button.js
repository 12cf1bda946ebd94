// SPDX-License-Identifier: GPL-3.0-or-later

/** The help button: visible as on a real node; the manual itself is not part of the lab. */
Ext.define("Proxmox.button.Help", {
  extend: "Ext.button.Button",
  xtype: "proxmoxHelpButton",

  iconCls: "fa fa-question-circle",
  ui: "default-toolbar",

  initComponent() {
    this.text = this.text ?? gettext("Help");
    this.handler = () => PVE.panel.NotSimulated.tell(this.text);
    this.callParent();
  },
});
