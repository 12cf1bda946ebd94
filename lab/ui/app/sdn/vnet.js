// SPDX-License-Identifier: GPL-3.0-or-later

/** The VNets on the left, the subnets of the chosen one on the right. */
Ext.define("PVE.sdn.Vnet", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveSDNVnet",

  layout: "border",

  initComponent() {
    this.items = [
      {
        xtype: "pveSDNVnetView",
        title: "VNets",
        region: "west",
        width: "50%",
        split: true,
        listeners: { selectionchange: (_model, [record]) => this.showSubnets(record) },
      },
      { xtype: "pveSDNSubnetView", title: gettext("Subnets"), region: "center", itemId: "subnets" },
    ];
    this.callParent();
  },

  showSubnets(record) {
    const grid = this.down("#subnets");
    grid.vnet = record?.get("vnet");
    grid.setUrl(record ? `/cluster/sdn/vnets/${encodeURIComponent(record.get("vnet"))}/subnets` : undefined);
  },
});

Ext.define("PVE.sdn.VnetView", {
  extend: "PVE.sdn.SectionGrid",
  alias: "widget.pveSDNVnetView",

  url: "/cluster/sdn/vnets",
  idProperty: "vnet",
  dataFields: ["alias", "zone", "tag", "vlanaware"],

  initComponent() {
    const { Pending } = PVE.sdn;
    this.columns = [
      {
        text: "ID",
        dataIndex: "vnet",
        flex: 2,
        renderer: (value, _meta, record) => Pending.cell(record, value, "vnet"),
      },
      Pending.column(gettext("Alias"), "alias"),
      Pending.column(gettext("Zone"), "zone"),
      Pending.column(gettext("Tag"), "tag"),
      Pending.column(gettext("VLAN Aware"), "vlanaware"),
      { text: gettext("State"), dataIndex: "state", width: 100, renderer: (value) => Pending.state(value) },
    ];
    this.callParent();
  },

  addButton() {
    return { text: gettext("Create"), handler: () => this.openWindow("PVE.sdn.VnetEdit", {}) };
  },

  edit(record) {
    if (record) this.openWindow("PVE.sdn.VnetEdit", { sectionId: record.get("vnet") });
  },
});

Ext.define("PVE.sdn.SubnetView", {
  extend: "PVE.sdn.SectionGrid",
  alias: "widget.pveSDNSubnetView",

  idProperty: "subnet",
  dataFields: ["cidr", "gateway", "snat", "dnszoneprefix"],

  initComponent() {
    const { Pending } = PVE.sdn;
    this.columns = [
      { text: gettext("Subnet"), dataIndex: "cidr", flex: 2 },
      Pending.column(gettext("Gateway"), "gateway"),
      Pending.column("SNAT", "snat"),
      Pending.column(gettext("DNS Prefix"), "dnszoneprefix"),
      { text: gettext("State"), dataIndex: "state", width: 100, renderer: (value) => Pending.state(value) },
    ];
    this.callParent();
  },

  addButton() {
    return {
      text: gettext("Create"),
      handler: () => this.url !== undefined && this.openWindow("PVE.sdn.SubnetEdit", {}),
    };
  },

  edit(record) {
    if (record) this.openWindow("PVE.sdn.SubnetEdit", { sectionId: record.get("subnet") });
  },
});

Ext.define("PVE.sdn.VnetEdit", {
  extend: "PVE.sdn.SectionEdit",
  subject: "VNet",

  fieldList(isCreate) {
    return [
      this.idField("vnet", isCreate, { fieldLabel: gettext("Name") }),
      { xtype: "textfield", name: "alias", fieldLabel: gettext("Alias"), maxLength: 256 },
      {
        xtype: "combobox",
        name: "zone",
        fieldLabel: gettext("Zone"),
        displayField: "zone",
        valueField: "zone",
        queryMode: "local",
        allowBlank: false,
        store: { autoLoad: true, fields: ["zone"], proxy: { type: "proxmox", url: "/api2/json/cluster/sdn/zones" } },
      },
      { xtype: "numberfield", name: "tag", fieldLabel: gettext("Tag"), minValue: 1, maxValue: 16777215 },
      { xtype: "proxmoxcheckbox", name: "vlanaware", fieldLabel: gettext("VLAN Aware"), uncheckedValue: "" },
    ];
  },
});

Ext.define("PVE.sdn.SubnetEdit", {
  extend: "PVE.sdn.SectionEdit",
  get subject() {
    return gettext("Subnet");
  },

  fieldList(isCreate) {
    return [
      { xtype: "hiddenfield", name: "type", value: "subnet" },
      this.idField("subnet", isCreate, {
        fieldLabel: gettext("Subnet"),
        maxLength: 64,
        regex: undefined,
        emptyText: "1.0.0.0/8",
      }),
      { xtype: "textfield", name: "gateway", fieldLabel: gettext("Gateway") },
      { xtype: "proxmoxcheckbox", name: "snat", fieldLabel: "SNAT", uncheckedValue: "" },
      { xtype: "textfield", name: "dnszoneprefix", fieldLabel: gettext("DNS Prefix") },
    ];
  },
});
