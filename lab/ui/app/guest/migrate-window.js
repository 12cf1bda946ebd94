// SPDX-License-Identifier: GPL-3.0-or-later

/** Moves a guest to another node: where it is, where it goes, and how. What the node says against it stands below. */
Ext.define("PVE.window.Migrate", {
  extend: "Proxmox.window.Edit",

  width: 600,
  showTaskViewer: true,
  vmid: undefined,
  nodename: undefined,
  vmname: "",
  running: false,

  initComponent() {
    this.title = `${gettext("Migrate")} VM ${this.vmid}${this.vmname ? ` (${Ext.htmlEncode(this.vmname)})` : ""}`;
    this.submitText = gettext("Migrate");
    this.url = `/nodes/${encodeURIComponent(this.nodename)}/qemu/${this.vmid}/migrate`;
    this.formItems = [
      {
        xtype: "container",
        layout: "column",
        defaults: { xtype: "container", columnWidth: 0.5, layout: "anchor", defaults: { anchor: "100%" } },
        items: [
          { padding: "0 15 0 0", items: this.leftFields() },
          { padding: "0 0 0 15", items: this.rightFields() },
        ],
      },
      this.problemGrid(),
    ];
    this.callParent();
    this.formPanel.down("pveNodeSelector").on("change", () => this.checkMigratePreconditions());
  },

  leftFields() {
    const mode = this.running ? gettext("Online") : gettext("Offline");
    return [
      {
        xtype: "displayfield",
        name: "source",
        fieldLabel: gettext("Source node"),
        value: this.nodename,
        submitValue: false,
      },
      { xtype: "displayfield", reference: "migrationMode", fieldLabel: gettext("Mode"), value: mode },
    ];
  },

  rightFields() {
    const target = {
      xtype: "pveNodeSelector",
      reference: "targetnode",
      name: "target",
      fieldLabel: gettext("Target node"),
      allowBlank: false,
      disallowedNodes: [this.nodename],
    };
    const connections = {
      xtype: "proxmoxcheckbox",
      name: "with-conntrack-state",
      reference: "conntrackState",
      fieldLabel: gettext("Conntrack state"),
      hidden: true,
      disabled: true,
      checked: true,
    };
    return PVE.Lab.dialect === "9" ? [target, connections] : [target];
  },

  problemGrid() {
    return {
      xtype: "grid",
      reference: "preconditions",
      itemId: "preconditions",
      hidden: true,
      margin: "10 0 0 0",
      store: { fields: ["severity", "text"], proxy: { type: "memory" } },
      columns: [{ text: gettext("Description"), dataIndex: "text", flex: 1, renderer: Ext.htmlEncode }],
    };
  },

  /** Where the machine may not go, and which disks keep it. */
  checkMigratePreconditions() {
    const target = this.formPanel.down("pveNodeSelector").getValue();
    if (!target || this.destroyed) return;
    Proxmox.Utils.API2Request({
      url: this.url,
      params: { target },
      success: (response) => this.showPreconditions(target, response.result.data),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
    });
    if (PVE.Lab.dialect !== "9") return;
    this.askCapability(this.nodename, (source) => {
      this.askCapability(target, (destination) => this.offerConnections(source && destination));
    });
  },

  /** Whether a node can hand the state of connections over, or take it. */
  askCapability(node, tell) {
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(node)}/capabilities/qemu/migration`,
      callback: (_options, accepted, response) => tell(accepted && Boolean(response.result.data?.["has-dbus-vmstate"])),
    });
  },

  offerConnections(possible) {
    if (this.destroyed) return;
    this.formPanel.down("[reference=conntrackState]")?.setHidden(!possible || !this.running);
    this.formPanel.down("[reference=conntrackState]")?.setDisabled(!possible || !this.running);
  },

  showPreconditions(target, data) {
    if (this.destroyed) return;
    const missing = data.not_allowed_nodes?.[target]?.unavailable_storages ?? [];
    const storages = missing.map((name) =>
      Ext.String.format(gettext("Storage ({0}) not available on selected target."), name),
    );
    const disks = (data.local_disks ?? []).map(({ volid }) =>
      Ext.String.format(gettext("Migration with local disk might take long: {0}"), volid),
    );
    const grid = this.down("#preconditions");
    grid.getStore().setData([...storages, ...disks].map((text) => ({ text })));
    grid.setHidden(storages.length + disks.length === 0);
    this.blocked = storages.length > 0;
    this.checkState();
  },

  checkState() {
    this.callParent();
    if (this.blocked && !this.destroyed) this.submitButton.setDisabled(true);
  },

  values() {
    const { target, "with-conntrack-state": connections } = this.formPanel
      .getForm()
      .getValues(false, false, false, false);
    return {
      target,
      ...(this.running ? { online: 1 } : {}),
      ...(connections === undefined ? {} : { "with-conntrack-state": connections }),
    };
  },
});
