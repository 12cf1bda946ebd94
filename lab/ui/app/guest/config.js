// SPDX-License-Identifier: GPL-3.0-or-later

/** What the panels of guests have in common: entries whose pages are not simulated, and the buttons of a container, which act on nothing. */
Ext.define("PVE.guest.Config", {
  extend: "PVE.panel.Config",

  allPages() {
    return this.pages;
  },

  entriesOf(list) {
    return list.map(([itemId, title, icon, group]) => ({
      xtype: "pveLabNotSimulated",
      itemId,
      title: gettext(title),
      iconCls: `fa fa-${icon}`,
      group,
    }));
  },

  toolbar() {
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    return [
      { text: gettext("Start"), iconCls: "fa fa-play", handler: tell(gettext("Start")) },
      {
        xtype: "splitbutton",
        text: gettext("Shutdown"),
        iconCls: "fa fa-power-off",
        handler: tell(gettext("Shutdown")),
      },
      { text: gettext("Migrate"), iconCls: "fa fa-send-o", handler: tell(gettext("Migrate")) },
      { xtype: "splitbutton", text: gettext("Console"), iconCls: "fa fa-terminal", handler: tell(gettext("Console")) },
      {
        text: gettext("More"),
        menu: [{ text: gettext("Manage HA"), iconCls: "fa fa-heartbeat", handler: tell(gettext("Manage HA")) }],
      },
    ];
  },

  firewall: [
    ["firewall", "Firewall", "shield"],
    ["firewall-options", "Options", "gear", "firewall"],
    ["firewall-aliases", "Alias", "external-link", "firewall"],
    ["firewall-ipset", "IPSet", "list-ol", "firewall"],
    ["firewall-fwlog", "Log", "list", "firewall"],
    ["permissions", "Permissions", "unlock"],
  ],
});

Ext.define("PVE.lxc.Config", {
  extend: "PVE.guest.Config",
  alias: "widget.pveLXCConfig",
  hstateid: "lxctab",

  initComponent() {
    const { text, node } = this.pveSelNode.data;
    this.heading = Ext.String.format(gettext("Container {0} on node '{1}'"), text, node);
    this.actions = this.toolbar();
    this.pages = this.entriesOf([
      ["summary", "Summary", "book"],
      ["console", "Console", "terminal"],
      ["resources", "Resources", "cube"],
      ["network", "Network", "exchange"],
      ["dns", "DNS", "globe"],
      ["options", "Options", "gear"],
      ["tasks", "Task History", "list-alt"],
      ["backup", "Backup", "floppy-o"],
      ["replication", "Replication", "retweet"],
      ["snapshot", "Snapshots", "history"],
      ...this.firewall,
    ]);
    this.callParent();
  },
});
