// SPDX-License-Identifier: GPL-3.0-or-later

/** A half circle that fills with the share in use, its percentage inside, the amounts below. */
Ext.define("PVE.panel.Gauge", {
  extend: "Ext.container.Container",
  alias: "widget.pveGauge",

  layout: { type: "vbox", align: "stretch" },
  height: 196,
  heading: "",

  initComponent() {
    this.items = [
      { xtype: "component", cls: "lab-gauge-title", html: `<h3>${this.heading}</h3>`, height: 46 },
      { xtype: "container", layout: "fit", height: 120, items: [this.chart()] },
      { xtype: "component", itemId: "amounts", cls: "lab-gauge-amounts", html: "", height: 20 },
    ];
    this.callParent();
  },

  chart() {
    return {
      xtype: "polar",
      itemId: "chart",
      border: false,
      background: "transparent",
      animation: false,
      insetPadding: "0 0 12 0",
      innerPadding: 0,
      series: [
        {
          type: "gauge",
          value: 0,
          totalAngle: Math.PI,
          needleLength: 100,
          donut: 90,
          colors: ["#c2ddf2"],
          style: { strokeStyle: "none" },
          sectors: [
            { end: 0, color: "#c2ddf2" },
            { end: 100, color: "#f5f5f5" },
          ],
        },
      ],
      sprites: [
        { type: "text", id: "percent", text: "0%", fontSize: 28, fontFamily: "arial", textAlign: "center", y: 90, x: 0 },
      ],
    };
  },

  /** Shows a share from 0 to 1 and the words below it. */
  updateValue(share, amounts) {
    const percent = Math.max(0, Math.min(1, share || 0)) * 100;
    const chart = this.down("#chart");
    const series = chart.getSeries()[0];
    series.setSectors([
      { end: percent, color: "#c2ddf2" },
      { end: 100, color: "#f5f5f5" },
    ]);
    series.setValue(percent);
    const text = chart.getSurface("chart").get("percent");
    if (text) text.setAttributes({ text: `${percent.toFixed(0)}%`, x: chart.getWidth() / 2 }, true);
    chart.redraw();
    this.down("#amounts").update(amounts);
  },
});
