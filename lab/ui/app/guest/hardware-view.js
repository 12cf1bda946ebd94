// SPDX-License-Identifier: GPL-3.0-or-later

/** What a machine is made of: memory, processors, disks with their storages, network cards. */
Ext.define("PVE.qemu.HardwareView", {
  extend: "Proxmox.grid.PendingObjectGrid",
  alias: ["widget.PVE.qemu.HardwareView", "widget.pveQemuHardwareView"],

  initComponent() {
    const { node, vmid } = this.pveSelNode.data;
    this.url = `/api2/json/nodes/${encodeURIComponent(node)}/qemu/${vmid}/pending`;
    const values = PVE.qemu.Values;
    const disk = { iconCls: "hdd-o", header: gettext("Hard Disk"), order: 10 };
    this.rows = {
      memory: {
        header: gettext("Memory"),
        iconCls: "th-large",
        order: 1,
        required: true,
        defaultValue: "512",
        renderer: values.memory,
      },
      sockets: {
        header: gettext("Processors"),
        iconCls: "microchip",
        order: 2,
        required: true,
        defaultValue: 1,
        renderer: values.processors,
      },
      bios: {
        header: "BIOS",
        iconCls: "cog",
        order: 3,
        required: true,
        defaultValue: `${gettext("Default")} (SeaBIOS)`,
      },
      vga: {
        header: gettext("Display"),
        iconCls: "desktop",
        order: 4,
        required: true,
        defaultValue: gettext("Default"),
      },
      machine: {
        header: gettext("Machine"),
        iconCls: "cogs",
        order: 5,
        required: true,
        defaultValue: `${gettext("Default")} (i440fx)`,
      },
      scsihw: {
        header: gettext("SCSI Controller"),
        iconCls: "database",
        order: 6,
        required: true,
        defaultValue: "lsi",
        renderer: (value) => values.scsi[value] ?? value,
      },
      ideN: { iconCls: "dot-circle-o", header: gettext("CD/DVD Drive"), order: 9 },
      scsiN: disk,
      virtioN: disk,
      sataN: disk,
      efidisk0: { iconCls: "hdd-o", header: gettext("EFI Disk"), order: 11 },
      tpmstate0: { iconCls: "hdd-o", header: gettext("TPM State"), order: 11 },
      netN: { iconCls: "exchange", header: gettext("Network Device"), order: 12 },
      serialN: { iconCls: "terminal", header: gettext("Serial Port"), order: 14 },
      unusedN: { iconCls: "hdd-o", header: gettext("Unused Disk"), order: 20 },
    };
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    this.editButton = Ext.create("Ext.button.Button", {
      text: gettext("Edit"),
      disabled: true,
      handler: () => this.edit(),
    });
    this.tbar = [
      {
        text: gettext("Add"),
        menu: [{ text: gettext("Hard Disk"), iconCls: "fa fa-fw fa-hdd-o", handler: tell(gettext("Add")) }],
      },
      { text: gettext("Remove"), disabled: true },
      this.editButton,
      { text: gettext("Disk Action"), disabled: true, menu: [] },
      { text: gettext("Revert"), disabled: true },
    ];
    this.callParent();
    this.on("itemdblclick", () => this.edit());
    this.on("selectionchange", (_model, [record]) => this.editButton.setDisabled(!record));
  },

  edit() {
    const key = this.getSelection()[0]?.get("key");
    if (key === undefined) return;
    if (!/^net\d+$/.test(key)) {
      PVE.panel.NotSimulated.tell(gettext("Edit"));
      return;
    }
    const { node, vmid } = this.pveSelNode.data;
    Ext.create("PVE.qemu.NetworkEdit", {
      pveSelNode: this.pveSelNode,
      confid: key,
      nodename: node,
      url: `/nodes/${encodeURIComponent(node)}/qemu/${vmid}/config`,
      listeners: { destroy: () => !this.destroyed && this.rstore.startUpdate() },
    }).show();
  },
});
