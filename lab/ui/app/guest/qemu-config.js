// SPDX-License-Identifier: GPL-3.0-or-later

/** A virtual machine: its menu and pages, its state asked every second, and the buttons that act on it. */
Ext.define("PVE.qemu.Config", {
  extend: "PVE.guest.Config",
  alias: "widget.pveQemuConfig",
  hstateid: "kvmtab",

  initComponent() {
    const { text, node, vmid } = this.pveSelNode.data;
    this.base = `/nodes/${encodeURIComponent(node)}/qemu/${vmid}`;
    this.heading = Ext.String.format(gettext("Virtual Machine {0} on node '{1}'"), text, node);
    this.statusStore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 1000,
      autoStart: true,
      fields: [
        "status",
        "qmpstatus",
        "name",
        "ha",
        "lock",
        "cpu",
        "cpus",
        "mem",
        "maxmem",
        "memhost",
        "maxdisk",
        "uptime",
      ],
      proxy: { type: "proxmox", url: `/api2/json${this.base}/status/current` },
    });
    this.actions = this.buttons(vmid);
    this.pages = [
      this.card("pveGuestSummary", "summary", gettext("Summary"), "book"),
      ...this.entriesOf([["console", "Console", "terminal"]]),
      this.card("PVE.qemu.HardwareView", "hardware", gettext("Hardware"), "desktop"),
      ...this.entriesOf([["cloudinit", "Cloud-Init", "cloud"]]),
      this.card("PVE.qemu.Options", "options", gettext("Options"), "gear"),
      {
        ...this.card("proxmoxNodeTasks", "tasks", gettext("Task History"), "list-alt"),
        nodename: node,
        vmidFilter: vmid,
      },
      ...this.entriesOf([
        ["monitor", "Monitor", "eye"],
        ["backup", "Backup", "floppy-o"],
        ["replication", "Replication", "retweet"],
        ["snapshot", "Snapshots", "history"],
        ...this.firewall,
      ]),
    ];
    this.callParent();
    this.mon(this.statusStore, "load", (_store, records, success) => success && this.showState(records[0]?.data ?? {}));
    this.on("destroy", () => this.statusStore.destroy());
  },

  card: (xtype, itemId, title, icon) => ({ xtype, itemId, title, iconCls: `fa fa-${icon}` }),

  buttons(vmid) {
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    const ask = (text, action) => ({ text, handler: () => this.confirmCommand(text, action) });
    return [
      {
        text: gettext("Start"),
        itemId: "start",
        iconCls: "fa fa-play",
        disabled: true,
        handler: () => this.command("start"),
      },
      {
        xtype: "splitbutton",
        text: gettext("Shutdown"),
        itemId: "shutdown",
        iconCls: "fa fa-power-off",
        disabled: true,
        handler: () => this.confirmCommand(gettext("Shutdown"), "shutdown"),
        menu: [ask(gettext("Reboot"), "reboot"), ask(gettext("Stop"), "stop"), ask(gettext("Reset"), "reset")],
      },
      {
        text: gettext("Migrate"),
        itemId: "migrate",
        iconCls: "fa fa-send-o",
        disabled: true,
        handler: () => this.migrate(),
      },
      { xtype: "splitbutton", text: gettext("Console"), iconCls: "fa fa-terminal", handler: tell(gettext("Console")) },
      {
        text: gettext("More"),
        menu: [{ text: gettext("Manage HA"), iconCls: "fa fa-heartbeat", handler: () => this.manageHa(vmid) }],
      },
    ];
  },

  /** What may be pressed follows the state; only a cluster has somewhere to go. */
  showState(data) {
    if (this.destroyed) return;
    this.state = data;
    const running = data.status === "running";
    this.down("#start").setDisabled(running);
    this.down("#shutdown").setDisabled(!running);
    this.down("#migrate").setDisabled(PVE.data.ResourceStore.nodeNames().length < 2);
  },

  confirmCommand(title, action) {
    Ext.Msg.confirm(
      title,
      `${title} VM ${this.pveSelNode.get("vmid")} ?`,
      (button) => button === "yes" && this.command(action),
    );
  },

  command(action) {
    Proxmox.Utils.API2Request({
      url: `${this.base}/status/${action}`,
      method: "POST",
      waitMsgTarget: this,
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
    });
  },

  migrate() {
    const { vmid, node } = this.pveSelNode.data;
    const running = this.state?.status === "running";
    Ext.create("PVE.window.Migrate", { vmid, nodename: node, vmname: this.state?.name, running }).show();
  },

  manageHa(vmid) {
    if (!Ext.ClassManager.get("PVE.ha.VMResourceEdit")) {
      PVE.panel.NotSimulated.tell(gettext("Manage HA"));
      return;
    }
    Ext.create("PVE.ha.VMResourceEdit", { vmid, guestType: "qemu" }).show();
  },
});
