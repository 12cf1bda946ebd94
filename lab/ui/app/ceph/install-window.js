// SPDX-License-Identifier: GPL-3.0-or-later

/** Stands over a page of Ceph's while there is no Ceph: one sentence, and the button that opens the wizard. */
Ext.define("PVE.ceph.Install", {
  extend: "Ext.window.Window",
  xtype: "pveCephInstallWindow",

  width: 260,
  header: false,
  resizable: false,
  draggable: false,
  modal: true,
  shadow: false,
  closable: false,
  cls: "lab-ceph-install",
  isInstalled: false,
  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    const text = this.isInstalled
      ? gettext("Ceph is not initialized. You need to create an initial config once.")
      : gettext("Ceph is not installed on this node. Would you like to install it now?");
    this.items = [
      { xtype: "component", html: text, padding: "10 10 15 10", style: { textAlign: "center" } },
      {
        xtype: "button",
        margin: "0 10 10 10",
        text: this.isInstalled ? gettext("Configure Ceph") : gettext("Install Ceph"),
        handler: () => this.openWizard(),
      },
    ];
    this.callParent();
  },

  openWizard() {
    const { nodename, isInstalled } = this;
    Ext.create("PVE.ceph.CephInstallWizard", {
      nodename,
      isInstalled,
      listeners: { close: () => this.close() },
    }).show();
  },
});
