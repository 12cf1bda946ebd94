// SPDX-License-Identifier: GPL-3.0-or-later

/** How the resource tree is arranged; bound to the field `view` of the address. */
Ext.define("PVE.form.ViewSelector", {
  extend: "Ext.form.field.ComboBox",
  alias: "widget.pveViewSelector",

  editable: false,
  forceSelection: true,
  queryMode: "local",

  initComponent() {
    this.store = [
      ["server", gettext("Server View")],
      ["folder", gettext("Folder View")],
      ["pool", gettext("Pool View")],
      ["tags", gettext("Tag View")],
    ];
    const provider = Ext.state.Manager.getProvider();
    const known = (view) => (["server", "folder", "pool", "tags"].includes(view) ? view : "server");
    this.value = known(provider.get("view").value);
    this.callParent();
    this.mon(provider, "statechange", (_provider, name, state) => {
      if (name === "view") this.setValue(known(state.value));
    });
    this.on("change", (_field, view) => provider.set("view", { value: view }));
  },
});
