// SPDX-License-Identifier: GPL-3.0-or-later

/** Requests to the API behind the page, and the masks that say what came of them. */
Ext.define("Proxmox.Utils", {
  singleton: true,

  /** Sends one request to /api2/extjs and hands the decoded envelope over as `response.result`. */
  API2Request({ url, method = "GET", params, waitMsgTarget, success, failure, callback }) {
    const show = (busy) => waitMsgTarget && !waitMsgTarget.destroyed && this.setErrorMask(waitMsgTarget, busy);
    show(true);
    Ext.Ajax.request({
      url: `/api2/extjs${url}`,
      method,
      params,
      callback: (options, arrived, response) => {
        show(false);
        response.result = arrived ? Ext.decode(response.responseText, true) : undefined;
        const accepted = Boolean(response.result?.success);
        if (!accepted) response.htmlStatus = this.describeFailure(response);
        if (accepted) success?.(response, options);
        else failure?.(response, options);
        callback?.(options, accepted, response);
      },
    });
  },

  /** Why a request failed, as safe HTML: the server's own words, parameter by parameter. */
  describeFailure(response) {
    const answer = response.result ?? Ext.decode(response.responseText || "null", true);
    if (!answer) {
      if (!response.status) return gettext("Connection error - server offline?");
      return Ext.htmlEncode(`${response.statusText || gettext("Connection error")} (${response.status})`);
    }
    const lines = [Ext.htmlEncode((answer.message ?? gettext("Unknown error")).trim())];
    for (const [name, text] of Object.entries(answer.errors ?? {})) lines.push(Ext.htmlEncode(`${name}: ${text}`));
    const code = answer.status ?? response.status;
    return lines.join("<br>") + (code ? ` (${code})` : "");
  },

  /** `true`: a loading mask, a text: an error mask, `false`: none. */
  setErrorMask(component, message) {
    if (component.destroyed) return;
    if (!component.rendered) {
      component.on("afterrender", () => this.setErrorMask(component, component.pendingMask), this, { single: true });
      component.pendingMask = message;
      return;
    }
    component.pendingMask = message;
    if (message === true) component.setLoading(gettext("Loading..."));
    else if (message) component.setLoading({ msg: message, cls: "lab-error-mask" });
    else component.setLoading(false);
  },

  /** Masks a component until its store has answered once, and again with the reason whenever a load fails. */
  monStoreErrors(component, store) {
    let answered = false;
    const beforeLoad = () => {
      if (!answered) this.setErrorMask(component, true);
    };
    component.mon(store, "beforeload", beforeLoad);
    component.mon(store, "load", (_store, _records, success, operation) => {
      answered = true;
      this.setErrorMask(component, success ? false : this.describeLoadError(operation));
    });
    if (store.isLoading()) beforeLoad();
  },

  /** Why a store's load failed, as safe HTML. */
  describeLoadError(operation) {
    const error = operation?.getError?.();
    if (Ext.isString(error)) return Ext.htmlEncode(error);
    if (error?.response) return this.describeFailure(error.response);
    if (error?.status) return Ext.htmlEncode(`${error.statusText ?? ""} (${error.status})`);
    return gettext("Connection error - server offline?");
  },

  /** Runs `next` after a look at the subscription; without an active one the known dialog comes first. */
  checkedCommand(next) {
    this.API2Request({
      url: "/nodes/localhost/subscription",
      failure: (response) => Ext.Msg.alert(gettext("Error"), response.htmlStatus),
      success: (response) => {
        if ((response.result.data?.status ?? "").toLowerCase() === "active") {
          next();
          return;
        }
        Ext.Msg.show({
          title: gettext("No valid subscription"),
          icon: Ext.Msg.WARNING,
          message: gettext("You do not have a valid subscription for this server."),
          buttons: Ext.Msg.OK,
          callback: (button) => {
            if (button === "ok") next();
          },
        });
      },
    });
  },
});
