// SPDX-License-Identifier: GPL-3.0-or-later

/** One fact of a guest: an icon, a name, a value, and perhaps a bar. */
Ext.define("Proxmox.widget.Info", {
  extend: "Ext.Component",
  alias: "widget.pmxInfoWidget",

  iconCls: "",
  title: "",
  value: "",
  cls: "lab-info",

  initComponent() {
    this.html = this.content(this.value, undefined);
    this.callParent();
  },

  /** Shows another value; `share` from 0 to 1 draws the bar. */
  updateValue(text, share) {
    this.value = text;
    this.update(this.content(text, share));
  },

  content(text, share) {
    const bar =
      share === undefined
        ? ""
        : `<div class="lab-bar"><div style="width:${(Math.max(0, Math.min(1, share || 0)) * 100).toFixed(1)}%"></div></div>`;
    const icon = `<i class="${this.iconCls}"></i>`;
    return `<div class="lab-fact"><span>${icon} ${this.title}</span><span>${Ext.htmlEncode(String(text ?? ""))}</span></div>${bar}`;
  },
});

/** The state of a guest: whether it runs, its HA state, where it is, what it uses. */
Ext.define("PVE.panel.GuestStatusView", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveGuestStatusView",

  height: 350,
  bodyPadding: "15 25",
  layout: { type: "vbox", align: "stretch" },

  initComponent() {
    const { node, text } = this.pveSelNode.data;
    this.title = Ext.htmlEncode(text);
    const fact = (itemId, icon, title, value = "") => ({
      xtype: "pmxInfoWidget",
      itemId,
      iconCls: `fa fa-fw fa-${icon}`,
      title,
      value,
    });
    this.items = [
      fact("status", "info", gettext("Status")),
      fact("hamanaged", "heartbeat", gettext("HA State")),
      fact("node", "building", gettext("Node"), node),
      { xtype: "box", height: 15 },
      fact("cpu", "microchip", gettext("CPU usage")),
      fact("memory", "th", gettext("Memory usage")),
      ...(PVE.Lab.dialect === "9" ? [fact("memory-host", "th", gettext("Host memory usage"))] : []),
      fact("bootdisk", "hdd-o", gettext("Bootdisk size")),
      { xtype: "box", height: 15 },
      { xtype: "pveAgentIPView", itemId: "agentIPs", pveSelNode: this.pveSelNode },
    ];
    this.callParent();
    this.rstore = this.statusStore;
    this.mon(this.statusStore, "load", (_store, records, success) => success && this.showState(records[0]?.data ?? {}));
    this.on("afterrender", () => this.statusStore.isLoaded() && this.showState(this.statusStore.first()?.data ?? {}));
  },

  showState(data) {
    if (this.destroyed) return;
    const uptime = data.uptime ? ` (${gettext("Uptime")}: ${PVE.Format.duration(data.uptime)})` : "";
    this.setTitle(Ext.htmlEncode(data.name ?? "") + uptime);
    const set = (itemId, text, share) => this.down(`#${itemId}`)?.updateValue(text, share);
    const state = data.qmpstatus && data.qmpstatus !== data.status ? `${data.status} (${data.qmpstatus})` : data.status;
    set("status", data.lock ? `${state} (${data.lock})` : state);
    set("hamanaged", data.ha?.managed ? (data.ha.state ?? "-") : gettext("none"));
    const cpus = Ext.String.format(gettext("of {0} CPU(s)"), data.cpus ?? 1);
    set("cpu", `${PVE.Format.percent(data.cpu)} ${cpus}`, data.cpu);
    set("memory", PVE.Format.usage(data.mem, data.maxmem), data.maxmem ? data.mem / data.maxmem : 0);
    set("memory-host", PVE.Format.size(data.memhost));
    set("bootdisk", PVE.Format.size(data.maxdisk));
  },
});
