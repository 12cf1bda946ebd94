// SPDX-License-Identifier: GPL-3.0-or-later

/** Follows `rstore` and changes only what differs, so that a grid keeps its selection, scroll position and rows. */
Ext.define("Proxmox.data.DiffStore", {
  extend: "Ext.data.Store",
  alias: "store.diff",

  constructor(config) {
    const { rstore, keep, ...rest } = config;
    this.callParent([{ model: rstore.getModel(), proxy: { type: "memory" }, ...rest }]);
    this.rstore = rstore;
    this.keep = keep ?? (() => true);
    this.mon(rstore, "load", this.follow, this);
    if (rstore.isLoaded()) this.follow(rstore, rstore.getRange(), true);
  },

  follow(_store, records, success) {
    if (!success || this.destroyed) return;
    const wanted = new Map(records.filter(this.keep).map((record) => [record.getId(), record]));
    this.remove(this.getRange().filter((record) => !wanted.has(record.getId())));
    for (const [id, record] of wanted) {
      const mine = this.getById(id);
      if (mine) mine.set(record.getData(), { dirty: false, commit: true });
      else this.add(record.copy(id));
    }
    this.fireEvent("followed", this);
  },
});
