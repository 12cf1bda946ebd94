// SPDX-License-Identifier: GPL-3.0-or-later

/** A node's network interfaces. */
Ext.define("Proxmox.node.NetworkView", {
  extend: "Ext.grid.Panel",
  alias: "widget.proxmoxNodeNetworkView",

  initComponent() {
    this.store = Ext.create("Ext.data.Store", {
      autoLoad: true,
      idProperty: "iface",
      sorters: "iface",
      fields: [
        "iface",
        "type",
        "cidr",
        "cidr6",
        "address",
        "gateway",
        "comments",
        "bridge_ports",
        "slaves",
        "bond_mode",
        "altnames",
        ...["active", "autostart", "bridge_vlan_aware"].map((name) => ({ name, type: "int" })),
      ],
      proxy: { type: "proxmox", url: `/api2/extjs/nodes/${encodeURIComponent(this.nodename)}/network` },
    });
    this.revertButton = this.button(gettext("Revert"), () => this.request("DELETE"));
    this.editButton = this.button(gettext("Edit"), () => this.edit(this.getSelection()[0]));
    this.removeButton = this.button(gettext("Remove"), () =>
      this.request("DELETE", `/${encodeURIComponent(this.getSelection()[0].get("iface"))}`),
    );
    this.applyButton = this.button(gettext("Apply Configuration"), () => this.request("PUT"));
    this.tbar = [
      {
        text: gettext("Create"),
        menu: [
          { text: "Linux Bridge", handler: () => this.openWindow({ iftype: "bridge" }) },
          { text: "Linux Bond", handler: () => this.openWindow({ iftype: "bond" }) },
          { text: "Linux VLAN", handler: () => this.openWindow({ iftype: "vlan" }) },
        ],
      },
      this.revertButton,
      this.editButton,
      this.removeButton,
      this.applyButton,
    ];
    this.changes = Ext.create("Ext.panel.Panel", {
      dock: "bottom",
      itemId: "changes",
      title: `${gettext("Pending changes")} (${gettext("Either reboot or use 'Apply Configuration' (needs ifupdown2) to activate")})`,
      hidden: true,
      height: 220,
      scrollable: true,
      bodyPadding: 5,
    });
    this.dockedItems = [this.changes];
    this.columns = this.columnList();
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.store);
    this.on("itemdblclick", (_view, record) => this.edit(record));
    this.on("selectionchange", (_model, [record]) => {
      this.editButton.setDisabled(!record);
      this.removeButton.setDisabled(!record);
    });
    this.mon(this.store, "load", (_store, _records, success, operation) => success && this.showChanges(operation));
  },

  button(text, handler) {
    return Ext.create("Ext.button.Button", { text, handler, disabled: true });
  },

  /** What waits is a difference beside the list's rows. */
  showChanges(operation) {
    const waiting = Ext.decode(operation.getResponse()?.responseText ?? "null", true)?.changes;
    this.changes.setHidden(!waiting);
    this.changes.setHtml(waiting ? `<pre>${Ext.htmlEncode(waiting)}</pre>` : "");
    this.revertButton.setDisabled(!waiting);
    this.applyButton.setDisabled(!waiting);
  },

  edit(record) {
    if (record) this.openWindow({ iface: record.get("iface"), iftype: record.get("type") });
  },

  openWindow(config) {
    const listeners = { destroy: () => !this.destroyed && this.store.load() };
    Ext.create("Proxmox.node.NetworkEdit", { nodename: this.nodename, ...config, listeners }).show();
  },

  request(method, below = "") {
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(this.nodename)}/network${below}`,
      method,
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      callback: () => !this.destroyed && this.store.load(),
    });
  },

  columnList() {
    const yesNo = (text, dataIndex, width) => ({ text, dataIndex, width, renderer: PVE.Format.yesNo });
    const lines = (...values) =>
      values
        .filter(Boolean)
        .map((value) => Ext.htmlEncode(value))
        .join("<br>");
    return [
      { text: gettext("Name"), dataIndex: "iface", width: 120, renderer: Ext.htmlEncode },
      ...(PVE.Lab.dialect === "9"
        ? [
            {
              text: gettext("Alternative Names"),
              dataIndex: "altnames",
              width: 110,
              renderer: (names) => lines(...[names ?? []].flat()),
            },
          ]
        : []),
      { text: gettext("Type"), dataIndex: "type", width: 120, renderer: (type) => PVE.node.InterfaceTypes.label(type) },
      yesNo(gettext("Active"), "active", 80),
      yesNo(gettext("Autostart"), "autostart", 80),
      yesNo(gettext("VLAN aware"), "bridge_vlan_aware", 90),
      {
        text: gettext("Ports/Slaves"),
        dataIndex: "type",
        width: 130,
        renderer: (_type, _meta, { data }) => lines(data.bridge_ports, data.slaves),
      },
      { text: gettext("Bond Mode"), dataIndex: "bond_mode", width: 80 },
      { text: "CIDR", dataIndex: "cidr", width: 150, renderer: (cidr, _meta, { data }) => lines(cidr, data.cidr6) },
      { text: gettext("Gateway"), dataIndex: "gateway", width: 150, renderer: Ext.htmlEncode },
      { text: gettext("Comment"), dataIndex: "comments", flex: 1, renderer: Ext.htmlEncode },
    ];
  },
});
