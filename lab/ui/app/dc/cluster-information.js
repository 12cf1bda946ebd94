// SPDX-License-Identifier: GPL-3.0-or-later

/** Name, configuration version and size of the cluster; a node that stands alone answers 424, which is a state and not an error. */
Ext.define("PVE.dc.ClusterInformation", {
  extend: "Ext.panel.Panel",
  xtype: "pveLabClusterInformation",

  layout: "hbox",
  bodyPadding: 5,

  initComponent() {
    this.title = gettext("Cluster Information");
    this.store = Ext.create("Proxmox.data.UpdateStore", {
      interval: 15000,
      storeid: "pve-cluster-info",
      fields: ["totem", "nodelist", "preferred_node", "config_digest"],
      proxy: { type: "proxmox", url: "/api2/json/cluster/config/join" },
    });
    this.tbar = [
      this.button("createButton", gettext("Create Cluster"), "{isInCluster}", () =>
        this.openPaused("pveClusterCreateWindow"),
      ),
      this.button("addButton", gettext("Join Information"), "{!isInCluster}", () => this.openInformation()),
      this.button("joinButton", gettext("Join Cluster"), "{isInCluster}", () =>
        this.openPaused("pveClusterJoinNodeWindow"),
      ),
    ];
    this.items = [
      this.field(gettext("Cluster Name"), "{totem.cluster_name}"),
      this.field(gettext("Config Version"), "{totem.config_version}"),
      this.field(gettext("Number of Nodes"), "{nodecount}", { labelWidth: 120 }),
      {
        xtype: "displayfield",
        flex: 1,
        margin: 0,
        height: 24,
        value: gettext("Standalone node - no cluster defined"),
        bind: { hidden: "{isInCluster}" },
      },
    ];
    this.callParent();
    this.mon(this.store, "load", this.onLoad, this);
    this.on("destroy", () => this.store.destroy());
    this.store.startUpdate();
  },

  button(reference, text, disabled, handler) {
    return { xtype: "button", reference, text, handler, bind: { disabled } };
  },

  field(fieldLabel, value, more) {
    return {
      xtype: "displayfield",
      flex: 1,
      fieldLabel,
      bind: { value, hidden: "{!isInCluster}" },
      hidden: true,
      ...more,
    };
  },

  onLoad(_store, records, success, operation) {
    const model = this.lookupViewModel();
    const data = success ? records?.[0]?.data : undefined;
    const error = operation?.getError?.();
    const alone = error?.status === 424 || /not in a cluster/.test(error?.statusText ?? "");
    Proxmox.Utils.setErrorMask(this, success || alone ? false : Proxmox.Utils.describeLoadError(operation));
    model.set({
      totem: data?.totem ?? {},
      nodelist: data?.nodelist ?? [],
      preferred: data?.nodelist?.find((node) => node.name === data.preferred_node) ?? {},
      isInCluster: Boolean(data?.totem?.cluster_name),
    });
  },

  /** While a dialog is open the page behind it does not change. */
  openPaused(xtype) {
    this.store.stopUpdate();
    Ext.widget(xtype, { listeners: { destroy: () => this.destroyed || this.store.startUpdate() } }).show();
  },

  openInformation() {
    const model = this.lookupViewModel();
    const preferred = model.get("preferred");
    Ext.widget("pveClusterInfoWindow", {
      joinInfo: {
        ipAddress: preferred.pve_addr,
        fingerprint: preferred.pve_fp,
        peerLinks: this.linksOf(preferred),
        ring_addr: Object.values(this.linksOf(preferred)),
        totem: model.get("totem"),
      },
    }).show();
  },

  /** Addresses by link number, from the keys `ring0_addr`, `ring1_addr` … */
  linksOf(node) {
    const links = {};
    for (const [name, address] of Object.entries(node)) {
      const number = /^ring(\d+)_addr$/.exec(name)?.[1];
      if (number !== undefined) links[number] = address;
    }
    return links;
  },
});
