// SPDX-License-Identifier: GPL-3.0-or-later

/** What stands where a view of the real interface is not built yet, and says so. */
Ext.define("PVE.panel.NotSimulated", {
  extend: "Ext.panel.Panel",
  xtype: "pveLabNotSimulated",

  statics: {
    text: () => gettext("This view is not simulated by this lab."),

    /** The same honesty for a button whose dialog is not built. */
    tell(title) {
      Ext.Msg.alert(title, PVE.panel.NotSimulated.text());
    },

    /** Gives the view's own xtype to the panel, so that selectors written for real nodes still find the place. */
    standFor(...xtypes) {
      for (const xtype of xtypes) {
        Ext.define(`PVE.lab.notSimulated.${xtype}`, { extend: "PVE.panel.NotSimulated", alias: `widget.${xtype}` });
      }
    },
  },

  border: false,
  layout: { type: "vbox", align: "center", pack: "center" },

  initComponent() {
    this.items = [
      {
        xtype: "component",
        cls: "lab-not-simulated",
        html: `<i class="fa fa-flask"></i><div>${PVE.panel.NotSimulated.text()}</div>`,
      },
    ];
    this.callParent();
  },
});

PVE.panel.NotSimulated.standFor("pveFencingView");
