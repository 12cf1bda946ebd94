// SPDX-License-Identifier: GPL-3.0-or-later

/** Keys and values of a machine, asked every five seconds; a value that waits for the next start stands below in orange. */
Ext.define("Proxmox.grid.PendingObjectGrid", {
  extend: "Ext.grid.Panel",
  alias: "widget.proxmoxPendingObjectGrid",

  hideHeaders: true,
  /** By key: `header`, `iconCls`, `order`, `required` (shown without value), `renderer`, `defaultValue`. */
  rows: {},

  initComponent() {
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 5000,
      autoStart: true,
      idProperty: "key",
      fields: ["key", "value", "pending", "delete"],
      proxy: { type: "proxmox", url: this.url },
    });
    this.store = Ext.create("Ext.data.Store", {
      idProperty: "key",
      fields: ["key", "value", "pending", "delete", "order"],
      sorters: ["order", "key"],
      proxy: { type: "memory" },
    });
    this.columns = [
      { text: gettext("Name"), dataIndex: "key", width: this.keyWidth ?? 280, renderer: (key) => this.nameCell(key) },
      {
        text: gettext("Value"),
        dataIndex: "value",
        flex: 1,
        renderer: (_value, _meta, { data }) => this.valueCell(data),
      },
    ];
    this.callParent();
    Proxmox.Utils.monStoreErrors(this, this.rstore);
    this.mon(this.rstore, "load", (_store, records, success) => success && this.showRows(records));
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
  },

  /** The row description of a key; "scsi0" and its like share one. */
  rowOf(key) {
    return this.rows[key] ?? this.rows[key.replace(/\d+$/, "N")];
  },

  showRows(records) {
    if (this.destroyed) return;
    const given = new Map(records.map((record) => [record.get("key"), record.data]));
    const required = Object.keys(this.rows).filter((key) => this.rows[key].required && !given.has(key));
    const wanted = [...given.values(), ...required.map((key) => ({ key }))].filter(({ key }) => this.rowOf(key));
    const keys = new Set(wanted.map(({ key }) => key));
    this.store.remove(this.store.getRange().filter((record) => !keys.has(record.get("key"))));
    for (const { key, value, pending, delete: removed } of wanted) {
      const data = { key, value, pending, delete: removed, order: this.rowOf(key).order };
      const known = this.store.findRecord("key", key, 0, false, true, true);
      if (known) known.set(data, { commit: true, dirty: false });
      else this.store.add(data);
    }
    this.values = Object.fromEntries([...given.values()].map(({ key, value }) => [key, value]));
    this.getView().refresh();
  },

  nameCell(key) {
    const { header, iconCls } = this.rowOf(key);
    const number = /\d+$/.exec(key)?.[0];
    const icon = iconCls ? `<i class="fa fa-fw fa-${iconCls}"></i> ` : "";
    return `${icon}${Ext.htmlEncode(header)}${this.rows[key] || number === undefined ? "" : ` (${key})`}`;
  },

  valueCell({ key, value, pending, delete: removed }) {
    const { renderer = (text) => text, defaultValue = "" } = this.rowOf(key);
    const show = (text) => Ext.htmlEncode(String(renderer(text ?? defaultValue, this.values ?? {}) ?? ""));
    if (removed) return `<span style="text-decoration:line-through">${show(value)}</span>`;
    if (pending === undefined || pending === null || pending === "") return show(value);
    return `${show(value)}<br><span class="lab-pending">${show(pending)}</span>`;
  },
});
