// SPDX-License-Identifier: GPL-3.0-or-later

/** A storage on a node: its menu follows the content types that the storage declares. */
Ext.define("PVE.storage.Browser", {
  extend: "PVE.panel.Config",
  alias: "widget.PVE.storage.Browser",
  hstateid: "storagetab",

  initComponent() {
    const { storage, node, id } = this.pveSelNode.data;
    this.heading = Ext.String.format(gettext("Storage '{0}' on node '{1}'"), storage, node);
    const content = (PVE.data.ResourceStore.getById(id)?.get("content") ?? "").split(",");
    const page = (itemId, title, icon) => ({
      xtype: "pveLabNotSimulated",
      itemId,
      title: gettext(title),
      iconCls: `fa fa-${icon}`,
    });
    const contents = [
      ["backup", "contentBackup", "Backups", "floppy-o"],
      ["images", "contentImages", "VM Disks", "hdd-o"],
      ["rootdir", "contentRootdir", "CT Volumes", "hdd-o"],
      ["iso", "contentIso", "ISO Images", "dot-circle-o"],
      ["vztmpl", "contentVztmpl", "CT Templates", "file-o"],
      ["snippets", "contentSnippets", "Snippets", "file-code-o"],
      ["import", "contentImport", "Import", "cloud-download"],
    ];
    this.pages = [
      { ...page("summary", "Summary", "book"), xtype: "pveStorageSummary" },
      ...contents.filter(([type]) => content.includes(type)).map(([, ...rest]) => page(...rest)),
      page("permissions", "Permissions", "unlock"),
    ];
    this.callParent();
  },
});

/** A network zone on a node. */
Ext.define("PVE.network.Browser", {
  extend: "PVE.panel.Config",
  alias: ["widget.PVE.network.Browser", "widget.PVE.sdn.Browser"],
  hstateid: "sdntab",

  initComponent() {
    const { text } = this.pveSelNode.data;
    this.heading = Ext.String.format(gettext("Zone {0}"), text);
    this.pages = [
      { xtype: "pveLabNotSimulated", itemId: "content", title: gettext("Content"), iconCls: "fa fa-th" },
      { xtype: "pveLabNotSimulated", itemId: "permissions", title: gettext("Permissions"), iconCls: "fa fa-unlock" },
    ];
    this.callParent();
  },
});
