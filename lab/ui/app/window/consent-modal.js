// SPDX-License-Identifier: GPL-3.0-or-later

/** The text that a site wants agreed to before a login (8.3 and later): it closes by its one button alone. */
Ext.define("Proxmox.window.ConsentModal", {
  extend: "Ext.window.Window",
  alias: "widget.pmxConsentModal",

  modal: true,
  closable: false,
  resizable: false,
  alwaysOnTop: true,
  minWidth: 600,
  minHeight: 400,
  maxWidth: 1000,
  maxHeight: 1000,
  scrollable: true,
  /** The text itself. */
  consent: "",

  initComponent() {
    this.title = gettext("Consent");
    this.items = [{ xtype: "displayfield", padding: 10, value: Ext.htmlEncode(this.consent).replace(/\n/g, "<br>") }];
    this.buttons = [{ text: gettext("OK"), handler: () => this.close() }];
    this.callParent();
  },

  statics: {
    /** Shows the site's text, kept as Base64 of UTF-8, where it has one. */
    showWhereAsked() {
      if (!Proxmox.consentText) return;
      const bytes = Uint8Array.from(atob(Proxmox.consentText), (letter) => letter.charCodeAt(0));
      Ext.create("Proxmox.window.ConsentModal", { autoShow: true, consent: new TextDecoder().decode(bytes) });
    },
  },
});
