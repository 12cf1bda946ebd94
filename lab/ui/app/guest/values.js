// SPDX-License-Identifier: GPL-3.0-or-later

/** How the values of a machine's configuration are shown. */
Ext.define("PVE.qemu.Values", {
  singleton: true,

  memory: (value) => PVE.Format.size(Number(/\d+/.exec(value)?.[0] ?? 512) * 1024 * 1024),

  processors(_value, all) {
    const [sockets, cores] = [Number(all.sockets ?? 1), Number(all.cores ?? 1)];
    const type = all.cpu ? ` [${all.cpu}]` : "";
    const one = gettext("1 Socket");
    const text = sockets === 1 ? one.toLowerCase() : Ext.String.format(gettext("{0} Sockets"), sockets);
    return `${sockets * cores} (${text}, ${Ext.String.format(gettext("{0} cores"), cores)})${type}`;
  },

  scsi: {
    "virtio-scsi-single": "VirtIO SCSI single",
    "virtio-scsi-pci": "VirtIO SCSI",
    lsi: "LSI 53C895A",
  },

  ostypes: {
    l26: "Linux 6.x - 2.6 Kernel",
    l24: "Linux 2.4 Kernel",
    win11: "Microsoft Windows 11/2022/2025",
    other: "Other",
  },

  yesNo: (value) => PVE.Format.yesNo(value),

  bootOrder(value) {
    const order = /order=([^,]*)/.exec(value)?.[1];
    return order ? order.split(";").join(", ") : gettext("none");
  },

  agent: (value) =>
    /^(?:enabled=)?1/.test(value ?? "") ? gettext("Enabled") : `${gettext("Default")} (${gettext("Disabled")})`,

  /** The parts of "virtio=BC:…,bridge=vmbr0". */
  network(value) {
    const parts = Object.fromEntries((value ?? "").split(",").map((part) => part.split("=")));
    const [model, macaddr] = Object.entries(parts)[0] ?? [];
    return { ...parts, model, macaddr };
  },
});
