// SPDX-License-Identifier: GPL-3.0-or-later

/** One interface of a node. What is changed waits until the configuration is applied. */
Ext.define("Proxmox.node.NetworkEdit", {
  extend: "Proxmox.window.Edit",
  alias: "widget.proxmoxNodeNetworkEdit",

  width: 700,
  nodename: undefined,
  iface: undefined,
  iftype: "bridge",

  initComponent() {
    const place = `/nodes/${encodeURIComponent(this.nodename)}/network`;
    const isCreate = this.iface === undefined;
    this.url = isCreate ? place : `${place}/${encodeURIComponent(this.iface)}`;
    this.method = isCreate ? "POST" : "PUT";
    this.title = `${isCreate ? gettext("Create") : gettext("Edit")}: ${PVE.node.InterfaceTypes.label(this.iftype)}`;
    this.submitText = isCreate ? gettext("Create") : gettext("OK");
    const column = (items, padding) => ({ padding, items });
    this.formItems = [
      { xtype: "hiddenfield", name: "type", value: this.iftype },
      {
        xtype: "container",
        layout: "column",
        defaults: { xtype: "container", columnWidth: 0.5, layout: "anchor", defaults: { anchor: "100%" } },
        items: [column(this.addressFields(isCreate), "0 15 0 0"), column(this.kindFields(isCreate), "0 0 0 15")],
      },
    ];
    this.callParent();
    if (isCreate) return;
    Proxmox.Utils.API2Request({
      url: this.url,
      waitMsgTarget: this,
      success: (response) => !this.destroyed && this.formPanel.getForm().setValues(response.result.data),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus, () => this.close()),
    });
  },

  addressFields(isCreate) {
    return [
      {
        xtype: isCreate ? "textfield" : "displayfield",
        name: "iface",
        fieldLabel: gettext("Name"),
        value: this.iface,
        allowBlank: false,
      },
      { xtype: "proxmoxtextfield", name: "cidr", fieldLabel: "IPv4/CIDR" },
      { xtype: "proxmoxtextfield", name: "gateway", fieldLabel: `${gettext("Gateway")} (IPv4)` },
      { xtype: "proxmoxtextfield", name: "cidr6", fieldLabel: "IPv6/CIDR" },
      { xtype: "proxmoxtextfield", name: "gateway6", fieldLabel: `${gettext("Gateway")} (IPv6)` },
    ];
  },

  kindFields(isCreate) {
    const bridge = [
      { xtype: "proxmoxcheckbox", name: "bridge_vlan_aware", fieldLabel: gettext("VLAN aware") },
      { xtype: "textfield", name: "bridge_ports", fieldLabel: gettext("Bridge ports") },
    ];
    return [
      { xtype: "proxmoxcheckbox", name: "autostart", fieldLabel: gettext("Autostart"), checked: isCreate },
      ...(this.iftype === "bridge" ? bridge : []),
      { xtype: "textfield", name: "comments", fieldLabel: gettext("Comment") },
    ];
  },

  values() {
    const values = this.callParent();
    const clearable = ["cidr", "gateway", "cidr6", "gateway6", "comments"];
    const gone = this.iface === undefined ? [] : clearable.filter((name) => !values[name]);
    const kept = Object.entries(values).filter(([name, value]) => !clearable.includes(name) || value);
    return { ...Object.fromEntries(kept), ...(gone.length > 0 ? { delete: gone.join(",") } : {}) };
  },
});

/** What an interface is called. */
Ext.define("PVE.node.InterfaceTypes", {
  singleton: true,

  label(type) {
    const labels = { bridge: "Linux Bridge", bond: "Linux Bond", eth: gettext("Network Device"), vlan: "Linux VLAN" };
    return labels[type] ?? Ext.htmlEncode(type);
  },
});
