// SPDX-License-Identifier: GPL-3.0-or-later

/** The window of one SDN section: new when it has no `sectionId`, else filled from the API. Empty fields are deleted in a change. */
Ext.define("PVE.sdn.SectionEdit", {
  extend: "Proxmox.window.Edit",

  width: 500,
  fieldLabelWidth: 120,
  listUrl: undefined,
  sectionId: undefined,

  initComponent() {
    const isCreate = this.sectionId === undefined;
    this.url = isCreate ? this.listUrl : `${this.listUrl}/${encodeURIComponent(this.sectionId)}`;
    this.method = isCreate ? "POST" : "PUT";
    this.title = `${isCreate ? gettext("Create") : gettext("Edit")}: ${this.subject}`;
    this.submitText = isCreate ? gettext("Add") : gettext("OK");
    this.formItems = this.fieldList(isCreate);
    this.callParent();
    if (isCreate) return;
    Proxmox.Utils.API2Request({
      url: this.url,
      waitMsgTarget: this,
      success: (response) => !this.destroyed && this.formPanel.getForm().setValues(response.result.data),
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus, () => this.close()),
    });
  },

  /** The id of a section: a field while it is made, a text afterwards. */
  idField(name, isCreate, more) {
    return {
      xtype: isCreate ? "textfield" : "displayfield",
      name,
      fieldLabel: "ID",
      allowBlank: false,
      maxLength: 8,
      regex: /^[a-zA-Z][a-zA-Z0-9]*[a-zA-Z0-9]$/,
      ...more,
    };
  },

  values() {
    const values = this.callParent();
    const given = Object.entries(values).filter(([, value]) => value !== "" && value !== null);
    if (this.sectionId === undefined) return Object.fromEntries(given);
    const kept = given.filter(([name]) => name !== "type");
    const gone = Object.keys(values).filter((name) => values[name] === "" || values[name] === null);
    return { ...Object.fromEntries(kept), ...(gone.length > 0 ? { delete: gone.join(",") } : {}) };
  },
});
