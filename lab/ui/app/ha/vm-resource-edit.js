// SPDX-License-Identifier: GPL-3.0-or-later

/** Puts a guest under the stack's care, or changes how it is looked after. Version 8 names a group, version 9 whether it goes home. */
Ext.define("PVE.ha.VMResourceEdit", {
  extend: "Proxmox.window.Edit",

  sid: undefined,
  current: undefined,

  initComponent() {
    const isNew = this.sid === undefined;
    const subject = `${gettext("Resource")}: ${gettext("Container")}/${gettext("Virtual Machine")}`;
    this.title = `${isNew ? gettext("Add") : gettext("Edit")}: ${subject}`;
    this.submitText = isNew ? gettext("Add") : gettext("OK");
    this.method = isNew ? "POST" : "PUT";
    this.url = isNew ? "/cluster/ha/resources" : `/cluster/ha/resources/${this.sid}`;
    this.formItems = [
      {
        xtype: "container",
        layout: "column",
        defaults: { xtype: "container", columnWidth: 0.5, layout: "anchor", defaults: { anchor: "100%" } },
        items: [
          { padding: "0 10 0 0", items: this.leftFields(isNew) },
          { padding: "0 0 0 10", items: this.rightFields() },
        ],
      },
      { xtype: "textfield", name: "comment", fieldLabel: gettext("Comment"), value: this.current?.comment },
    ];
    this.callParent();
  },

  leftFields(isNew) {
    const number = (name, label) => ({
      xtype: "numberfield",
      name,
      fieldLabel: gettext(label),
      minValue: 0,
      maxValue: 10,
      value: this.current?.[name] ?? 1,
      allowBlank: false,
    });
    const guest = isNew
      ? {
          xtype: "combobox",
          name: "vmid",
          fieldLabel: "VM",
          allowBlank: false,
          queryMode: "local",
          valueField: "vmid",
          displayField: "vmid",
          store: this.guests(),
          matchFieldWidth: false,
          listConfig: { minWidth: 400 },
        }
      : { xtype: "displayfield", name: "vmid", fieldLabel: "VM", value: this.sid, submitValue: false };
    return [guest, number("max_restart", "Max. Restart"), number("max_relocate", "Max. Relocate")];
  },

  /** The guests that nobody watches over yet. */
  guests() {
    const guests = PVE.data.ResourceStore.ofType("qemu", "lxc").filter((record) => !record.get("hastate"));
    return Ext.create("Ext.data.Store", {
      fields: [{ name: "vmid", type: "string" }, "name", "node", "status"],
      sorters: "vmid",
      data: guests.map((record) => ({
        vmid: String(record.get("vmid")),
        name: record.get("name"),
        node: record.get("node"),
        status: record.get("status"),
      })),
    });
  },

  rightFields() {
    const box = (name, label) => ({
      xtype: "proxmoxcheckbox",
      name,
      fieldLabel: gettext(label),
      checked: Number(this.current?.[name] ?? 1) === 1,
    });
    const state = {
      xtype: "combobox",
      name: "state",
      fieldLabel: gettext("Request State"),
      editable: false,
      queryMode: "local",
      store: ["started", "stopped", "ignored", "disabled"],
      value: this.current?.request_state ?? "started",
    };
    if (PVE.Lab.dialect === "9")
      return [box("failback", "Failback"), box("auto-rebalance", "Automatic Rebalance"), state];
    const group = {
      xtype: "combobox",
      name: "group",
      fieldLabel: gettext("Group"),
      editable: false,
      queryMode: "local",
      valueField: "group",
      displayField: "group",
      value: this.current?.group,
      store: {
        autoLoad: true,
        fields: ["group", "nodes"],
        proxy: { type: "proxmox", url: "/api2/json/cluster/ha/groups" },
      },
    };
    return [group, state];
  },

  values() {
    const { vmid, group, comment, ...rest } = this.formPanel.getForm().getValues(false, false, false, false);
    return {
      ...rest,
      ...(this.sid === undefined ? { sid: `vm:${vmid}` } : {}),
      ...(group ? { group } : {}),
      ...(comment ? { comment } : {}),
    };
  },
});
