// SPDX-License-Identifier: GPL-3.0-or-later

/** The choices above the charts of a summary: how far back, and whether peaks or means; the panel has its figures in `rrdstore`. */
Ext.define("PVE.panel.TimeFrame", {
  extend: "Ext.Mixin",

  timeframe() {
    return {
      xtype: "combobox",
      width: 170,
      editable: false,
      value: "hour",
      store: ["hour", "day", "week", "month", "year"].map((frame) => [frame, gettext(Ext.String.capitalize(frame))]),
      listeners: { change: (_field, frame) => this.ask({ timeframe: frame }) },
    };
  },

  consolidation() {
    return {
      xtype: "segmentedbutton",
      cls: "lab-segments",
      items: [
        { text: gettext("Maximum"), value: "MAX" },
        { text: gettext("average"), value: "AVERAGE", pressed: true },
      ],
      listeners: { toggle: (group) => this.ask({ cf: group.getValue() }) },
    };
  },

  ask(params) {
    const proxy = this.rrdstore.getProxy();
    proxy.setExtraParams({ ...proxy.getExtraParams(), ...params });
    this.rrdstore.startUpdate();
  },
});
