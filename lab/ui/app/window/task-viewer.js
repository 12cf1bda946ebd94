// SPDX-License-Identifier: GPL-3.0-or-later

/** Follows one task: its output and its status, asked every second until it has stopped. */
Ext.define("Proxmox.window.TaskViewer", {
  extend: "Ext.window.Window",
  alias: "widget.proxmoxTaskViewer",

  modal: true,
  width: 800,
  height: 500,
  layout: "fit",
  upid: undefined,

  /** Called once with whether the task ended well. */
  taskDone: Ext.emptyFn,

  initComponent() {
    this.task = PVE.TaskText.parse(this.upid);
    this.title = `Task viewer: ${this.task.description}`;
    const address = `/nodes/${this.task.node}/tasks/${encodeURIComponent(this.upid)}`;
    this.statusStore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 1000,
      fields: ["status", "exitstatus"],
      proxy: { type: "proxmox", url: `/api2/json${address}/status` },
    });
    this.logStore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 1000,
      idProperty: "n",
      fields: [{ name: "n", type: "int" }, "t"],
      proxy: { type: "proxmox", url: `/api2/extjs${address}/log`, extraParams: { start: 0, limit: 5000 } },
    });
    this.items = [{ xtype: "tabpanel", plain: true, border: false, items: [this.outputTab(), this.statusTab()] }];
    this.callParent();
    this.mon(this.statusStore, "load", this.onStatus, this);
    this.mon(this.logStore, "load", this.onLog, this);
    this.statusStore.startUpdate();
    this.logStore.startUpdate();
  },

  outputTab() {
    return {
      title: gettext("Output"),
      itemId: "output",
      scrollable: true,
      bodyPadding: 5,
      bodyCls: "lab-log",
      tbar: [this.stopButton()],
    };
  },

  statusTab() {
    return { title: gettext("Status"), itemId: "status", bodyPadding: 10, scrollable: true, tbar: [this.stopButton()] };
  },

  stopButton() {
    return {
      text: gettext("Stop"),
      itemId: "stop",
      disabled: true,
      handler: () =>
        Proxmox.Utils.API2Request({
          url: `/nodes/${this.task.node}/tasks/${encodeURIComponent(this.upid)}`,
          method: "DELETE",
          waitMsgTarget: this,
          failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
        }),
    };
  },

  onLog(_store, records, success) {
    if (!success || this.destroyed) return;
    const lines = records.map((record) => Ext.htmlEncode(record.get("t")));
    this.down("#output").update(`<pre>${lines.join("\n")}</pre>`);
  },

  onStatus(store, records, success) {
    if (!success || this.destroyed || !records[0]) return;
    const { status, exitstatus } = records[0].data;
    this.down("#status").update(this.describeStatus(status, exitstatus));
    for (const button of this.query("#stop")) button.setDisabled(status !== "running");
    if (status !== "stopped") return;
    store.stopUpdate();
    this.logStore.on("load", () => this.logStore.stopUpdate(), this, { single: true });
    this.taskDone(exitstatus === "OK");
  },

  describeStatus(status, exitstatus) {
    const rows = [
      [gettext("Status"), exitstatus ? `${status}: ${exitstatus}` : status],
      [gettext("Task type"), this.task.type],
      [gettext("User name"), this.task.user],
      [gettext("Node"), this.task.node],
      [gettext("Start Time"), PVE.Format.timestamp(this.task.start)],
      [gettext("Unique task ID"), this.upid],
    ];
    const cells = rows.map(([name, value]) => `<tr><th>${name}</th><td>${Ext.htmlEncode(value)}</td></tr>`);
    return `<table class="lab-facts">${cells.join("")}</table>`;
  },

  onDestroy() {
    this.statusStore.destroy();
    this.logStore.destroy();
    this.callParent();
  },
});
