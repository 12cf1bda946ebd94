// SPDX-License-Identifier: GPL-3.0-or-later

/** One node: its menu and pages, and the store of its status that they share. */
Ext.define("PVE.node.Config", {
  extend: "PVE.panel.Config",
  alias: "widget.PVE.node.Config",

  hstateid: "nodetab",
  showSearch: true,

  initComponent() {
    const node = this.pveSelNode.get("node");
    this.heading = Ext.String.format(gettext("Node '{0}'"), node);
    this.statusStore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      autoStart: true,
      fields: [
        "cpu",
        "wait",
        "uptime",
        "loadavg",
        "memory",
        "swap",
        "rootfs",
        "cpuinfo",
        "ksm",
        "pveversion",
        "kversion",
        "current-kernel",
        "boot-info",
      ],
      proxy: { type: "proxmox", url: `/api2/json/nodes/${encodeURIComponent(node)}/status` },
    });
    this.pages = PVE.node.Menu.pages(node);
    this.actions = this.toolbar();
    this.callParent();
    this.on("destroy", () => this.statusStore.destroy());
  },

  toolbar() {
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    return [
      { text: gettext("Reboot"), iconCls: "fa fa-undo", handler: tell(gettext("Reboot")) },
      { text: gettext("Shutdown"), iconCls: "fa fa-power-off", handler: tell(gettext("Shutdown")) },
      {
        xtype: "splitbutton",
        text: gettext("Shell"),
        iconCls: "fa fa-terminal",
        handler: tell(gettext("Shell")),
        menu: [{ text: "xterm.js" }],
      },
      {
        text: gettext("Bulk Actions"),
        iconCls: "fa fa-fw fa-ellipsis-v",
        menu: [{ text: gettext("Bulk Start"), iconCls: "fa fa-play" }],
      },
    ];
  },
});
