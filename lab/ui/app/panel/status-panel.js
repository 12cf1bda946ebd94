// SPDX-License-Identifier: GPL-3.0-or-later

/** The log panel at the bottom: tasks and cluster log; the open tab is the field `ltab` of the address. */
Ext.define("PVE.panel.StatusPanel", {
  extend: "Ext.tab.Panel",
  alias: "widget.pveStatusPanel",

  border: true,

  initComponent() {
    const provider = Ext.state.Manager.getProvider();
    const known = (tab) => (tab === "clog" ? "clog" : "tasks");
    this.items = [
      { xtype: "pveClusterTasks", itemId: "tasks", title: gettext("Tasks") },
      { xtype: "pveClusterLog", itemId: "clog", title: gettext("Cluster log") },
    ];
    this.callParent();
    this.setActiveTab(known(provider.get("ltab").value));
    this.on("tabchange", (_panel, tab) => provider.set("ltab", { value: tab.itemId }));
    this.mon(provider, "statechange", (_provider, name, state) => {
      if (name === "ltab") this.setActiveTab(known(state.value));
    });
  },
});
