// SPDX-License-Identifier: GPL-3.0-or-later

/** Monitors, managers and metadata servers, each a small box with its state. */
Ext.define("PVE.ceph.Services", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveCephServices",

  layout: { type: "hbox", align: "stretch" },
  bodyPadding: "0 5 20",

  initComponent() {
    this.title = gettext("Services");
    const list = (itemId, heading) => ({
      xtype: "component",
      itemId,
      flex: 1,
      cls: "lab-ceph-services",
      tpl: [
        `<h3>${heading}</h3>`,
        '<tpl for="services"><span class="lab-ceph-service">{name}: <i class="fa fa-fw {icon}"></i></span></tpl>',
      ],
      data: { services: [] },
    });
    this.items = [
      list("mons", gettext("Monitors")),
      list("mgrs", gettext("Managers")),
      list("mdss", gettext("Meta Data Servers")),
    ];
    this.callParent();
  },

  updateAll(metadata, status) {
    const { quorum_names: quorum = [], mgrmap = {}, health = {} } = status;
    const low = Object.entries(health.checks ?? {}).filter(([code]) => code.startsWith("MON_DISK"));
    const warned = (name) =>
      low.some(([, check]) => (check.detail ?? []).some((line) => line.message.startsWith(`mon.${name} `)));
    const mon = (name) => {
      if (!quorum.includes(name)) return "fa-times critical";
      return warned(name) ? "fa-exclamation warning" : "fa-check good";
    };
    const alive = [mgrmap.active_name, ...(mgrmap.standbys ?? []).map((standby) => standby.name)];
    const mgr = (name) => (alive.includes(name) ? "fa-check good" : "fa-times critical");
    const show = (itemId, services, icon) => {
      const names = Object.values(services ?? {}).map((service) => service.name);
      this.down(itemId).update({ services: names.sort().map((name) => ({ name, icon: icon(name) })) });
    };
    show("#mons", metadata.mon, mon);
    show("#mgrs", metadata.mgr, mgr);
    show("#mdss", metadata.mds, () => "fa-check good");
  },
});
