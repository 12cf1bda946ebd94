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
      { xtype: "component", cls: "lab-gauge-title", html: `<h3>${this.heading}</h3>`, height: 56 },
      { xtype: "container", layout: "fit", height: 115, items: [this.chart()] },
      { xtype: "component", itemId: "amounts", cls: "lab-gauge-amounts", html: "", height: 20 },
    ];
    this.callParent();
  },

  chart() {
    return {
      xtype: "polar",
      itemId: "chart",
      border: false,
      // No `background`: a transparent one is painted as a full rectangle on the second and third chart of a page.
      animation: false,
      insetPadding: "7 0 8 0",
      innerPadding: 0,
      series: [
        {
          type: "gauge",
          value: 0,
          totalAngle: Math.PI,
          needleLength: 100,
          donut: 90,
          colors: ["#c2ddf2", "#f5f5f5"],
        },
      ],
      sprites: [
        {
          type: "text",
          id: "percent",
          text: "0%",
          fontSize: 30,
          fontFamily: "arial",
          textAlign: "center",
          y: 90,
          x: 0,
        },
      ],
    };
  },

  /** Shows a share from 0 to 1 and the words below it. */
  updateValue(share, amounts) {
    const percent = Math.max(0, Math.min(1, share || 0)) * 100;
    const chart = this.down("#chart");
    const series = chart.getSeries()[0];
    series.setValue(percent);
    const text = chart.getSurface("chart").get("percent");
    if (text) text.setAttributes({ text: `${percent.toFixed(0)}%`, x: chart.getWidth() / 2 + 3 }, true);
    chart.redraw();
    this.down("#amounts").update(amounts);
  },
});
