// SPDX-License-Identifier: GPL-3.0-or-later

/** The addresses that the guest agent tells; without one, why there are none. */
Ext.define("PVE.qemu.AgentIPView", {
  extend: "Proxmox.widget.Info",
  alias: "widget.pveAgentIPView",

  iconCls: "fa fa-exchange",
  title: "IPs",

  initComponent() {
    const { node, vmid } = this.pveSelNode.data;
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 10000,
      autoStart: true,
      fields: ["result"],
      proxy: {
        type: "proxmox",
        url: `/api2/json/nodes/${encodeURIComponent(node)}/qemu/${vmid}/agent/network-get-interfaces`,
      },
    });
    this.callParent();
    this.mon(this.rstore, "load", (_store, records, success) => this.showAddresses(success, records));
    this.on("destroy", () => this.rstore.destroy());
  },

  showAddresses(success, records) {
    if (this.destroyed) return;
    if (!success) {
      this.updateValue(gettext("Guest Agent not running"));
      return;
    }
    const addresses = (records[0]?.get("result") ?? [])
      .filter((card) => card.name !== "lo")
      .flatMap((card) => card["ip-addresses"] ?? [])
      .map((entry) => entry["ip-address"]);
    this.updateValue(addresses.join(", ") || gettext("No network information"));
  },
});
