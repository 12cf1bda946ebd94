// SPDX-License-Identifier: GPL-3.0-or-later

/** Makes a rule: which resources, and the nodes they belong on or how they stand to one another. */
Ext.define("PVE.ha.RuleEdit", {
  extend: "Proxmox.window.Edit",

  ruleType: "node-affinity",
  url: "/cluster/ha/rules",

  initComponent() {
    const nodes = this.ruleType === "node-affinity";
    this.title = `${gettext("Add")}: ${nodes ? gettext("HA Node Affinity Rule") : gettext("HA Resource Affinity Rule")}`;
    this.submitText = gettext("Add");
    this.formItems = [
      { xtype: "textfield", name: "rule", fieldLabel: "ID", allowBlank: false, minLength: 2 },
      this.resourceField(),
      ...(nodes ? this.nodeFields() : [this.affinityField()]),
      { xtype: "proxmoxtextfield", name: "comment", fieldLabel: gettext("Comment") },
    ];
    this.callParent();
  },

  resourceField() {
    return {
      xtype: "tagfield",
      name: "resources",
      fieldLabel: gettext("HA Resources"),
      allowBlank: false,
      queryMode: "local",
      valueField: "sid",
      displayField: "sid",
      store: {
        autoLoad: true,
        fields: ["sid"],
        sorters: "sid",
        proxy: { type: "proxmox", url: "/api2/json/cluster/ha/resources" },
      },
    };
  },

  nodeFields() {
    return [
      { xtype: "textfield", name: "nodes", fieldLabel: gettext("Nodes"), allowBlank: false },
      { xtype: "proxmoxcheckbox", name: "strict", fieldLabel: gettext("Strict") },
    ];
  },

  affinityField() {
    return {
      xtype: "combobox",
      name: "affinity",
      fieldLabel: gettext("Affinity"),
      editable: false,
      queryMode: "local",
      store: ["positive", "negative"],
      value: "positive",
    };
  },

  values() {
    const { resources, ...rest } = this.formPanel.getForm().getValues(false, false, false, false);
    return { ...rest, type: this.ruleType, resources: [].concat(resources ?? []).join(",") };
  },
});
