// SPDX-License-Identifier: GPL-3.0-or-later

/** The HA page: what the stack does above, what it watches over below; version 9.2 can disarm it. */
Ext.define("PVE.ha.Status", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveHAStatus",

  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      idProperty: "id",
      fields: ["id", "type", "node", "status", "sid", "state", "group", "comment", "armed-state", "timestamp"],
      proxy: { type: "proxmox", url: "/api2/json/cluster/ha/status/current" },
    });
    if (PVE.Lab.dialect === "9") this.tbar = this.armingButtons();
    this.items = [
      { xtype: "pveHAStatusView", rstore: this.rstore, collapsible: true, padding: "0 0 20 0", border: false },
      { xtype: "pveHAResourcesView", rstore: this.rstore, collapsible: true, flex: 1, border: false },
    ];
    this.callParent();
    this.mon(this.rstore, "load", this.followArming, this);
    this.on("destroy", () => this.rstore.destroy());
    this.rstore.startUpdate();
  },

  armingButtons() {
    const disarm = (mode) => () => this.ask("disarm-ha", { "resource-mode": mode });
    return [
      {
        text: gettext("Arm HA"),
        itemId: "arm",
        iconCls: "fa fa-link",
        disabled: true,
        handler: () => this.ask("arm-ha", {}),
      },
      {
        text: gettext("Disarm HA"),
        itemId: "disarm",
        iconCls: "fa fa-unlink",
        menu: [
          { text: gettext("Freeze"), handler: disarm("freeze") },
          { text: gettext("Ignore"), handler: disarm("ignore") },
        ],
      },
      "->",
      {
        text: gettext("CRS Settings"),
        iconCls: "fa fa-gears",
        handler: () => PVE.panel.NotSimulated.tell(gettext("CRS Settings")),
      },
    ];
  },

  followArming(_store, records, success) {
    if (!success || PVE.Lab.dialect !== "9" || this.destroyed) return;
    const state = records.find((record) => record.get("type") === "fencing")?.get("armed-state");
    const disarmed = state === "disarmed" || state === "disarming";
    this.down("#arm").setDisabled(!disarmed);
    this.down("#disarm").setDisabled(disarmed);
  },

  ask(verb, params) {
    Proxmox.Utils.API2Request({
      url: `/cluster/ha/status/${verb}`,
      method: "POST",
      params,
      callback: () => this.rstore.load(),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
    });
  },
});
