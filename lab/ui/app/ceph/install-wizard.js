// SPDX-License-Identifier: GPL-3.0-or-later

/** Installs and configures Ceph in four pages; the installation itself needs a terminal in the page, which the lab has not. */
Ext.define("PVE.ceph.CephInstallWizard", {
  extend: "Ext.window.Window",
  xtype: "pveCephInstallWizard",

  width: 720,
  height: 540,
  modal: true,
  resizable: false,
  layout: "fit",
  isInstalled: false,

  initComponent() {
    this.title = gettext("Setup");
    this.items = [
      {
        xtype: "tabpanel",
        itemId: "wizcontent",
        activeTab: this.isInstalled ? 2 : 0,
        bodyPadding: 10,
        defaults: { border: false, disabled: true },
        items: [this.infoPage(), this.installPage(), this.configPage(), this.successPage()],
      },
    ];
    this.buttons = [
      { xtype: "proxmoxHelpButton" },
      "->",
      { text: gettext("Back"), itemId: "back", disabled: true },
      { text: gettext("Next"), itemId: "next", handler: () => this.navigateNext() },
    ];
    this.callParent();
    const release = this.down("pveCephVersionSelector");
    release.on("change", () => this.showButton());
    this.down("#wizcontent").on("tabchange", () => this.showButton());
    this.on("show", () => this.showButton());
  },

  showButton() {
    const pages = this.down("#wizcontent");
    const index = pages.items.indexOf(pages.getActiveTab());
    const release = this.down("pveCephVersionSelector").getValue();
    const text = [
      Ext.String.format(gettext("Start {0} installation"), release ?? ""),
      gettext("Next"),
      gettext("Next"),
      gettext("Finish"),
    ][index];
    this.down("#next").setText(text);
    this.down("#next").setDisabled(index === 1);
  },

  navigateNext() {
    const pages = this.down("#wizcontent");
    const index = pages.items.indexOf(pages.getActiveTab());
    if (index === 2) {
      this.configure();
      return;
    }
    const next = pages.items.getAt(index + 1);
    if (!next) {
      this.close();
      return;
    }
    next.enable();
    pages.setActiveTab(next);
  },

  infoPage() {
    return {
      title: gettext("Info"),
      itemId: "info",
      disabled: this.isInstalled,
      layout: { type: "vbox", align: "stretch" },
      items: [
        { xtype: "component", cls: "lab-wizard-text", html: this.introduction() },
        { xtype: "component", flex: 1 },
        {
          xtype: "component",
          itemId: "hint",
          cls: "lab-hint",
          html: gettext("The no-subscription repository is not the best choice for production setups."),
        },
        { xtype: "pveCephHighestVersionDisplay", labelWidth: 150, nodename: this.nodename },
        {
          xtype: "container",
          layout: "hbox",
          items: [
            { xtype: "pveCephVersionSelector", labelWidth: 150, flex: 1, nodename: this.nodename, margin: "0 15 0 0" },
            this.repositorySelector(),
          ],
        },
      ],
    };
  },

  // English in every language, as on real nodes.
  introduction() {
    return [
      "<h3>Ceph?</h3>",
      "<p>Ceph is a distributed storage system. It is not installed on this node yet.</p>",
      "<p>This wizard installs the packages, then asks once per cluster for a first configuration.</p>",
    ].join("");
  },

  repositorySelector() {
    return {
      xtype: "combobox",
      name: "repository",
      fieldLabel: gettext("Repository"),
      labelWidth: 80,
      flex: 1,
      editable: false,
      submitValue: false,
      value: "no-subscription",
      store: [
        ["enterprise", gettext("Enterprise (recommended)")],
        ["no-subscription", gettext("No-Subscription")],
        ["test", gettext("Test")],
        ["manual", gettext("Manual")],
      ],
      listeners: { change: (_field, value) => this.down("#hint").setVisible(value === "no-subscription") },
    };
  },

  installPage() {
    return {
      title: gettext("Installation"),
      itemId: "installation",
      layout: "fit",
      items: [{ xtype: "pveLabNotSimulated" }],
    };
  },

  configPage() {
    const network = (name, fieldLabel, more) => ({
      xtype: "proxmoxNetworkSelector",
      name,
      fieldLabel,
      nodename: this.nodename,
      valueField: "cidr",
      displayField: "cidr",
      labelWidth: 160,
      ...more,
    });
    return {
      title: gettext("Configuration"),
      itemId: "configuration",
      disabled: !this.isInstalled,
      items: [
        { xtype: "displayfield", value: `${gettext("Ceph cluster configuration")}:` },
        network("network", "Public Network IP/CIDR", { allowBlank: false }),
        network("cluster-network", "Cluster Network IP/CIDR", { emptyText: gettext("Same as Public Network") }),
      ],
    };
  },

  successPage() {
    return { title: gettext("Success"), itemId: "success", html: "<h3>Installation successful!</h3>" };
  },

  configure() {
    const value = (name) => this.down(`field[name=${name}]`).getValue();
    const cluster = value("cluster-network");
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/ceph/init`,
      method: "POST",
      params: { network: value("network"), ...(cluster ? { "cluster-network": cluster } : {}) },
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: () => this.createFirstMonitor(),
    });
  },

  createFirstMonitor() {
    const node = encodeURIComponent(this.nodename === "localhost" ? Proxmox.NodeName : this.nodename);
    Proxmox.Utils.API2Request({
      url: `/nodes/${node}/ceph/mon/${node}`,
      method: "POST",
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: () => {
        const pages = this.down("#wizcontent");
        pages.down("#success").enable();
        pages.setActiveTab("success");
      },
    });
  },
});
