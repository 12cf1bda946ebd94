// SPDX-License-Identifier: GPL-3.0-or-later

/** Measurements over time as filled curves; the button to undo a zoom is disabled, as long as nothing is zoomed. */
Ext.define("Proxmox.widget.RRDChart", {
  extend: "Ext.panel.Panel",
  alias: "widget.proxmoxRRDChart",

  height: 320,
  layout: "fit",
  unit: "",
  fields: [],
  titles: [],
  palette: ["#94ae0a", "#115fa6", "#a61120"],

  initComponent() {
    this.tools = [
      { xtype: "component", cls: "lab-legend", html: this.legend() },
      { type: "minus", itemId: "undozoom", disabled: true, tooltip: gettext("Undo Zoom") },
    ];
    this.items = [
      {
        xtype: "cartesian",
        animation: false,
        border: false,
        store: this.store,
        insetPadding: "10 10 5 10",
        axes: [this.amountAxis(), this.timeAxis()],
        series: this.fields.map((field, index) => this.serie(field, index)),
      },
    ];
    this.callParent();
  },

  legend() {
    return this.titles
      .map((title, index) => `<span><i class="fa fa-circle" style="color:${this.palette[index]}"></i> ${title}</span>`)
      .join("");
  },

  amountAxis() {
    const bytes = this.unit === gettext("Bytes");
    return {
      type: "numeric",
      position: "left",
      title: this.unit,
      grid: true,
      minimum: 0,
      fields: this.fields,
      renderer: (_axis, value) => (bytes ? this.short(value) : String(Math.round(Number(value) * 100) / 100)),
    };
  },

  short(value) {
    const units = ["", " Ki", " Mi", " Gi", " Ti"];
    let amount = Number(value);
    let unit = 0;
    while (amount >= 1024 && unit < units.length - 1) {
      amount /= 1024;
      unit += 1;
    }
    return `${Math.round(amount * 100) / 100}${units[unit]}`;
  },

  timeAxis() {
    return { type: "time", position: "bottom", grid: true, fields: ["time"], dateFormat: "Y-m-d\nH:i:s" };
  },

  serie(field, index) {
    const color = this.palette[index % this.palette.length];
    return {
      type: "line",
      xField: "time",
      yField: field,
      fill: true,
      smooth: false,
      style: { lineWidth: 1.5, strokeStyle: color, fillStyle: color, fillOpacity: 0.6 },
      showMarkers: false,
    };
  },
});
