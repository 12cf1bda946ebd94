// SPDX-License-Identifier: GPL-3.0-or-later

/** A store that asks again and again: `interval` ms after each answer, plus twice as long as that answer took. */
Ext.define("Proxmox.data.UpdateStore", {
  extend: "Ext.data.Store",
  alias: "store.update",

  interval: 3000,
  autoStart: false,

  constructor(config) {
    const { storeid, ...rest } = config ?? {};
    this.callParent([storeid ? { storeId: storeid, ...rest } : rest]);
    this.interval = rest.interval ?? this.interval;
    this.timer = new Ext.util.DelayedTask(this.poll, this);
    if (rest.autoStart) this.startUpdate();
  },

  startUpdate() {
    this.running = true;
    this.timer.delay(0);
  },

  stopUpdate() {
    this.running = false;
    this.timer.cancel();
  },

  poll() {
    if (!this.running || this.destroyed) return;
    if (!PVE.Session.ticket()) {
      this.timer.delay(this.interval);
      return;
    }
    const started = Date.now();
    this.load({
      callback: () => {
        if (this.running && !this.destroyed) this.timer.delay(this.interval + 2 * (Date.now() - started));
      },
    });
  },

  destroy() {
    this.stopUpdate();
    this.callParent();
  },
});
