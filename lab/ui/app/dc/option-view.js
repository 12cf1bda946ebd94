// SPDX-License-Identifier: GPL-3.0-or-later

/** The datacenter's options as a list of names and values. */
Ext.define("PVE.dc.OptionView", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveDcOptionView",

  hideHeaders: true,

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      autoStart: true,
      fields: this.options().map(([name]) => name),
      proxy: { type: "proxmox", url: "/api2/json/cluster/options" },
    });
    this.store = Ext.create("Ext.data.Store", { fields: ["key", "name", "value"], idProperty: "key" });
    this.columns = [
      { dataIndex: "name", width: 250 },
      { dataIndex: "value", flex: 1, renderer: Ext.htmlEncode },
    ];
    this.tbar = [{ text: gettext("Edit"), disabled: true }];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", (_store, records, success) => {
      if (success) this.showOptions(records[0]?.data ?? {});
    });
    this.on("destroy", () => this.rstore.destroy());
  },

  options() {
    return [
      ["keyboard", gettext("Keyboard Layout"), gettext("Default")],
      ["http_proxy", gettext("HTTP proxy"), gettext("none")],
      ["console", gettext("Console Viewer"), `${gettext("Default")} (xterm.js)`],
      ["email_from", gettext("Email from address"), "root@$hostname"],
      ["mac_prefix", gettext("MAC address prefix"), gettext("none")],
      ["migration", gettext("Migration Settings"), gettext("Default")],
      ["replication", gettext("Replication Settings"), gettext("Default")],
      ["ha", gettext("HA Settings"), gettext("Default")],
      ["crs", gettext("Cluster Resource Scheduling"), gettext("Default")],
      ["u2f", gettext("U2F Settings"), gettext("none")],
      ["webauthn", gettext("WebAuthn Settings"), gettext("none")],
      ["bwlimit", gettext("Bandwidth Limits"), gettext("none")],
      ["max_workers", gettext("Maximal Workers/bulk-action"), "4"],
      ["next-id", gettext("Next Free VMID Range"), gettext("Default")],
      ["language", gettext("Language"), gettext("Default")],
    ];
  },

  showOptions(data) {
    const text = (value) =>
      Ext.isObject(value)
        ? Object.entries(value)
            .map(([name, part]) => `${name}=${part}`)
            .join(",")
        : String(value);
    this.store.loadData(
      this.options().map(([key, name, otherwise]) => ({
        key,
        name,
        value: data[key] === undefined || data[key] === null ? otherwise : text(data[key]),
      })),
    );
  },
});
