// SPDX-License-Identifier: GPL-3.0-or-later

/** The facts of a node: load, memory, disk, processor, kernel, version, package repositories. */
Ext.define("PVE.node.StatusView", {
  extend: "Ext.panel.Panel",
  alias: "widget.pveNodeStatus",

  height: 350,
  bodyPadding: "15 20",
  bodyCls: "lab-node-status",

  initComponent() {
    this.title = this.nodename;
    this.rstore = this.statusStore;
    this.repositories = "";
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", (_store, records, success) => success && this.showFacts(records[0]?.data ?? {}));
    this.on("afterrender", () => this.rstore.isLoaded() && this.showFacts(this.rstore.first()?.data ?? {}));
    this.askRepositories();
  },

  /** Production needs a subscription and its repository; anything else is said in the last line. */
  askRepositories() {
    const base = `/nodes/${encodeURIComponent(this.nodename)}`;
    Proxmox.Utils.API2Request({
      url: `${base}/subscription`,
      callback: (_options, accepted, response) => {
        const active = accepted && (response.result.data?.status ?? "").toLowerCase() === "active";
        Proxmox.Utils.API2Request({
          url: `${base}/apt/repositories`,
          callback: (_more, known) => {
            if (this.destroyed) return;
            this.repositories = known && active ? "good" : "warning";
            if (this.rstore.isLoaded()) this.showFacts(this.rstore.first()?.data ?? {});
          },
        });
      },
    });
  },

  showFacts(data) {
    const uptime = data.uptime ? ` (${gettext("Uptime")}: ${PVE.Format.duration(data.uptime)})` : "";
    this.setTitle(Ext.htmlEncode(this.nodename) + uptime);
    const cores = data.cpuinfo?.cpus ?? 0;
    const usage = ({ used, total } = {}, size = undefined) => PVE.Format.usage(used, total, size);
    const share = ({ used, total } = {}) => (total ? used / total : 0);
    const left = [
      this.bar(
        "fa-microchip",
        gettext("CPU usage"),
        `${PVE.Format.percent(data.cpu)} ${gettext("of")} ${cores} CPU(s)`,
        data.cpu,
      ),
      this.bar("fa-th", gettext("RAM usage"), usage(data.memory), share(data.memory)),
      this.bar("fa-hdd-o", `${gettext("HD space")} (root)`, usage(data.rootfs), share(data.rootfs)),
    ];
    const right = [
      this.bar("fa-clock-o", gettext("IO delay"), PVE.Format.percent(data.wait), data.wait),
      this.line("fa-tasks", gettext("Load average"), (data.loadavg ?? []).join(",")),
      this.bar("fa-refresh", gettext("SWAP usage"), usage(data.swap), share(data.swap)),
    ];
    this.update(
      `<div class="lab-columns-2"><div>${left.join("")}</div><div>${right.join("")}</div></div>${this.facts(data)}`,
    );
  },

  facts(data) {
    const info = data.cpuinfo ?? {};
    const sockets =
      info.sockets === 1 ? gettext("1 Socket") : Ext.String.format(gettext("{0} Sockets"), info.sockets ?? 0);
    const kernel = data["current-kernel"];
    const boot = data["boot-info"]?.mode === "efi" ? "EFI" : "Legacy BIOS";
    return [
      this.line("", "CPU(s)", `${info.cpus ?? 0} x ${info.model ?? ""} (${sockets})`),
      this.line(
        "",
        gettext("Kernel Version"),
        kernel ? `${kernel.sysname} ${kernel.release} ${kernel.version}` : (data.kversion ?? ""),
      ),
      this.line("", gettext("Boot Mode"), boot),
      this.line("", gettext("Manager Version"), data.pveversion ?? ""),
      this.line("", gettext("Repository Status"), this.repositoryText()),
    ].join("");
  },

  repositoryText() {
    switch (this.repositories) {
      case "good":
        return gettext("Production-ready Enterprise repository enabled");
      case "warning":
        return gettext("Enterprise repository needs valid subscription");
      default:
        return "";
    }
  },

  line(icon, name, value) {
    const mark = icon ? `<i class="fa fa-fw ${icon}"></i> ` : "";
    return `<div class="lab-fact"><span>${mark}${name}</span><span>${Ext.htmlEncode(value)}</span></div>`;
  },

  bar(icon, name, value, share) {
    const percent = Math.max(0, Math.min(1, share || 0)) * 100;
    return `${this.line(icon, name, value)}<div class="lab-bar"><div style="width:${percent.toFixed(1)}%"></div></div>`;
  },
});
