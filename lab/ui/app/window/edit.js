// SPDX-License-Identifier: GPL-3.0-or-later

/** A dialog around one form: red fields at opening, a submit button that follows validity, the task that comes of it shown. */
Ext.define("Proxmox.window.Edit", {
  extend: "Ext.window.Window",
  alias: "widget.proxmoxWindowEdit",

  modal: true,
  resizable: false,
  width: 600,
  method: "POST",
  url: "",
  submitText: undefined,
  validateOnShow: true,
  // Enter in a field submits.
  referenceHolder: true,
  defaultButton: "submitbutton",
  showTaskViewer: false,
  formItems: [],
  fieldLabelWidth: 100,

  initComponent() {
    this.formPanel = Ext.create("Ext.form.Panel", {
      border: false,
      bodyPadding: 10,
      // Fields are checked as they change; the button follows.
      pollForChanges: false,
      fieldDefaults: { labelWidth: this.fieldLabelWidth, anchor: "100%" },
      items: this.formItems,
      checkState: () => this.checkState(),
      listeners: { validitychange: () => this.checkState(), dirtychange: () => this.checkState() },
    });
    this.items = [this.formPanel];
    this.submitButton = Ext.create("Ext.button.Button", {
      reference: "submitbutton",
      text: this.submitText ?? gettext("Create"),
      disabled: true,
      handler: () => this.submit(),
    });
    this.buttons = [{ xtype: "proxmoxHelpButton" }, "->", this.submitButton];
    this.callParent();
    this.on("show", this.firstLook, this, { single: true });
  },

  firstLook() {
    if (this.validateOnShow) this.formPanel.getForm().isValid();
    this.checkState();
    const first = this.down(this.defaultFocus ?? "textfield");
    if (first && !this.defaultFocus) first.focus(true, 50);
  },

  /** Valid without marking what the person has not yet touched. */
  checkState() {
    if (this.destroyed || !this.submitButton) return;
    const fields = this.formPanel.getForm().getFields();
    const wrong = fields.items.some((field) => !field.disabled && field.validate && !this.isFieldValid(field));
    this.submitButton.setDisabled(wrong);
  },

  isFieldValid(field) {
    if (field.xtype === "hiddenfield") return field.isValid();
    return !field.isVisible(true) || field.isValid();
  },

  /** The parameters of the request. */
  values() {
    return this.formPanel.getForm().getValues(false, false, false, false);
  },

  submit() {
    Proxmox.Utils.API2Request({
      url: this.url,
      method: this.method,
      params: this.values(),
      waitMsgTarget: this,
      failure: (response) => this.refused(response),
      success: (response) => this.accepted(response.result.data),
    });
  },

  refused(response) {
    this.formPanel.getForm().markInvalid(response.result?.errors ?? {});
    Ext.Msg.alert(gettext("Error"), response.htmlStatus);
  },

  accepted(answer) {
    if (this.showTaskViewer && Ext.isString(answer) && answer.startsWith("UPID:")) {
      this.hide();
      Ext.create("Proxmox.window.TaskViewer", {
        upid: answer,
        taskDone: (success) => this.taskDone(success),
        listeners: { destroy: () => this.close() },
      }).show();
      return;
    }
    this.close();
  },

  taskDone: Ext.emptyFn,
});
