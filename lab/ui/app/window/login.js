// SPDX-License-Identifier: GPL-3.0-or-later

/** The login window; hands the ticket's answer to `opened`. */
Ext.define("PVE.window.LoginWindow", {
  extend: "Ext.window.Window",

  modal: true,
  closable: false,
  resizable: false,
  width: 400,
  layout: "fit",
  cls: "lab-login",
  defaultFocus: "textfield[name=username]",

  /** Called with the answer of access/ticket. */
  opened: Ext.emptyFn,

  initComponent() {
    this.title = gettext("Proxmox VE Login");
    const saved = Ext.state.Manager.get("login-saveusername");
    this.items = [
      {
        xtype: "form",
        reference: "loginForm",
        layout: "anchor",
        defaults: { anchor: "100%" },
        border: true,
        bodyPadding: "5 5 0 5",
        fieldDefaults: { labelAlign: "right", allowBlank: false },
        defaultButton: "loginButton",
        referenceHolder: true,
        items: this.fields(saved?.username ?? ""),
        buttons: [
          {
            xtype: "checkbox",
            fieldLabel: gettext("Save User name"),
            name: "saveusername",
            labelWidth: 250,
            labelAlign: "right",
            submitValue: false,
            checked: Boolean(saved),
          },
          { text: gettext("Login"), reference: "loginButton", handler: () => this.login() },
        ],
      },
    ];
    this.callParent();
    if (saved) this.defaultFocus = "textfield[name=password]";
    this.on("afterrender", () => Proxmox.window.ConsentModal.showWhereAsked(), null, { single: true });
  },

  fields(username) {
    return [
      {
        xtype: "textfield",
        fieldLabel: gettext("User name"),
        name: "username",
        value: username,
        reference: "usernameField",
        inputAttrTpl: "autocomplete=username",
      },
      {
        xtype: "textfield",
        inputType: "password",
        fieldLabel: gettext("Password"),
        name: "password",
        reference: "passwordField",
        inputAttrTpl: "autocomplete=current-password",
      },
      { xtype: "pveRealmComboBox", fieldLabel: gettext("Realm"), name: "realm", inputId: "pveloginrealm-inputEl" },
      { xtype: "proxmoxLanguageSelector", fieldLabel: gettext("Language"), name: "lang", submitValue: false },
    ];
  },

  login() {
    const form = this.down("form").getForm();
    if (!form.isValid()) return;
    const { username, password, realm } = form.getValues();
    this.setLoading(gettext("Please wait..."));
    Ext.Ajax.request({
      url: "/api2/extjs/access/ticket",
      method: "POST",
      params: { username: `${username}@${realm}`, password },
      callback: (_options, _arrived, response) => {
        this.setLoading(false);
        const answer = Ext.decode(response.responseText || "null", true);
        if (answer?.success && answer.data) this.finish(answer.data, username);
        else this.refuse(response);
      },
    });
  },

  finish(login, username) {
    const save = this.down("checkbox[name=saveusername]").getValue();
    Ext.state.Manager.set("login-saveusername", save ? { username } : null);
    PVE.Session.open(login);
    this.opened(login);
    this.close();
  },

  refuse(response) {
    const reachable = Boolean(response.status);
    const text = reachable
      ? gettext("Login failed. Please try again")
      : gettext("Connection failure. Network error or Proxmox VE services not running?");
    Ext.Msg.show({
      title: gettext("Error"),
      icon: Ext.Msg.ERROR,
      message: text,
      buttons: Ext.Msg.OK,
      callback: () => this.destroyed || this.down("textfield[name=password]").focus(true, 100),
    });
  },
});
