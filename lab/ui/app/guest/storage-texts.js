// SPDX-License-Identifier: GPL-3.0-or-later

/** Words for storage types and content types. */
Ext.define("PVE.storage.Texts", {
  singleton: true,

  types: {
    dir: "Directory",
    lvm: "LVM",
    lvmthin: "LVM-Thin",
    nfs: "NFS",
    cifs: "SMB/CIFS",
    rbd: "RBD",
    cephfs: "CephFS",
    zfspool: "ZFS",
    pbs: "Proxmox Backup Server",
  },

  contents: {
    images: "Disk image",
    backup: "Backup",
    vztmpl: "Container template",
    iso: "ISO image",
    rootdir: "Container",
    snippets: "Snippets",
    import: "Import",
  },

  type: (type) => gettext(PVE.storage.Texts.types[type] ?? type),

  content: (list) =>
    (list ?? "")
      .split(",")
      .filter(Boolean)
      .sort()
      .map((name) => gettext(PVE.storage.Texts.contents[name] ?? name))
      .join(", "),
});
