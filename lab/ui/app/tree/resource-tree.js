// SPDX-License-Identifier: GPL-3.0-or-later

/** The tree of resources; follows the shared store, keeps what is open and selected. The selection is the field `rid` of the address. */
Ext.define("PVE.tree.ResourceTree", {
  extend: "Ext.tree.Panel",
  alias: "widget.pveResourceTree",

  rootVisible: true,
  border: true,
  useArrows: true,
  hideHeaders: true,
  animate: false,
  cls: "lab-tree",
  viewMode: "server",

  initComponent() {
    this.store = Ext.create("Ext.data.TreeStore", {
      fields: ["id", "text", "type", "node", "status", "hastate", "template", "vmid", "storage"],
      root: {
        id: "root",
        text: gettext("Datacenter"),
        type: "root",
        expanded: true,
        iconCls: PVE.tree.Icons.of({ type: "root" }),
      },
    });
    this.columns = [{ xtype: "treecolumn", dataIndex: "text", flex: 1, renderer: Ext.htmlEncode }];
    this.callParent();
    const provider = Ext.state.Manager.getProvider();
    this.mon(PVE.data.ResourceStore, "load", this.follow, this);
    this.mon(provider, "statechange", (_provider, name, state) => {
      if (name === "rid") this.selectById(state.value);
      if (name === "view") this.rearrange(state.value);
    });
    this.viewMode = provider.get("view").value;
    this.on("selectionchange", (_model, [node]) => node && provider.set("rid", { value: node.getId() }));
    this.on("boxready", this.selectRoot, this, { single: true });
  },

  /** The datacenter is always there; anything else has to wait for the resources. */
  selectRoot() {
    if (PVE.Session.ticket() && Ext.state.Manager.getProvider().get("rid").value === "root") this.selectById("root");
  },

  setDatacenterText(clusterName) {
    const name = clusterName ? `${gettext("Datacenter")} (${clusterName})` : gettext("Datacenter");
    this.getRootNode().set("text", name, { commit: true });
  },

  clear() {
    this.getSelectionModel().deselectAll(true);
    this.getRootNode().removeAll();
    this.followed = false;
  },

  /** Selects an entry; an unknown one changes nothing, as on real nodes. Gives whether it is there. */
  selectById(id) {
    const node = this.store.getNodeById(id || "root");
    if (!node) return false;
    if (this.getSelection()[0] === node) return true;
    for (let parent = node.parentNode; parent; parent = parent.parentNode) parent.expand();
    this.setSelection(node);
    this.getView().focusRow?.(node);
    return true;
  },

  rearrange(view) {
    this.viewMode = view;
    const selected = this.getSelection()[0]?.getId();
    this.suspendEvent("selectionchange");
    this.getRootNode().removeAll();
    this.follow(PVE.data.ResourceStore, PVE.data.ResourceStore.getRange(), true);
    if (selected) this.selectById(selected);
    this.resumeEvent("selectionchange");
  },

  follow(_store, records, success) {
    if (!success) return;
    const wanted = PVE.tree.Arrangement.of(
      this.viewMode,
      records.map((record) => record.data),
    );
    Ext.suspendLayouts();
    this.dropMissing(new Set(wanted.map((entry) => entry.id)));
    for (const entry of wanted) this.place(entry);
    Ext.resumeLayouts(true);
    if (this.followed) return;
    this.followed = true;
    this.selectById(Ext.state.Manager.getProvider().get("rid").value);
  },

  dropMissing(wanted) {
    const gone = [];
    this.getRootNode().cascade((node) => {
      if (!node.isRoot() && !wanted.has(node.getId())) gone.push(node);
    });
    const selected = this.getSelection()[0];
    if (selected && gone.includes(selected)) this.setSelection(this.getRootNode());
    for (const node of gone) if (node.parentNode) node.remove();
  },

  place({ parentId, order, ...fields }) {
    const parent = this.store.getNodeById(parentId) ?? this.getRootNode();
    const known = this.store.getNodeById(fields.id);
    if (known && known.parentNode === parent) {
      for (const name of ["text", "status", "hastate", "iconCls", "node"]) {
        if (known.get(name) !== fields[name]) known.set(name, fields[name], { commit: true });
      }
      return;
    }
    const wasSelected = known !== null && this.getSelection()[0] === known;
    if (known) known.remove();
    const before = parent.childNodes.find((sibling) => sibling.order > order);
    const node = parent.createNode({ leaf: parent !== this.getRootNode(), expanded: false, ...fields });
    node.order = order;
    if (before) parent.insertBefore(node, before);
    else parent.appendChild(node);
    if (wasSelected) this.selectById(fields.id);
  },
});
