// SPDX-License-Identifier: GPL-3.0-or-later

/** A zone: its own fields by type, then what all types have. */
Ext.define("PVE.sdn.zones.BaseEdit", {
  extend: "PVE.sdn.SectionEdit",

  type: "simple",

  initComponent() {
    this.subject = PVE.sdn.zones.Types.label(this.type);
    this.callParent();
  },

  fieldList(isCreate) {
    return [
      { xtype: "hiddenfield", name: "type", value: this.type },
      this.idField("zone", isCreate),
      { xtype: "numberfield", name: "mtu", fieldLabel: "MTU", minValue: 68, maxValue: 65536, emptyText: "auto" },
      ...PVE.sdn.zones.Types.fields(this.type),
      {
        xtype: "pveNodeSelector",
        name: "nodes",
        fieldLabel: gettext("Nodes"),
        autoSelect: false,
        multiSelect: true,
        emptyText: `${gettext("All")} (${gettext("No restrictions")})`,
      },
      { xtype: "combobox", name: "ipam", fieldLabel: "IPAM", store: ["pve"], value: isCreate ? "pve" : "" },
    ];
  },

  values() {
    const { nodes, ...values } = this.callParent();
    return nodes === undefined || nodes.length === 0 ? values : { ...values, nodes: [nodes].flat().join(",") };
  },
});

/** The types of zones: their names, icons and own fields. */
Ext.define("PVE.sdn.zones.Types", {
  singleton: true,

  all: [
    ["simple", "Simple", "th"],
    ["vlan", "VLAN", "th"],
    ["qinq", "QinQ", "th"],
    ["vxlan", "VXLAN", "th"],
    ["evpn", "EVPN", "th"],
  ],

  label(type) {
    return this.all.find(([name]) => name === type)?.[1] ?? type;
  },

  fields(type) {
    const bridge = {
      xtype: "textfield",
      name: "bridge",
      fieldLabel: gettext("Bridge"),
      value: "vmbr0",
      allowBlank: false,
    };
    switch (type) {
      case "vlan":
        return [bridge];
      case "qinq":
        return [
          bridge,
          {
            xtype: "numberfield",
            name: "tag",
            fieldLabel: gettext("Service VLAN"),
            minValue: 1,
            maxValue: 4096,
            allowBlank: false,
          },
        ];
      case "vxlan":
        return [{ xtype: "textfield", name: "peers", fieldLabel: gettext("Peer Address List"), allowBlank: false }];
      case "evpn":
        return [
          { xtype: "textfield", name: "controller", fieldLabel: gettext("Controller"), allowBlank: false },
          {
            xtype: "numberfield",
            name: "vrf-vxlan",
            fieldLabel: gettext("VRF-VXLAN Tag"),
            minValue: 1,
            allowBlank: false,
          },
        ];
      default:
        return [];
    }
  },
});
