// SPDX-License-Identifier: GPL-3.0-or-later

/** Cells of SDN lists: what runs, and after it, in italics, what waits for the next apply. */
Ext.define("PVE.sdn.Pending", {
  singleton: true,

  /** The value of one column; a section that is new shows what waits only, a deleted one is struck through. */
  cell(record, value, key) {
    const { state, pending } = record.data;
    const text = (each) => Ext.htmlEncode(each === undefined || each === null ? "" : String(each));
    if (state === undefined || state === null || state === "") return text(value);
    if (state === "deleted") return `<div style="text-decoration: line-through;">${text(value)}</div>`;
    const waiting = pending?.[key];
    if (waiting === "deleted") return `<div style="text-decoration: line-through;">${text(value)}</div>`;
    if (waiting === undefined) return text(value);
    return state === "new" ? text(waiting) : `${text(value)}<div style="color: darkorange;">${text(waiting)}</div>`;
  },

  /** "new", "changed" or "deleted", with the colour that says "not applied yet". */
  state(state) {
    return state
      ? `<span class="warning"><i class="fa fa-fw fa-refresh warning"></i> ${Ext.htmlEncode(state)}</span>`
      : "";
  },

  column(text, dataIndex, more) {
    return {
      text,
      dataIndex,
      flex: 1,
      renderer: (value, _meta, record) => this.cell(record, value, dataIndex),
      ...more,
    };
  },
});
