// SPDX-License-Identifier: GPL-3.0-or-later

/** Makes a virtual machine in eight pages, the last of which shows what will be asked of the API. */
Ext.define("PVE.qemu.CreateWizard", {
  extend: "PVE.window.Wizard",
  alias: "widget.pveQemuCreateWizard",

  initComponent() {
    this.title = `${gettext("Create")}: ${gettext("Virtual Machine")}`;
    this.pages = [...PVE.qemu.CreatePages.all(Proxmox.NodeName), this.confirmation()];
    this.callParent();
    const field = (name) => this.down(`field[name=${name}]`);
    field("nodename").on("change", (_field, node) => this.onNode(node));
    field("cdstorage").on("change", (_field, storage) =>
      field("cdimage").setStorage(storage, field("nodename").getValue()),
    );
    for (const radio of this.query("radiofield[name=mediaType]")) radio.on("change", () => this.onMedium());
    field("nonetwork").on("change", (_box, none) => {
      for (const name of ["bridge", "tag", "firewall", "model", "macaddr"]) field(name).setDisabled(none);
    });
    this.content().on("tabchange", (_pages, page) => page.itemId === "confirm" && this.summarize());
    Proxmox.Utils.API2Request({
      url: "/cluster/nextid",
      success: ({ result }) =>
        this.destroyed || field("vmid").getValue() || field("vmid").setValue(Number(result.data)),
    });
  },

  onNode(node) {
    for (const storage of this.query("pveStorageSelector")) storage.setNodename(node);
  },

  onMedium() {
    const iso = this.down("radiofield[name=mediaType]").getGroupValue() === "iso";
    for (const name of ["cdstorage", "cdimage"]) this.down(`field[name=${name}]`).setDisabled(!iso);
    this.judge();
  },

  confirmation() {
    return {
      title: gettext("Confirm"),
      itemId: "confirm",
      layout: "fit",
      items: [
        {
          xtype: "grid",
          store: { fields: ["key", "value"], sorters: "key" },
          columns: [
            { header: gettext("Key"), width: 150, dataIndex: "key" },
            { header: gettext("Value"), flex: 1, dataIndex: "value", renderer: Ext.htmlEncode },
          ],
        },
      ],
      dockedItems: [
        {
          xtype: "proxmoxcheckbox",
          name: "start",
          dock: "bottom",
          margin: "5 0 0 0",
          boxLabel: gettext("Start after created"),
        },
      ],
    };
  },

  summarize() {
    const { nodename, ...parameters } = this.parameters();
    const rows = Object.entries({ ...parameters, nodename }).map(([key, value]) => ({ key, value }));
    this.down("grid").getStore().setData(rows);
  },

  /** What the API takes, from the fields of all pages. */
  parameters() {
    const of = this.values();
    const flags = (names) =>
      names
        .filter((name) => of[name] === "1")
        .map((name) => `,${name}=1`)
        .join("");
    const medium = { iso: of.cdimage, cdrom: "cdrom" }[of.mediaType] ?? "none";
    const optional = Object.fromEntries(
      ["name", "pool", "vga", "bios", "machine"].flatMap((key) =>
        of[key] && of[key] !== "__default__" ? [[key, of[key]]] : [],
      ),
    );
    return {
      ...optional,
      nodename: of.nodename,
      vmid: of.vmid,
      ...(of.agent === "1" ? { agent: 1 } : {}),
      ostype: of.ostype,
      scsihw: of.scsihw,
      ide2: `${medium},media=cdrom`,
      [`${of.controller}${of.deviceid}`]: `${of.hdstorage}:${of.disksize}${flags(["iothread"])}`,
      sockets: of.sockets,
      cores: of.cores,
      cpu: of.cputype,
      numa: 0,
      memory: of.memory,
      ...(of.nonetwork === "1"
        ? {}
        : { net0: `${of.model},bridge=${of.bridge}${of.tag ? `,tag=${of.tag}` : ""}${flags(["firewall"])}` }),
    };
  },

  submit() {
    const { nodename, ...params } = this.parameters();
    Proxmox.Utils.API2Request({
      url: `/nodes/${encodeURIComponent(nodename)}/qemu`,
      method: "POST",
      params: { ...params, ...(this.values().start === "1" ? { start: 1 } : {}) },
      waitMsgTarget: this,
      success: () => this.close(),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
    });
  },
});
