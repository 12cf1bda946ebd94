// SPDX-License-Identifier: GPL-3.0-or-later

/** One network card of a machine: its bridge or virtual network, VLAN, model and address. */
Ext.define("PVE.qemu.NetworkEdit", {
  extend: "Proxmox.window.Edit",

  width: 650,
  method: "PUT",
  confid: "net0",
  nodename: undefined,

  initComponent() {
    this.title = `${gettext("Edit")}: ${gettext("Network Device")}`;
    this.submitText = gettext("OK");
    const column = (items, padding) => ({ padding, items });
    this.formItems = [
      {
        xtype: "container",
        layout: "column",
        defaults: { xtype: "container", columnWidth: 0.5, layout: "anchor", defaults: { anchor: "100%" } },
        items: [column(this.leftFields(), "0 15 0 0"), column(this.rightFields(), "0 0 0 15")],
      },
    ];
    this.callParent();
    Proxmox.Utils.API2Request({
      url: this.url,
      waitMsgTarget: this,
      success: (response) => !this.destroyed && this.showCard(response.result.data[this.confid]),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus, () => this.close()),
    });
  },

  leftFields() {
    return [
      { xtype: "PVE.form.BridgeSelector", name: "bridge", fieldLabel: gettext("Bridge"), nodename: this.nodename },
      {
        xtype: "numberfield",
        name: "tag",
        fieldLabel: gettext("VLAN Tag"),
        minValue: 1,
        maxValue: 4094,
        emptyText: "no VLAN",
      },
      { xtype: "proxmoxcheckbox", name: "firewall", fieldLabel: gettext("Firewall") },
      { xtype: "proxmoxcheckbox", name: "disconnect", fieldLabel: gettext("Disconnect") },
    ];
  },

  rightFields() {
    const models = [
      ["virtio", "VirtIO (paravirtualized)"],
      ["e1000", "Intel E1000"],
      ["rtl8139", "Realtek RTL8139"],
      ["vmxnet3", "VMware vmxnet3"],
    ];
    return [
      {
        xtype: "combobox",
        name: "model",
        fieldLabel: gettext("Model"),
        store: models,
        editable: false,
        allowBlank: false,
      },
      {
        xtype: "textfield",
        name: "macaddr",
        fieldLabel: gettext("MAC address"),
        regex: /^[a-fA-F0-9]{2}(?::[a-fA-F0-9]{2}){5}$/,
        emptyText: "auto",
      },
      {
        xtype: "numberfield",
        name: "rate",
        fieldLabel: `${gettext("Rate limit")} (MB/s)`,
        minValue: 0,
        emptyText: "unlimited",
      },
      { xtype: "numberfield", name: "queues", fieldLabel: "Multiqueue", minValue: 1, maxValue: 64 },
    ];
  },

  showCard(value) {
    this.card = PVE.qemu.Values.network(value);
    const { bridge, tag, firewall, link_down, model, macaddr, rate, queues } = this.card;
    const disconnect = link_down === "1";
    this.formPanel
      .getForm()
      .setValues({ bridge, tag, firewall: firewall === "1", disconnect, model, macaddr, rate, queues });
    this.checkState();
  },

  values() {
    const { model, macaddr, bridge, tag, firewall, disconnect, rate, queues } = this.formPanel.getForm().getValues();
    const options = {
      bridge,
      tag,
      firewall: firewall === "1" ? 1 : "",
      link_down: disconnect === "1" ? 1 : "",
      rate,
      queues,
    };
    const rest = Object.entries(options).filter(([, value]) => value !== undefined && value !== "");
    const head = macaddr ? `${model}=${macaddr}` : model;
    return { [this.confid]: [head, ...rest.map(([key, value]) => `${key}=${value}`)].join(",") };
  },
});
