// SPDX-License-Identifier: GPL-3.0-or-later

/** The datacenter: its menu and pages. */
Ext.define("PVE.dc.Config", {
  extend: "PVE.panel.Config",
  alias: "widget.PVE.dc.Config",

  hstateid: "dctab",
  showSearch: true,

  initComponent() {
    this.heading = gettext("Datacenter");
    const capabilities = Ext.state.Manager.get("GuiCap");
    // Read without a net, as the real page does: with no capability map yet it stops here.
    const mayMap = Boolean(capabilities.mapping["Mapping.Audit"] || capabilities.mapping["Mapping.Use"]);
    const mayAudit = Boolean(capabilities.dc["Sys.Audit"]);
    this.pages = PVE.dc.Menu.pages({ mayMap, mayAudit });
    this.actions =
      PVE.Lab.dialect === "9"
        ? [
            {
              text: gettext("Bulk Actions"),
              iconCls: "fa fa-fw fa-ellipsis-v",
              menu: [{ text: gettext("Bulk Start"), iconCls: "fa fa-play" }],
            },
          ]
        : [];
    this.callParent();
  },
});
