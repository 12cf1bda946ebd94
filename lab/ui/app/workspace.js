// SPDX-License-Identifier: GPL-3.0-or-later

/** The whole page: header, tree, content and log panel; holds the session and puts the selected resource's panel into the content. */
Ext.define("PVE.StdWorkspace", {
  extend: "Ext.container.Viewport",
  alias: "widget.pveStdWorkspace",

  RENEWAL_MS: 15 * 60 * 1000,
  PATIENCE_401: 5,

  layout: "border",
  border: false,

  classes: {
    root: "PVE.dc.Config",
    node: "PVE.node.Config",
    qemu: "pveQemuConfig",
    lxc: "pveLXCConfig",
    storage: "PVE.storage.Browser",
    network: "PVE.network.Browser",
    sdn: "PVE.sdn.Browser",
  },

  initComponent() {
    this.refusals = 0;
    Ext.tip.QuickTipManager.init();
    Ext.util.History.init();
    Ext.state.Manager.setProvider(Ext.create("PVE.StateProvider"));
    Ext.Ajax.on("requestexception", this.onRefusal, this);
    this.items = [
      { xtype: "pveLabHeader", region: "north" },
      this.west(),
      {
        xtype: "container",
        region: "center",
        id: "content",
        layout: "card",
        margin: "0 5 0 0",
        minWidth: 100,
        stateful: true,
        stateId: "pvecenter",
      },
      {
        xtype: "pveStatusPanel",
        region: "south",
        itemId: "south",
        stateful: true,
        stateId: "pvesouth",
        title: gettext("Logs"),
        header: false,
        collapsible: true,
        collapseMode: "mini",
        split: true,
        height: 200,
        margin: "0 5 5 5",
      },
    ];
    this.callParent();
    if (PVE.Session.ticket()) this.renew();
    else this.showLogin();
    this.renewal = setInterval(() => this.renew(), this.RENEWAL_MS);
  },

  west() {
    return {
      xtype: "container",
      region: "west",
      itemId: "west",
      stateful: true,
      stateId: "pvewest",
      split: true,
      width: 300,
      margin: "0 0 0 5",
      layout: { type: "vbox", align: "stretch" },
      items: [
        {
          xtype: "container",
          layout: "hbox",
          margin: "0 0 5 0",
          items: [
            { xtype: "pveViewSelector", flex: 1, margin: "0 5 0 0" },
            {
              xtype: "button",
              ui: "default-toolbar",
              iconCls: "fa fa-fw fa-gear",
              handler: () => PVE.panel.NotSimulated.tell(gettext("Tree Settings")),
            },
          ],
        },
        {
          xtype: "pveResourceTree",
          flex: 1,
          listeners: { selectionchange: (_model, nodes) => this.onSelect(nodes[0]) },
        },
      ],
    };
  },

  tree() {
    return this.down("pveResourceTree");
  },

  /** Selects a resource in the tree; used by tests. */
  selectById(id) {
    return this.tree().selectById(id);
  },

  onSelect(node) {
    if (!node) return;
    this.setContent({ xtype: this.classes[node.get("type")] ?? "pvePanelConfig", showSearch: true, pveSelNode: node });
  },

  setContent(config) {
    const content = this.down("#content");
    Ext.suspendLayouts();
    content.removeAll(true);
    if (config) content.setActiveItem(content.add({ border: false, ...config }));
    Ext.resumeLayouts(true);
  },

  /** The old ticket is the password for a new one. */
  renew() {
    const ticket = PVE.Session.ticket();
    if (!ticket) return;
    Ext.Ajax.request({
      url: "/api2/json/access/ticket",
      method: "POST",
      params: { username: Proxmox.UserName, password: ticket },
      success: (response) => this.onLogin(Ext.decode(response.responseText).data),
    });
  },

  onLogin(login) {
    PVE.Session.open(login);
    this.refusals = 0;
    if (login.cap) Ext.state.Manager.set("GuiCap", login.cap);
    this.tree().setDatacenterText(login.clustername);
    this.down("pveLabHeader").setUser(Proxmox.UserName);
    if (!PVE.data.ResourceStore.running) PVE.data.ResourceStore.startUpdate();
    this.tree().selectRoot();
    Proxmox.Utils.API2Request({
      url: "/version",
      success: (response) => {
        PVE.VersionInfo = response.result.data;
        this.down("pveLabHeader").setVersion(PVE.VersionInfo.version);
      },
    });
    Proxmox.Utils.API2Request({
      url: "/cluster/options",
      success: (response) => (PVE.UIOptions = response.result.data),
    });
  },

  onRefusal(_connection, response) {
    if (response.status !== 401 || PVE.Session.expectRefusals) return;
    this.refusals += 1;
    if (this.refusals > this.PATIENCE_401) this.showLogin();
  },

  showLogin() {
    PVE.Session.close();
    Ext.state.Manager.clear("GuiCap");
    PVE.data.ResourceStore.stopUpdate();
    this.down("pveLabHeader").setUser("");
    if (this.login) return;
    this.login = Ext.create("PVE.window.LoginWindow", {
      opened: (login) => {
        this.login = null;
        this.onLogin(login);
        Proxmox.Utils.checkedCommand(Ext.emptyFn);
      },
    });
    this.login.show();
  },

  logout() {
    this.showLogin();
    this.setContent(null);
    this.tree().setDatacenterText(undefined);
    this.tree().clear();
    PVE.data.ResourceStore.removeAll();
    for (const grid of this.query("pveStatusPanel grid")) grid.getStore().removeAll();
  },

  onDestroy() {
    clearInterval(this.renewal);
    this.callParent();
  },
});
