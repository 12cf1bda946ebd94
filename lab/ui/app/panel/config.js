// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * The panel of one selected resource: a title bar, the menu on the left, and one card. Cards are built when they are opened and
 * destroyed when they are left. Each entry of `pages` is a component with `itemId`, `title`, `iconCls` and perhaps a `group`.
 */
Ext.define("PVE.panel.Config", {
  extend: "Ext.panel.Panel",
  alias: "widget.pvePanelConfig",

  layout: "card",
  border: false,
  bodyBorder: false,

  /** Field of the address that remembers the open page. */
  hstateid: undefined,
  showSearch: false,
  pages: [],
  actions: [],

  initComponent() {
    this.entries = this.allPages();
    this.menuStore = Ext.create("Ext.data.TreeStore", { root: { expanded: true, children: this.menuNodes() } });
    this.dockedItems = [this.menuBar(), this.titleBar()];
    this.callParent();
    const provider = Ext.state.Manager.getProvider();
    const start = this.entry(this.hstateid ? provider.get(this.hstateid).value : "") ?? this.entries[0];
    this.openCard(start);
    this.menu().setStore(this.menuStore);
    this.showInMenu(start.itemId);
    this.menu().on("selectionchange", (_menu, node) => node && this.choose(node.getId()));
    this.mon(provider, "statechange", (_provider, name, state) => {
      if (name === this.hstateid) this.follow(state.value);
    });
  },

  allPages() {
    const search = { xtype: "pveResourceGrid", itemId: "search", title: gettext("Search"), iconCls: "fa fa-search" };
    return [...(this.showSearch ? [search] : []), ...this.pages];
  },

  entry(itemId) {
    return this.entries.find((page) => page.itemId === itemId);
  },

  menu() {
    return this.down("#menu");
  },

  menuNodes() {
    const nodes = new Map();
    const top = [];
    for (const page of this.entries) {
      const node = {
        id: page.itemId,
        text: page.title,
        iconCls: page.iconCls,
        leaf: true,
        expanded: page.expandedOnInit,
      };
      nodes.set(page.itemId, node);
      const parent = nodes.get(page.group);
      if (!parent) {
        top.push(node);
        continue;
      }
      parent.leaf = false;
      parent.children ??= [];
      parent.children.push(node);
    }
    return top;
  },

  menuBar() {
    return {
      xtype: "toolbar",
      dock: "left",
      overflowHandler: "scroller",
      cls: "pve-toolbar-bg",
      style: { padding: "0 1px 0 0", margin: 0 },
      items: [
        {
          xtype: "treelist",
          itemId: "menu",
          ui: "pve-nav",
          expanderOnly: true,
          expanderFirst: false,
          animation: false,
          singleExpand: false,
        },
      ],
    };
  },

  titleBar() {
    return {
      xtype: "toolbar",
      itemId: "toolbar",
      dock: "top",
      height: 37,
      cls: "lab-title-bar",
      overflowHandler: "scroller",
      items: [
        { xtype: "tbtext", text: this.heading, baseCls: "x-panel-header-text" },
        "->",
        ...this.actions,
        { xtype: "proxmoxHelpButton" },
      ],
    };
  },

  /** Selects in the menu without opening anything; the groups above open. */
  showInMenu(itemId) {
    const node = this.menuStore.getNodeById(itemId);
    for (let group = node.parentNode; group && !group.isRoot(); group = group.parentNode) group.expand();
    this.menu().setSelection(node);
  },

  /** Opens a page by its itemId, as the menu would; used by tests. Gives the itemId, or an empty text. */
  selectById(itemId) {
    const node = this.menuStore.getNodeById(itemId);
    if (!node) return "";
    this.showInMenu(itemId);
    return itemId;
  },

  choose(itemId) {
    const page = this.entry(itemId);
    if (!page || this.getLayout().getActiveItem()?.itemId === itemId) return;
    this.openCard(page);
    if (!this.hstateid) return;
    const value = itemId === this.entries[0].itemId ? "" : itemId;
    Ext.state.Manager.getProvider().set(this.hstateid, { value });
  },

  /** The address changed: an unknown page means the first one, the address keeps what was asked. */
  follow(itemId) {
    const page = this.entry(itemId) ?? this.entries[0];
    if (this.getLayout().getActiveItem()?.itemId === page.itemId) return;
    this.openCard(page);
    this.showInMenu(page.itemId);
  },

  openCard(page) {
    Ext.suspendLayouts();
    const before = this.getLayout().getActiveItem();
    const { title, iconCls, group, expandedOnInit, ...config } = page;
    const card = this.add({
      border: false,
      header: false,
      pveSelNode: this.pveSelNode,
      statusStore: this.statusStore,
      ...config,
    });
    this.setActiveItem(card);
    if (before && before !== card) this.remove(before, true);
    Ext.resumeLayouts(true);
  },
});
