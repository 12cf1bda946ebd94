// SPDX-License-Identifier: GPL-3.0-or-later

/** Joins this node to a cluster: from the block copied there, or by hand. */
Ext.define("PVE.ClusterJoinNodeWindow", {
  extend: "Proxmox.window.Edit",
  xtype: "pveClusterJoinNodeWindow",

  width: 800,
  url: "/cluster/config/join",
  showTaskViewer: true,
  defaultFocus: "textarea[name=serializedinfo]",

  initComponent() {
    this.title = gettext("Cluster Join");
    this.submitText = gettext("Join");
    this.formItems = [
      {
        xtype: "proxmoxcheckbox",
        reference: "assistedEntry",
        name: "assistedEntry",
        submitValue: false,
        checked: true,
        boxLabel: gettext("Assisted join: Paste encoded cluster join information and enter password."),
        listeners: { change: (_field, assisted) => this.onMode(assisted) },
      },
      {
        xtype: "textarea",
        name: "serializedinfo",
        submitValue: false,
        allowBlank: false,
        fieldLabel: gettext("Information"),
        emptyText: gettext("Paste encoded Cluster Information here"),
        validator: (value) =>
          value === "" ||
          Boolean(this.read(value)) ||
          gettext("Does not seem like a valid encoded Cluster Information!"),
        listeners: { change: (_field, value) => this.onPaste(value) },
      },
      this.peerPanel(),
      {
        xtype: "fieldcontainer",
        itemId: "network",
        fieldLabel: gettext("Cluster Network"),
        hidden: true,
        items: [{ xtype: "pveCorosyncLinkEditor", numbersEditable: false }],
      },
    ];
    this.callParent();
  },

  peerPanel() {
    const field = (name, fieldLabel, more) => ({
      xtype: "textfield",
      name,
      fieldLabel,
      allowBlank: false,
      columnWidth: 0.5,
      ...more,
    });
    return {
      xtype: "container",
      itemId: "peer",
      hidden: true,
      layout: "column",
      defaults: { margin: "0 0 5 0", labelWidth: this.fieldLabelWidth },
      items: [
        field("hostname", gettext("Peer Address"), { readOnly: true, margin: "0 10 5 0" }),
        field("password", gettext("Password"), { inputType: "password", emptyText: gettext("Peer's root password") }),
        field("fingerprint", gettext("Fingerprint"), { readOnly: true, columnWidth: 1 }),
      ],
    };
  },

  /** The pasted block as an object with `totem`, or undefined. */
  read(text) {
    try {
      const info = Ext.decode(Ext.util.Base64.decode(text.trim()), true);
      return info?.totem ? info : undefined;
    } catch {
      return undefined;
    }
  },

  onPaste(text) {
    const info = this.read(text);
    this.showPeer(Boolean(info));
    this.down("field[name=hostname]").setValue(info?.ipAddress ?? "");
    this.down("field[name=fingerprint]").setValue(info?.fingerprint ?? "");
    const name = info?.totem.cluster_name;
    this.submitButton.setText(name ? Ext.String.format(gettext("Join {0}"), `'${name}'`) : gettext("Join"));
    if (info) this.down("pveCorosyncLinkEditor").prescribe(this.linksOf(info));
    this.formPanel.getForm().isValid();
    this.checkState();
  },

  /** The links the cluster has; the first may stay empty when the peer uses its own address for it. */
  linksOf(info) {
    const numbers = Object.values(info.totem.interface ?? { 0: { linknumber: "0" } }).map((link) =>
      Number(link.linknumber),
    );
    return numbers.map((number) => {
      const peer = info.peerLinks?.[number] ?? "";
      const optional = number === 0 && numbers.length === 1 && peer === info.ipAddress;
      return {
        number,
        optional,
        ...(optional ? { address: "" } : {}),
        emptyText: optional ? gettext("IP resolved by node's hostname") : "",
        remark: peer ? Ext.String.format(gettext("peer's link address: {0}"), peer) : "",
      };
    });
  },

  onMode(assisted) {
    const information = this.down("textarea[name=serializedinfo]");
    information.setVisible(assisted);
    information.setDisabled(!assisted);
    for (const name of ["hostname", "fingerprint"]) this.down(`field[name=${name}]`).setReadOnly(assisted);
    this.showPeer(!assisted);
    if (assisted) this.onPaste(information.getValue());
    else this.down("pveCorosyncLinkEditor").release();
    this.formPanel.getForm().isValid();
    this.checkState();
  },

  showPeer(visible) {
    this.down("#peer").setVisible(visible);
    this.down("#network").setVisible(visible);
    this.center();
  },

  submit() {
    // Joining replaces the node's keys: refused tickets are normal until the task has ended.
    PVE.Session.expectRefusals = true;
    this.callParent();
  },

  refused(response) {
    PVE.Session.expectRefusals = false;
    this.callParent([response]);
  },

  taskDone(success) {
    PVE.Session.expectRefusals = false;
    if (!success) return;
    const text = gettext("Cluster join task finished, node certificate may have changed, reload GUI!");
    Ext.getBody().mask(text, "pve-static-mask");
    Ext.Msg.show({ title: gettext("Join Task Finished"), icon: Ext.Msg.INFO, msg: text });
    Ext.defer(() => window.location.reload(), 5000);
  },
});
