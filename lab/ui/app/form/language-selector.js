// SPDX-License-Identifier: GPL-3.0-or-later

/** The languages of the lab's catalogue; choosing another one writes the cookie and loads the page again. */
Ext.define("Proxmox.form.LanguageSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.proxmoxLanguageSelector",

  statics: { cookie: "PVELangCookie" },

  store: [
    ["en", "English - English"],
    ["fr", "Français - français"],
  ],
  editable: false,
  forceSelection: true,

  initComponent() {
    this.value = Proxmox.defaultLang;
    this.callParent();
    this.on("change", this.reload, this);
  },

  reload(_field, language) {
    Ext.util.Cookies.set(this.self.cookie, language, Ext.Date.add(new Date(), Ext.Date.YEAR, 10));
    window.location.reload();
  },
});
