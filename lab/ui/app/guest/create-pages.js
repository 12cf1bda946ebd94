// SPDX-License-Identifier: GPL-3.0-or-later

/** The pages of a new virtual machine, by the field names of real pages; each is made of two columns. */
Ext.define("PVE.qemu.CreatePages", {
  singleton: true,

  all(nodename) {
    return [
      this.general(nodename),
      this.medium(nodename),
      this.machine(),
      this.disk(nodename),
      this.processor(),
      this.memory(),
      this.network(nodename),
    ];
  },

  columns(title, xtype, left, right) {
    const column = (items, padding) => ({
      xtype: "container",
      columnWidth: 0.5,
      padding,
      layout: "anchor",
      defaults: { anchor: "100%" },
      items,
    });
    return { xtype, title, layout: "column", items: [column(left, "0 15 0 0"), column(right, "0 0 0 15")] };
  },

  choice(name, fieldLabel, value, store, more) {
    return { xtype: "combobox", name, fieldLabel, value, store, editable: false, ...more };
  },

  integer(name, fieldLabel, value, minValue, maxValue) {
    const limits = { minValue, maxValue, allowDecimals: false, allowBlank: false };
    return { xtype: "numberfield", name, fieldLabel, value, ...limits };
  },

  check(name, fieldLabel, checked = false) {
    return { xtype: "proxmoxcheckbox", name, fieldLabel, checked };
  },

  general() {
    const node = { xtype: "pveNodeSelector", name: "nodename", fieldLabel: gettext("Node"), allowBlank: false };
    const name = { xtype: "textfield", name: "name", fieldLabel: gettext("Name"), regex: /^[a-zA-Z0-9.-]*$/ };
    return this.columns(
      gettext("General"),
      "inputpanel",
      [
        node,
        this.integer("vmid", "VM ID", undefined, 100, 999999999),
        name,
        this.check("ha-managed", gettext("Add to HA")),
      ],
      [{ xtype: "textfield", name: "pool", fieldLabel: gettext("Resource Pool") }],
    );
  },

  medium(nodename) {
    const disc = (inputValue, boxLabel, checked = false) => ({
      ...{ xtype: "radiofield", name: "mediaType", inputValue, boxLabel, checked },
    });
    const bases = {
      Linux: [
        ["l26", "7.x - 2.6 Kernel"],
        ["l24", "2.4 Kernel"],
      ],
      "Microsoft Windows": [
        ["win11", "11/2022/2025"],
        ["win10", "10/2016/2019"],
      ],
      Other: [["other", "-"]],
    };
    return this.columns(
      gettext("OS"),
      "pveQemuOSPanel",
      [
        disc("iso", gettext("Use CD/DVD disc image file (iso)"), true),
        {
          xtype: "pveStorageSelector",
          name: "cdstorage",
          fieldLabel: gettext("Storage"),
          storageContent: "iso",
          nodename,
        },
        { xtype: "pveFileSelector", name: "cdimage", fieldLabel: gettext("ISO image"), allowBlank: false },
        disc("cdrom", gettext("Use physical CD/DVD Drive")),
        disc("none", gettext("Do not use any media")),
      ],
      [
        { xtype: "displayfield", value: `${gettext("Guest OS")}:` },
        this.choice("osbase", gettext("Type"), "Linux", Object.keys(bases), {
          listeners: {
            change: (field, base) => {
              const version = field.up("window").down("field[name=ostype]");
              version.getStore().setData(bases[base].map(([field1, field2]) => ({ field1, field2 })));
              version.setValue(bases[base][0][0]);
            },
          },
        }),
        this.choice("ostype", gettext("Version"), "l26", bases.Linux),
      ],
    );
  },

  machine() {
    const usual = (text) => ["__default__", `${gettext("Default")} (${text})`];
    return this.columns(
      gettext("System"),
      "pveQemuSystemPanel",
      [
        this.choice("vga", gettext("Graphic card"), "__default__", [
          usual(gettext("Standard VGA")),
          ["virtio", "VirtIO-GPU"],
          ["qxl", "SPICE"],
          ["serial0", "Serial terminal 0"],
        ]),
        this.choice("machine", gettext("Machine"), "__default__", [usual("i440fx"), ["q35", "q35"]]),
        this.choice("bios", "BIOS", "__default__", [usual("SeaBIOS"), ["ovmf", "OVMF (UEFI)"]]),
      ],
      [
        this.choice("scsihw", gettext("SCSI Controller"), "virtio-scsi-single", [
          ["virtio-scsi-single", "VirtIO SCSI single"],
          ["virtio-scsi-pci", "VirtIO SCSI"],
          ["lsi", "LSI 53C895A"],
        ]),
        this.check("agent", gettext("Qemu Agent")),
      ],
    );
  },

  disk(nodename) {
    return this.columns(
      gettext("Disks"),
      "pveMultiHDPanel",
      [
        this.choice("controller", "Bus/Device", "scsi", ["scsi", "virtio", "sata", "ide"]),
        this.integer("deviceid", gettext("Device"), 0, 0, 30),
        {
          xtype: "pveStorageSelector",
          name: "hdstorage",
          fieldLabel: gettext("Storage"),
          storageContent: "images",
          nodename,
        },
        this.integer("disksize", `${gettext("Disk size")} (GiB)`, 32, 1, 131072),
      ],
      [
        this.choice("cache", gettext("Cache"), "__default__", [
          ["__default__", `${gettext("Default")} (${gettext("No cache")})`],
          ["writeback", "Write back"],
          ["writethrough", "Write through"],
          ["directsync", "Direct sync"],
        ]),
        this.check("discard", gettext("Discard")),
        this.check("iothread", "IO thread", true),
        this.check("ssd", gettext("SSD emulation")),
        this.check("backup", gettext("Backup"), true),
      ],
    );
  },

  processor() {
    const total = (field) => {
      const of = (name) => field.up("window").down(`field[name=${name}]`);
      of("totalcores").setValue(of("sockets").getValue() * of("cores").getValue());
    };
    const counted = (name, label, most) => ({ ...this.integer(name, label, 1, 1, most), listeners: { change: total } });
    return this.columns(
      "CPU",
      "pveQemuProcessorPanel",
      [counted("sockets", gettext("Sockets"), 4), counted("cores", gettext("Cores"), 128)],
      [
        this.choice("cputype", gettext("Type"), "x86-64-v2-AES", ["x86-64-v2-AES", "x86-64-v3", "host", "kvm64"]),
        { xtype: "displayfield", name: "totalcores", fieldLabel: gettext("Total cores"), value: "1" },
      ],
    );
  },

  memory() {
    return this.columns(
      gettext("Memory"),
      "pveQemuMemoryPanel",
      [{ ...this.integer("memory", `${gettext("Memory")} (MiB)`, 2048, 16, 4178944), step: 32, labelWidth: 130 }],
      [],
    );
  },

  network(nodename) {
    const models = [
      ["virtio", "VirtIO (paravirtualized)"],
      ["e1000", "Intel E1000"],
      ["rtl8139", "Realtek RTL8139"],
    ];
    return this.columns(
      gettext("Network"),
      "pveQemuNetworkInputPanel",
      [
        { xtype: "proxmoxcheckbox", name: "nonetwork", boxLabel: gettext("No network device") },
        { xtype: "PVE.form.BridgeSelector", name: "bridge", fieldLabel: gettext("Bridge"), nodename, value: "vmbr0" },
        {
          xtype: "numberfield",
          name: "tag",
          fieldLabel: gettext("VLAN Tag"),
          minValue: 1,
          maxValue: 4094,
          emptyText: "no VLAN",
        },
        this.check("firewall", gettext("Firewall"), true),
      ],
      [
        this.choice("model", gettext("Model"), "virtio", models),
        {
          xtype: "textfield",
          name: "macaddr",
          fieldLabel: gettext("MAC address"),
          emptyText: "auto",
          regex: /^[a-fA-F0-9]{2}(?::[a-fA-F0-9]{2}){5}$/,
        },
      ],
    );
  },
});

/** The pages' own xtypes, so that a query written for a real node finds them. */
for (const xtype of [
  "inputpanel",
  "pveQemuOSPanel",
  "pveQemuSystemPanel",
  "pveMultiHDPanel",
  "pveQemuProcessorPanel",
  "pveQemuMemoryPanel",
  "pveQemuNetworkInputPanel",
]) {
  Ext.define(`PVE.lab.createPage.${xtype}`, { extend: "Ext.panel.Panel", alias: `widget.${xtype}` });
}
