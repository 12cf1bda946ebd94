// SPDX-License-Identifier: GPL-3.0-or-later

/** The nodes of the cluster with their load; those of `disallowedNodes` are left out. */
Ext.define("PVE.form.NodeSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.pveNodeSelector",

  valueField: "node",
  displayField: "node",
  queryMode: "local",
  editable: false,
  autoSelect: true,
  disallowedNodes: [],
  matchFieldWidth: false,
  listConfig: { minWidth: 450, loadMask: false },
  tpl: [
    '<ul class="x-list-plain lab-columns"><tpl for=".">',
    '<li role="option" class="x-boundlist-item"><span>{node}</span>',
    "<span>{[PVE.Format.percent(values.maxmem ? values.mem / values.maxmem : 0)]}</span>",
    "<span>{[PVE.Format.percent(values.cpu)]}</span></li>",
    "</tpl></ul>",
  ],

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      fields: ["node", "status", "cpu", "maxcpu", "mem", "maxmem", "uptime"],
      filters: [(record) => !this.disallowedNodes.includes(record.get("node"))],
      sorters: "node",
      proxy: { type: "proxmox", url: "/api2/json/nodes" },
    });
    this.callParent();
    this.mon(this.store, "load", this.onNodes, this);
    this.store.load();
  },

  /** The first other node is proposed, as real pages do. */
  onNodes(store, _records, success) {
    if (!success || this.destroyed) return;
    if (this.autoSelect && !this.getValue() && store.getCount() > 0) this.setValue(store.first().get("node"));
    else this.validate();
  },

  getErrors(value) {
    const errors = this.callParent([value]);
    const chosen = this.getStore().findRecord("node", this.getValue(), 0, false, true, true);
    if (chosen && chosen.get("status") !== "online")
      errors.push(Ext.String.format(gettext("Node {0} seems to be offline!"), chosen.get("node")));
    return errors;
  },
});
