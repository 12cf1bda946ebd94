// SPDX-License-Identifier: GPL-3.0-or-later

/** The options of a machine. */
Ext.define("PVE.qemu.Options", {
  extend: "Proxmox.grid.PendingObjectGrid",
  alias: ["widget.PVE.qemu.Options"],

  initComponent() {
    const { node, vmid } = this.pveSelNode.data;
    this.url = `/api2/json/nodes/${encodeURIComponent(node)}/qemu/${vmid}/pending`;
    const values = PVE.qemu.Values;
    const row = (header, order, defaultValue, renderer) => ({ header, order, required: true, defaultValue, renderer });
    this.rows = {
      name: row(gettext("Name"), 1, `VM ${vmid}`),
      onboot: row(gettext("Start at boot"), 2, 0, values.yesNo),
      startup: row(gettext("Start/Shutdown order"), 3, "order=any"),
      ostype: row(gettext("OS Type"), 4, "other", (value) => values.ostypes[value] ?? value),
      boot: row(gettext("Boot Order"), 5, "", values.bootOrder),
      tablet: row(gettext("Use tablet for pointer"), 6, 1, values.yesNo),
      hotplug: row(gettext("Hotplug"), 7, "Disk, Network, USB"),
      acpi: row(gettext("ACPI support"), 8, 1, values.yesNo),
      kvm: row(gettext("KVM hardware virtualization"), 9, 1, values.yesNo),
      freeze: row(gettext("Freeze CPU at startup"), 10, 0, values.yesNo),
      smbios1: row(gettext("SMBIOS settings (type1)"), 12, ""),
      agent: row(gettext("QEMU Guest Agent"), 13, "", values.agent),
      protection: row(gettext("Protection"), 14, 0, values.yesNo),
    };
    this.tbar = [
      { text: gettext("Edit"), disabled: true },
      { text: gettext("Revert"), disabled: true },
    ];
    this.callParent();
  },
});
