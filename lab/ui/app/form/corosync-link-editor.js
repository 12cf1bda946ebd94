// SPDX-License-Identifier: GPL-3.0-or-later

/** The list of Corosync links of a new member: starts with one, takes up to eight. */
Ext.define("PVE.form.CorosyncLinkEditor", {
  extend: "Ext.panel.Panel",
  xtype: "pveCorosyncLinkEditor",

  MAX_LINKS: 8,

  /** False when the cluster prescribes which links there are. */
  numbersEditable: true,
  infoText: "",

  initComponent() {
    this.addresses = [];
    this.dockedItems = [
      {
        xtype: "toolbar",
        dock: "bottom",
        defaultButtonUI: "default",
        border: false,
        padding: "6 0 6 0",
        hidden: !this.numbersEditable,
        items: [
          { text: gettext("Add"), itemId: "addLink", handler: () => this.addLink({}) },
          { xtype: "label", text: this.infoText },
        ],
      },
    ];
    this.items = [{ xtype: "hiddenfield", submitValue: false, isValid: () => this.links().length > 0 }];
    this.callParent();
    this.on("afterrender", this.askForAddresses, this, { single: true });
  },

  /** The first link takes the first address of the node, by name of interface. */
  askForAddresses() {
    Proxmox.Utils.API2Request({
      url: "/nodes/localhost/network",
      waitMsgTarget: this,
      callback: (_options, accepted, response) => {
        if (this.destroyed) return;
        const interfaces = accepted ? [...response.result.data] : [];
        interfaces.sort((one, other) => one.iface.localeCompare(other.iface));
        this.addresses = interfaces.flatMap(({ address, address6 }) => [address, address6]).filter(Boolean);
        if (this.numbersEditable && this.links().length === 0) this.addLink({});
      },
    });
  },

  links() {
    return this.query("pveCorosyncLinkSelector");
  },

  addLink(link) {
    const links = this.links();
    if (links.length >= this.MAX_LINKS) return;
    const numbers = links.map((other) => other.number());
    const used = links.map((other) => other.address());
    this.add({
      xtype: "pveCorosyncLinkSelector",
      link: {
        number: [0, 1, 2, 3, 4, 5, 6, 7].find((number) => !numbers.includes(number)),
        address: this.addresses.find((address) => !used.includes(address)) ?? "",
        numberEditable: this.numbersEditable,
        optional: false,
        remark: "",
        emptyText: "",
        ...link,
      },
      listeners: { removelink: this.removeLink, scope: this },
    });
    this.afterChange();
  },

  removeLink(selector) {
    if (this.links().length <= 1) return;
    this.remove(selector);
    this.afterChange();
  },

  /** Replaces all links by those that a cluster prescribes. */
  prescribe(links) {
    this.numbersEditable = false;
    for (const selector of this.links()) this.remove(selector);
    this.down("toolbar[dock=bottom]").hide();
    for (const link of links) this.addLink(link);
  },

  /** Back to free choice, one link. */
  release() {
    this.numbersEditable = true;
    for (const selector of this.links()) this.remove(selector);
    this.down("toolbar[dock=bottom]").show();
    this.addLink({});
  },

  afterChange() {
    const count = this.links().length;
    for (const button of this.query("button[cls=removeLinkBtn]")) button.setDisabled(count <= 1);
    this.down("#addLink").setDisabled(count >= this.MAX_LINKS);
    this.up("form")?.checkState();
  },
});
