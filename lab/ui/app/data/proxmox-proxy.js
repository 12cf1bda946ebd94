// SPDX-License-Identifier: GPL-3.0-or-later

/** Reads lists and objects of the API: rows under `data`, none of ExtJS's paging parameters in the request. */
Ext.define("Proxmox.data.Proxy", {
  extend: "Ext.data.proxy.Ajax",
  alias: "proxy.proxmox",

  config: { noCache: false, pageParam: null, startParam: null, limitParam: null, sortParam: null, filterParam: null },

  reader: {
    type: "json",
    rootProperty: "data",
    successProperty: "success",
    messageProperty: "message",
    // The extjs envelope says 0, ExtJS looks for false; the json envelope says nothing.
    transform: (answer) => ({ ...answer, success: answer.success !== 0 }),
  },
});
