// SPDX-License-Identifier: GPL-3.0-or-later

/** Creates a pool, and the storage on it. */
Ext.define("PVE.CephPoolEdit", {
  extend: "Proxmox.window.Edit",
  xtype: "pveCephPoolEdit",

  width: 620,
  showTaskViewer: true,

  initComponent() {
    this.title = `${gettext("Create")}: ${gettext("Ceph Pool")}`;
    const base = `/nodes/${encodeURIComponent(this.nodename)}/ceph`;
    this.url = `${base}/pool`;
    const column = (items, padding) => ({
      xtype: "container",
      flex: 1,
      padding,
      layout: "anchor",
      defaults: { anchor: "100%", labelWidth: 140 },
      items,
    });
    const integer = (name, fieldLabel, value, limits) => ({
      xtype: "numberfield",
      name,
      fieldLabel,
      value,
      allowBlank: false,
      allowDecimals: false,
      ...limits,
    });
    const row = (...columns) => ({ xtype: "container", layout: { type: "hbox", align: "top" }, items: columns });
    this.formItems = [
      row(
        column(
          [
            { xtype: "textfield", name: "name", fieldLabel: gettext("Name"), allowBlank: false, regex: /^[^:/\s]+$/ },
            integer("size", gettext("Size"), 3, { minValue: 2, maxValue: 7 }),
          ],
          "0 10 0 0",
        ),
        column(
          [
            {
              xtype: "combobox",
              name: "pg_autoscale_mode",
              fieldLabel: gettext("PG Autoscale Mode"),
              value: "on",
              editable: false,
              store: ["warn", "on", "off"],
            },
            { xtype: "proxmoxcheckbox", name: "add_storages", fieldLabel: gettext("Add as Storage"), checked: true },
          ],
          "0 0 0 10",
        ),
      ),
      {
        ...row(
          column(
            [
              integer("min_size", gettext("Min. Size"), 2, { minValue: 2, maxValue: 7 }),
              this.ruleSelector(base),
              integer("pg_num", "# of PGs", 128, { minValue: 1, maxValue: 32768 }),
            ],
            "0 10 0 0",
          ),
          column([], "0 0 0 10"),
        ),
        itemId: "advanced",
        hidden: true,
      },
    ];
    this.callParent();
    this.down("toolbar[dock=bottom]").insert(2, {
      xtype: "proxmoxcheckbox",
      name: "advancedcb",
      boxLabel: gettext("Advanced"),
      listeners: { change: (_box, shown) => this.down("#advanced").setVisible(shown) },
    });
    this.askDefaults(base);
  },

  ruleSelector(base) {
    return {
      xtype: "combobox",
      alias: "pveCephRuleSelector",
      name: "crush_rule",
      fieldLabel: "Crush Rule",
      value: "replicated_rule",
      editable: false,
      valueField: "name",
      displayField: "name",
      store: Ext.create("Ext.data.Store", {
        autoLoad: true,
        fields: ["name"],
        proxy: { type: "proxmox", url: `/api2/json${base}/rules` },
      }),
    };
  },

  /** The cluster's own default replicas. */
  askDefaults(base) {
    Proxmox.Utils.API2Request({
      url: `${base}/cfg/value?config-keys=${encodeURIComponent("global:osd-pool-default-size;global:osd-pool-default-min-size")}`,
      success: ({ result }) => {
        const wanted = result.data?.global ?? {};
        for (const [name, value] of [
          ["size", wanted.osd_pool_default_size],
          ["min_size", wanted.osd_pool_default_min_size],
        ]) {
          const field = this.destroyed ? null : this.down(`field[name=${name}]`);
          if (field && value !== undefined && !field.isDirty()) field.setValue(Number(value));
        }
      },
    });
  },

  values() {
    const { advancedcb, ...values } = this.callParent();
    return values;
  },
});

/** The pools of the cluster. */
Ext.define("PVE.node.CephPoolList", {
  extend: "Ext.grid.Panel",
  alias: "widget.pveNodeCephPoolList",

  initComponent() {
    this.nodename = this.pveSelNode.get("node");
    this.rstore = Ext.create("Proxmox.data.UpdateStore", {
      interval: 3000,
      storeid: `ceph-pool-list${this.nodename}`,
      idProperty: "pool_name",
      fields: [
        ...["pool_name", "type", "pg_autoscale_mode", "crush_rule_name", "application_metadata"],
        ...["pool", "size", "min_size", "pg_num", "pg_num_final", "crush_rule", "bytes_used"].map((name) => ({
          name,
          type: "int",
        })),
        { name: "percent_used", type: "number" },
      ],
      proxy: { type: "proxmox", url: `/api2/json/nodes/${encodeURIComponent(this.nodename)}/ceph/pool` },
    });
    this.store = Ext.create("Proxmox.data.DiffStore", { rstore: this.rstore, sorters: "pool_name" });
    this.tbar = [
      { text: gettext("Create"), handler: () => this.createPool() },
      { text: gettext("Edit"), disabled: true },
      { text: gettext("Destroy"), disabled: true },
    ];
    const right = (text, dataIndex, more) => ({ text, dataIndex, flex: 1, minWidth: 110, align: "right", ...more });
    this.columns = [
      right("Pool #", "pool", { maxWidth: 90, minWidth: 70 }),
      { text: gettext("Name"), dataIndex: "pool_name", flex: 2, minWidth: 120, renderer: Ext.htmlEncode },
      { text: gettext("Type"), dataIndex: "type", width: 100 },
      right(`${gettext("Size")}/min`, "size", {
        renderer: (size, _meta, record) => `${size}/${record.get("min_size")}`,
      }),
      right("# of Placement Groups", "pg_num", { minWidth: 160 }),
      right(gettext("Optimal # of PGs"), "pg_num_final", { minWidth: 140 }),
      right(gettext("Autoscale Mode"), "pg_autoscale_mode"),
      right("CRUSH Rule (ID)", "crush_rule_name", {
        minWidth: 150,
        renderer: (name, _meta, record) => `${Ext.htmlEncode(name)} (${record.get("crush_rule")})`,
      }),
      right(`${gettext("Used")} (%)`, "bytes_used", {
        minWidth: 130,
        renderer: (used, _meta, record) =>
          `${PVE.Format.size(used)} (${PVE.Format.percent(record.get("percent_used"))})`,
      }),
    ];
    this.callParent();
    PVE.Ceph.watch(this, this.rstore, this.nodename);
    this.on("destroy", () => {
      this.rstore.destroy();
      this.store.destroy();
    });
    this.rstore.startUpdate();
  },

  createPool() {
    Ext.create("PVE.CephPoolEdit", { nodename: this.nodename, taskDone: () => this.rstore.load() }).show();
  },
});
