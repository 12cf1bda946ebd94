// SPDX-License-Identifier: GPL-3.0-or-later

/** Who is logged in: the cookie, the token that goes with each change, and the names in the page's global. */
Ext.define("PVE.Session", {
  singleton: true,

  /** The ticket in the cookie when somebody is logged in, else undefined. */
  ticket() {
    const value = Proxmox.UserName ? Ext.util.Cookies.get(Proxmox.Setup.auth_cookie_name) : null;
    return value ? decodeURIComponent(value) : undefined;
  },

  /** Takes over the answer of access/ticket. */
  open(login) {
    Proxmox.UserName = login.username;
    this.useToken(login.CSRFPreventionToken);
    if (login.ticket) this.writeCookie(encodeURIComponent(login.ticket), "");
  },

  close() {
    Proxmox.UserName = null;
    this.useToken("");
    this.writeCookie("", "; expires=Thu, 01 Jan 1970 00:00:00 GMT");
  },

  useToken(token) {
    Proxmox.CSRFPreventionToken = token;
    Ext.Ajax.setDefaultHeaders(token ? { CSRFPreventionToken: token } : {});
  },

  writeCookie(value, more) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, the next request needs it now.
    document.cookie = `${Proxmox.Setup.auth_cookie_name}=${value}; path=/; secure; samesite=lax${more}`;
  },
});
