// SPDX-License-Identifier: GPL-3.0-or-later

/** The icon of a resource and the mark that tells its state, in the tree and in lists. */
Ext.define("PVE.tree.Icons", {
  singleton: true,

  glyphs: {
    root: "fa-server",
    node: "fa-building",
    qemu: "fa-desktop",
    lxc: "fa-cube",
    storage: "fa-database",
    network: "fa-th",
    sdn: "fa-th",
    pool: "fa-tags",
    folder: "fa-folder",
  },

  /** Icon classes of a tree entry. */
  of({ type, status, hastate, template }) {
    const glyph = this.glyphs[type] ?? "fa-folder-o";
    return `fa ${template ? "fa-file-o" : glyph} lab-tree-icon lab-type-${type} ${this.mark(type, status, hastate)}`;
  },

  mark(type, status, hastate) {
    if (hastate === "maintenance") return "lab-mark-maintenance";
    switch (type) {
      case "node":
        return status === "online" ? "lab-mark-online" : status === "offline" ? "lab-mark-offline" : "lab-mark-unknown";
      case "qemu":
      case "lxc":
        return status === "running" ? "lab-mark-running" : "lab-mark-stopped";
      case "storage":
        return status === "available" ? "" : "lab-mark-unknown";
      case "network":
      case "sdn":
        return status === "ok" || status === "available" ? "" : "lab-mark-offline";
      default:
        return "";
    }
  },

  /** The cell of the "Type" column. */
  cell(record) {
    return `<i class="fa-fw x-grid-icon-custom ${this.of(record.data)}"></i> ${Ext.htmlEncode(record.get("type"))}`;
  },
});
