// SPDX-License-Identifier: GPL-3.0-or-later

/** A window of several pages, each of which opens once the one before is valid; only the last one's button does anything. */
Ext.define("PVE.window.Wizard", {
  extend: "Ext.window.Window",

  width: 720,
  height: 540,
  modal: true,
  resizable: false,
  layout: "fit",
  /** Configurations of the pages, in their order. */
  pages: [],

  initComponent() {
    this.items = [
      {
        xtype: "form",
        border: false,
        layout: "fit",
        fieldDefaults: { labelWidth: 100, anchor: "100%" },
        items: [
          {
            xtype: "tabpanel",
            itemId: "wizcontent",
            activeTab: 0,
            bodyPadding: 10,
            defaults: { border: false },
            items: this.pages.map((page, index) => ({ ...page, disabled: index > 0 })),
            listeners: { tabchange: () => this.judge() },
          },
        ],
      },
    ];
    const button = (itemId, text, handler, more) => ({ itemId, text, minWidth: 60, handler, ...more });
    this.fbar = [
      { xtype: "proxmoxHelpButton", itemId: "help" },
      "->",
      button("back", gettext("Back"), () => this.turn(-1), { disabled: true }),
      button("next", gettext("Next"), () => this.turn(1), { disabled: true }),
      button("submit", gettext("Finish"), () => this.submit(), { hidden: true }),
    ];
    this.callParent();
    for (const field of this.query("field")) field.on({ change: this.judge, validitychange: this.judge, scope: this });
    this.on("show", this.judge, this);
  },

  content() {
    return this.down("#wizcontent");
  },

  position() {
    return this.content().items.indexOf(this.content().getActiveTab());
  },

  turn(steps) {
    const next = this.content().items.getAt(this.position() + steps);
    if (!next || (steps > 0 && !this.isPageValid())) return;
    next.enable();
    this.content().setActiveTab(next);
  },

  isPageValid() {
    return this.content()
      .getActiveTab()
      .query("field")
      .every((field) => field.disabled || field.isValid());
  },

  /** The buttons follow the page that is shown; a page that is not valid closes those behind it. */
  judge() {
    if (this.destroyed || !this.rendered) return;
    const index = this.position();
    const pages = this.content().items;
    const last = index === pages.getCount() - 1;
    const valid = this.isPageValid();
    this.down("#back").setDisabled(index === 0);
    this.down("#next").setDisabled(!valid).setVisible(!last);
    this.down("#submit").setDisabled(!valid).setVisible(last);
    if (last) return;
    if (valid) pages.getAt(index + 1).enable();
    else pages.each((page, at) => at > index && page.disable());
  },

  /** Parameters of all pages, by name. */
  values() {
    return this.down("form").getForm().getValues(false, false, false, false);
  },

  submit: Ext.emptyFn,
});
