// SPDX-License-Identifier: GPL-3.0-or-later

/** OSDs by up/down and in/out, and placement groups by state with a ring. */
Ext.define("PVE.ceph.StatusDetail", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveCephStatusDetail",

  layout: { type: "hbox", align: "stretch" },
  bodyPadding: "0 5 10",

  initComponent() {
    this.title = gettext("Status");
    this.items = [
      {
        xtype: "component",
        itemId: "osds",
        flex: 1,
        cls: "lab-ceph-osds",
        tpl: this.osdTemplate(),
        data: this.osdData({}),
      },
      { xtype: "container", itemId: "ring", width: 190, padding: "10 5", layout: "fit", items: [this.chart()] },
      {
        xtype: "component",
        itemId: "pgs",
        flex: 1.6,
        padding: "0 10",
        cls: "lab-ceph-pgs",
        tpl: [
          "<h3>PGs</h3>",
          '<tpl for="states"><div class="lab-fact">',
          '<span><i class="fa fa-circle" style="color:{color}"></i> {state_name}:</span><span>{count}</span>',
          "</div></tpl>",
        ],
        data: { states: [] },
      },
    ];
    this.callParent();
  },

  chart() {
    this.ringStore = Ext.create("Ext.data.Store", { fields: ["state_name", "count", "color"] });
    return {
      xtype: "polar",
      animation: false,
      border: false,
      store: this.ringStore,
      innerPadding: 0,
      insetPadding: 2,
      series: [
        {
          type: "pie",
          angleField: "count",
          donut: 48,
          style: { strokeStyle: "#fff", lineWidth: 1 },
          renderer: (_sprite, _config, { store }, index) => ({ fillStyle: store.getAt(index)?.get("color") ?? "#ccc" }),
        },
      ],
    };
  },

  osdTemplate() {
    const icon = (look) => `<i class="fa fa-fw ${look}"></i>`;
    return [
      "<h3>OSDs</h3>",
      '<table class="lab-osd-table">',
      `<tr><td></td><td>${icon("good fa-circle")}${gettext("In")}</td><td>${icon("warning fa-circle-o")}${gettext("Out")}</td></tr>`,
      `<tr><td>${icon("good fa-arrow-circle-up")}${gettext("Up")}</td><td>{upin}</td><td>{upout}</td></tr>`,
      `<tr><td>${icon("critical fa-arrow-circle-down")}${gettext("Down")}</td><td>{downin}</td><td>{downout}</td></tr>`,
      `</table><p>${gettext("Total")}: {total}</p>`,
    ];
  },

  /** How many are down and in is only told by the check about it. */
  osdData({ osdmap = {}, health = {} }) {
    const { num_osds: total = 0, num_in_osds: inside = 0, num_up_osds: up = 0 } = osdmap;
    const message = health.checks?.OSD_DOWN?.summary.message ?? "";
    const downin = Number(/^(\d+) osds? down/.exec(message)?.[1] ?? 0);
    const upin = inside - downin;
    return { total, upin, downin, upout: up - upin, downout: total - up - downin };
  },

  color(state) {
    if (state === "active+clean") return "#21bf4b";
    if (/down|stale|incomplete|inconsistent/.test(state)) return "#ff6c59";
    if (/degraded|undersized|unknown|peered/.test(state)) return "#fc0";
    return "#3892d4";
  },

  updateAll(status) {
    this.down("#osds").update(this.osdData(status));
    const states = [...(status.pgmap?.pgs_by_state ?? [])]
      .sort((one, other) => (one.state_name < other.state_name ? -1 : 1))
      .map((entry) => ({ ...entry, color: this.color(entry.state_name) }));
    this.down("#pgs").update({ states });
    if (JSON.stringify(states) === this.shown) return;
    this.shown = JSON.stringify(states);
    this.ringStore.loadData(states);
  },
});
