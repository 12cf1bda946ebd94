// SPDX-License-Identifier: GPL-3.0-or-later

/** How many virtual machines and containers run, are stopped, or are templates. */
Ext.define("PVE.dc.Guests", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveDcGuests",

  layout: { type: "hbox", align: "stretch" },

  initComponent() {
    this.title = gettext("Guests");
    this.items = ["qemu", "lxc"].map((type) => ({
      xtype: "component",
      itemId: type,
      flex: 1,
      cls: "lab-guests",
      tpl: this.template(),
      data: this.counts(type, []),
    }));
    this.callParent();
  },

  template() {
    const line = (icon, name, text) =>
      `<tr><td><i class="fa fa-fw ${icon}"></i> ${gettext(text)}</td><td>{${name}}</td></tr>`;
    return [
      "<h3>{title:htmlEncode}</h3><table>",
      line("fa-play-circle good", "running", "Running"),
      '<tpl if="paused &gt; 0">',
      line("fa-pause-circle warning", "paused", "Paused"),
      "</tpl>",
      line("fa-stop-circle faded", "stopped", "Stopped"),
      '<tpl if="templates &gt; 0">',
      line("fa-file-o", "templates", "Templates"),
      "</tpl>",
      "</table>",
    ];
  },

  counts(type, guests) {
    const mine = guests.filter((guest) => guest.type === type);
    const real = mine.filter((guest) => !guest.template);
    const running = real.filter((guest) => guest.status === "running").length;
    const paused = real.filter((guest) => guest.status === "paused").length;
    return {
      title: type === "qemu" ? gettext("Virtual Machines") : gettext("LXC Container"),
      running,
      paused,
      stopped: real.length - running - paused,
      templates: mine.length - real.length,
    };
  },

  updateGuests(records) {
    const guests = records.map((record) => record.data);
    for (const type of ["qemu", "lxc"]) this.down(`#${type}`).update(this.counts(type, guests));
  },
});
