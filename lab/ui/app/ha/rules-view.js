// SPDX-License-Identifier: GPL-3.0-or-later

/** A table of rules of one type; the two tables of the page differ in their columns. */
Ext.define("PVE.ha.RulesGrid", {
  extend: "PVE.ha.ListView",

  removeUrl: "/cluster/ha/rules",
  idField: "rule",
  fields: ["type", "resources", "nodes", "strict", "affinity", "comment", "disable"],
  ruleType: undefined,
  between: () => [],

  initComponent() {
    this.listUrl = `/cluster/ha/rules?type=${this.ruleType}`;
    this.columns = [
      {
        text: gettext("Enabled"),
        dataIndex: "disable",
        width: 80,
        align: "center",
        renderer: (off) => (Number(off) ? "" : '<i class="fa fa-check"></i>'),
      },
      { text: gettext("State"), width: 65, align: "center", renderer: () => '<i class="fa fa-check"></i>' },
      ...this.between(),
      { text: gettext("Comment"), dataIndex: "comment", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.callParent();
  },

  addEntry() {
    Ext.create("PVE.ha.RuleEdit", {
      ruleType: this.ruleType,
      listeners: { destroy: () => this.rstore.load() },
    }).show();
  },
});

Ext.define("PVE.ha.NodeAffinityRulesView", {
  extend: "PVE.ha.RulesGrid",
  alias: "widget.pveHANodeAffinityRulesView",

  ruleType: "node-affinity",
  between: () => [
    {
      text: gettext("Strict"),
      dataIndex: "strict",
      width: 75,
      renderer: (value) => (Number(value) ? "true" : "false"),
    },
    { text: gettext("HA Resources"), dataIndex: "resources", flex: 3 },
    { text: gettext("Nodes"), dataIndex: "nodes", flex: 2 },
  ],
});

Ext.define("PVE.ha.ResourceAffinityRulesView", {
  extend: "PVE.ha.RulesGrid",
  alias: "widget.pveHAResourceAffinityRulesView",

  ruleType: "resource-affinity",
  between: () => [
    { text: gettext("Affinity"), dataIndex: "affinity", width: 100 },
    { text: gettext("HA Resources"), dataIndex: "resources", flex: 5 },
  ],
});

/** The rules of version 9, nodes above and resources below. */
Ext.define("PVE.ha.RulesView", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveHARulesView",

  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    this.items = [
      { xtype: "pveHANodeAffinityRulesView", title: gettext("HA Node Affinity Rules"), flex: 1, border: false },
      { xtype: "pveHAResourceAffinityRulesView", title: gettext("HA Resource Affinity Rules"), flex: 1, border: false },
    ];
    this.callParent();
  },
});
