// SPDX-License-Identifier: GPL-3.0-or-later

/** The newest Ceph that any node has. */
Ext.define("PVE.ceph.CephHighestVersionDisplay", {
  extend: "Ext.form.field.Display",
  xtype: "pveCephHighestVersionDisplay",

  initComponent() {
    this.fieldLabel = gettext("Ceph in the cluster");
    this.value = "unknown";
    this.callParent();
    Proxmox.Utils.API2Request({
      url: "/cluster/ceph/metadata?scope=versions",
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: ({ result }) => {
        const newest = PVE.Ceph.newest(result.data?.node);
        this.setValue(
          newest
            ? Ext.String.format(gettext("Newest ceph version in cluster is {0}"), newest)
            : gettext("Could not detect a ceph installation in the cluster"),
        );
      },
    });
  },
});

/** The releases that this node can install. */
Ext.define("PVE.ceph.CephVersionSelector", {
  extend: "Ext.form.field.ComboBox",
  xtype: "pveCephVersionSelector",

  displayField: "display",
  valueField: "release",
  queryMode: "local",
  editable: false,
  forceSelection: true,
  submitValue: false,

  initComponent() {
    this.fieldLabel = gettext("Ceph version to install");
    const fixed = PVE.Lab.dialect === "8.4";
    const old = [
      ["quincy", "17.2"],
      ["reef", "18.2"],
      ["squid", "19.2"],
    ];
    this.store = Ext.create("Ext.data.Store", {
      fields: ["release", "version", { name: "display", calculate: (data) => `${data.release} (${data.version})` }],
      data: fixed ? old.map(([release, version]) => ({ release, version })) : [],
    });
    this.callParent();
    if (fixed) {
      this.setValue("squid");
      return;
    }
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/ceph/releases`,
      waitMsgTarget: this,
      success: ({ result }) => {
        const rows = result.data.map((entry) => ({
          release: entry.codename,
          version: entry.release,
          first: entry["is-default"],
        }));
        this.store.loadData(rows);
        this.setValue((rows.find((row) => row.first) ?? rows[0])?.release);
      },
    });
  },
});

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
