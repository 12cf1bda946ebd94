// SPDX-License-Identifier: GPL-3.0-or-later

/** What Ceph's pages share: versions, icons of health, and the window that stands where Ceph is not there yet. */
Ext.define("PVE.Ceph", {
  singleton: true,

  /** "19.2.3" of a record that carries `ceph_version` or `ceph_version_short`. */
  version(data) {
    if (data.ceph_version_short) return data.ceph_version_short;
    return /version\s+([0-9.]+)/.exec(data.ceph_version ?? "")?.[1] ?? "";
  },

  /** Below, at or above zero, as the first version is older, the same or newer; texts or lists of parts. */
  compare(one, other) {
    const parts = (version) => (Array.isArray(version) ? version : `${version ?? ""}`.split(".")).map(Number);
    const [left, right] = [parts(one), parts(other)];
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      const difference = (left[index] || 0) - (right[index] || 0);
      if (difference !== 0) return difference;
    }
    return 0;
  },

  /** The newest of the versions that cluster/ceph/metadata gives by node, as a text. */
  newest(nodes) {
    return Object.values(nodes ?? {})
      .map((node) => node.version)
      .reduce((best, version) => (this.compare(version.parts, best.parts) > 0 ? version : best), { parts: [], str: "" })
      .str;
  },

  looks: { HEALTH_OK: "good", HEALTH_WARN: "warning", HEALTH_ERR: "critical" },

  healthIcon(severity) {
    const look = this.looks[severity];
    const glyphs = { good: "fa-check", warning: "fa-exclamation", critical: "fa-times" };
    return `<i class="fa fa-fw ${glyphs[look] ?? "fa-question-circle"} ${look ?? "faded"}"></i>`;
  },

  /** Up and in, with arrows and dots. */
  osdState(up, inside) {
    const upIcon = up ? "good fa-arrow-circle-up" : "critical fa-arrow-circle-down";
    const inIcon = inside ? "good fa-circle" : "warning fa-circle-o";
    return `${up ? "up" : "down"} <i class="fa ${upIcon}"></i> / ${inside ? "in" : "out"} <i class="fa ${inIcon}"></i>`;
  },

  /** A page whose request failed: the install window over it where Ceph is missing, else the reason. */
  showInstallOrMask(page, message, nodename, onClose) {
    if (page.destroyed) return;
    if (!/not (?:installed|initialized)/i.test(message)) {
      Proxmox.Utils.setErrorMask(page, message);
      return;
    }
    if (!page.rendered) {
      page.on("afterrender", () => this.showInstallOrMask(page, message, nodename, onClose), this, { single: true });
      return;
    }
    Proxmox.Utils.setErrorMask(page, false);
    page.el.mask();
    if (page.installWindow) return;
    const window = Ext.create("PVE.ceph.Install", { nodename, isInstalled: /not initialized/i.test(message) });
    page.installWindow = window;
    page.add(window);
    window.on("close", () => {
      page.installWindow = undefined;
      if (page.destroyed) return;
      page.el.unmask();
      onClose?.();
    });
    window.show();
  },

  /** Follows a store: its first load masks the page, an error of Ceph's absence opens the window and stops the asking. */
  watch(page, store, nodename) {
    Proxmox.Utils.setErrorMask(page, true);
    page.mon(store, "load", (_store, _records, success, operation) => {
      if (success) {
        Proxmox.Utils.setErrorMask(page, false);
        return;
      }
      const message = Proxmox.Utils.describeLoadError(operation);
      if (/not (?:installed|initialized)/i.test(message)) store.stopUpdate?.();
      this.showInstallOrMask(page, message, nodename, () => store.startUpdate?.());
    });
  },
});
