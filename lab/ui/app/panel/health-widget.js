// SPDX-License-Identifier: GPL-3.0-or-later

/** A big icon with a title above and a text below: `good`, `warning`, `critical` or `unknown`. */
Ext.define("PVE.widget.HealthWidget", {
  extend: "Ext.Component",
  alias: "widget.pveHealthWidget",

  cls: "lab-health",
  data: { title: "", iconCls: "fa-question-circle", state: "faded", text: "" },
  tpl: ["<h3>{title:htmlEncode}</h3>", '<i class="fa fa-5x {iconCls} {state}"></i>', "<p>{text:htmlEncode}</p>"],

  statics: {
    looks: {
      good: { iconCls: "fa-check-circle", state: "good" },
      warning: { iconCls: "fa-exclamation-circle", state: "warning" },
      critical: { iconCls: "fa-times-circle", state: "critical" },
      unknown: { iconCls: "fa-question-circle", state: "faded" },
    },
  },

  /** Shows another state and text. */
  updateHealth(look, text) {
    this.update({ ...this.data, ...this.self.looks[look], text });
  },
});
