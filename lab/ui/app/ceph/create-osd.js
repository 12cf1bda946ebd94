// SPDX-License-Identifier: GPL-3.0-or-later

/** Creates an OSD on an unused disk. */
Ext.define("PVE.CephCreateOsd", {
  extend: "Proxmox.window.Edit",
  xtype: "pveCephCreateOsd",

  width: 720,
  showTaskViewer: true,
  fieldLabelWidth: 100,

  initComponent() {
    this.title = `${gettext("Create")}: Ceph OSD`;
    this.url = `/nodes/${encodeURIComponent(this.nodename)}/ceph/osd`;
    const disk = (name, fieldLabel, more) => ({
      xtype: "pmxDiskSelector",
      name,
      fieldLabel,
      nodename: this.nodename,
      ...more,
    });
    this.formItems = [
      {
        xtype: "container",
        layout: { type: "hbox", align: "top" },
        defaults: { xtype: "container", flex: 1, layout: "anchor", defaults: { anchor: "100%", labelWidth: 100 } },
        items: [
          { padding: "0 10 0 0", items: [disk("dev", gettext("Disk"), { diskType: "unused", allowBlank: false })] },
          {
            padding: "0 0 0 10",
            items: [
              disk("db_dev", gettext("DB Disk"), {
                diskType: "journal_disks",
                autoSelectFirst: false,
                emptyText: gettext("use OSD disk"),
              }),
              {
                xtype: "numberfield",
                name: "db_dev_size",
                fieldLabel: `${gettext("DB size")} (${gettext("GiB")})`,
                minValue: 1,
                disabled: true,
                emptyText: gettext("Automatic"),
              },
            ],
          },
        ],
      },
    ];
    this.callParent();
    this.down("toolbar[dock=bottom]").insert(2, {
      xtype: "proxmoxcheckbox",
      name: "advancedcb",
      boxLabel: gettext("Advanced"),
    });
  },

  /** Only what is filled is sent. */
  values() {
    const all = this.callParent();
    return Object.fromEntries(Object.entries(all).filter(([name, value]) => value !== "" && name !== "advancedcb"));
  },
});
