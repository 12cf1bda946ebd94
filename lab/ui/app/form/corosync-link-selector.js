// SPDX-License-Identifier: GPL-3.0-or-later

/** One Corosync link: its number, the address on this node, and a button that takes it away. */
Ext.define("PVE.form.CorosyncLinkSelector", {
  extend: "Ext.panel.Panel",
  xtype: "pveCorosyncLinkSelector",

  layout: { type: "hbox", align: "middle" },
  bodyPadding: 5,
  border: 0,

  /** Set by the editor: number, address, whether the number may change, a remark behind the field. */
  link: { number: 0, address: "", numberEditable: true, optional: false, remark: "", emptyText: "" },

  initComponent() {
    const { number, address, numberEditable, optional, remark, emptyText } = this.link;
    this.items = [
      {
        xtype: "displayfield",
        fieldLabel: "Link",
        labelWidth: 30,
        width: 45,
        value: number,
        hidden: numberEditable,
      },
      {
        xtype: "numberfield",
        fieldLabel: "Link",
        labelWidth: 30,
        width: 80,
        minValue: 0,
        maxValue: 7,
        value: number,
        allowBlank: false,
        submitValue: false,
        hidden: !numberEditable,
        validator: () => this.onlyOne("numberfield", gettext("Duplicate link number not allowed.")),
      },
      {
        xtype: "proxmoxNetworkSelector",
        width: 220,
        margin: "0 5 0 5",
        value: address,
        allowBlank: optional,
        emptyText,
        validator: () => this.onlyOne("proxmoxNetworkSelector", gettext("Duplicate link address not allowed.")),
        getSubmitData: () => this.submitData(),
      },
      {
        xtype: "button",
        iconCls: "fa fa-trash-o",
        cls: "removeLinkBtn",
        hidden: !numberEditable,
        handler: () => this.fireEvent("removelink", this),
      },
      { xtype: "label", text: remark, margin: "0 0 0 5", cls: "x-form-item-label-default" },
    ];
    this.callParent();
  },

  number() {
    return this.down("numberfield").getValue();
  },

  address() {
    return this.down("proxmoxNetworkSelector").getValue();
  },

  submitData() {
    const address = this.address();
    return address ? { [`link${this.number()}`]: address } : null;
  },

  /** True, or the complaint when another link of the same editor holds the same value. */
  onlyOne(query, complaint) {
    const mine = this.down(query);
    const value = String(mine?.getRawValue() ?? "");
    const twins = (this.up("pveCorosyncLinkEditor")?.query(query) ?? []).filter(
      (field) => field !== mine && value !== "" && String(field.getRawValue()) === value,
    );
    return twins.length === 0 || complaint;
  },
});
