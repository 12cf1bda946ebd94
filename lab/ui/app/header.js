// SPDX-License-Identifier: GPL-3.0-or-later

/** The bar at the top: the lab's mark, the version, the search field, the buttons and the user's menu. */
Ext.define("PVE.lab.Header", {
  extend: "Ext.container.Container",
  xtype: "pveLabHeader",

  layout: { type: "hbox", align: "middle" },
  margin: "2 0 2 5",
  height: 35,

  initComponent() {
    const nine = PVE.Lab.dialect === "9";
    const tell = (text) => () => PVE.panel.NotSimulated.tell(text);
    const search = {
      xtype: "textfield",
      itemId: "globalsearch",
      emptyText: gettext("Search"),
      height: 24,
      ...(nine ? { flex: 1.41 } : { width: 250, margin: "0 0 0 10" }),
    };
    const capabilities = Ext.state.Manager.get("GuiCap");
    const create = (text, iconCls, handler = tell(text)) => ({
      xtype: "button",
      itemId: iconCls.endsWith("desktop") ? "createvm" : "createct",
      text,
      iconCls,
      margin: "0 5 0 0",
      disabled: !capabilities.vms["VM.Allocate"],
      handler,
    });
    this.items = [
      { xtype: "component", cls: "lab-logo", html: "<b>LAB</b><span>Constat</span>", width: 198, height: 30 },
      { xtype: "component", id: "versioninfo", cls: "lab-version", html: "Virtual Environment" },
      ...(nine ? [{ xtype: "component", flex: 1 }] : []),
      search,
      { xtype: "component", flex: 1 },
      {
        xtype: "button",
        ui: "default-toolbar",
        iconCls: "fa fa-book",
        text: gettext("Documentation"),
        margin: "0 5 0 0",
        handler: tell(gettext("Documentation")),
      },
      create(gettext("Create VM"), "fa fa-desktop", () => Ext.create("PVE.qemu.CreateWizard").show()),
      create(gettext("Create CT"), "fa fa-cube"),
      this.userButton(tell),
    ];
    this.callParent();
    this.mon(Ext.state.Manager.getProvider(), "statechange", (_provider, name, value) => {
      if (name !== "GuiCap" || !value) return;
      for (const id of ["#createvm", "#createct"]) this.down(id).setDisabled(!value.vms["VM.Allocate"]);
    });
  },

  userButton(tell) {
    const entry = (text, icon, handler) => ({ text, iconCls: `fa fa-fw fa-${icon}`, handler: handler ?? tell(text) });
    return {
      xtype: "button",
      id: "userinfo",
      cls: "lab-user",
      iconCls: "fa fa-user",
      text: Ext.htmlEncode(Proxmox.UserName ?? ""),
      margin: "0 5 0 0",
      menu: [
        entry(gettext("My Settings"), "gear"),
        entry(gettext("Password"), "key"),
        entry("TFA", "lock"),
        entry(gettext("Color Theme"), "paint-brush"),
        entry(gettext("Language"), "language"),
        "-",
        entry(gettext("Logout"), "sign-out", () => this.up("pveStdWorkspace").logout()),
      ],
    };
  },

  setUser(name) {
    this.down("#userinfo").setText(Ext.htmlEncode(name));
  },

  setVersion(version) {
    this.down("#versioninfo").update(Ext.htmlEncode(`Virtual Environment ${version}`));
    this.updateLayout();
  },
});
