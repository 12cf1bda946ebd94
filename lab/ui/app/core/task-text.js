// SPDX-License-Identifier: GPL-3.0-or-later

/** What a task does, in words: from its type and the id in its UPID. */
Ext.define("PVE.TaskText", {
  singleton: true,

  known: {
    aptupdate: ["", "Update package database"],
    cephcreatemon: ["Ceph Monitor", "Create"],
    cephcreateosd: ["Ceph OSD", "Create"],
    cephcreatepool: ["Ceph Pool", "Create"],
    clustercreate: ["", "Create Cluster"],
    clusterjoin: ["", "Join Cluster"],
    hamigrate: ["HA", "Migrate"],
    hastart: ["HA", "Start"],
    hastop: ["HA", "Stop"],
    qmcreate: ["VM", "Create"],
    qmdestroy: ["VM", "Destroy"],
    qmigrate: ["VM", "Migrate"],
    qmshutdown: ["VM", "Shutdown"],
    qmstart: ["VM", "Start"],
    qmstop: ["VM", "Stop"],
    qmclone: ["VM", "Clone"],
    reloadnetworkall: ["", "Apply SDN changes on all nodes"],
    srvreload: ["SRV", "Reload"],
    srvrestart: ["SRV", "Restart"],
    startall: ["", "Bulk start VMs and Containers"],
    stopall: ["", "Bulk shutdown VMs and Containers"],
    vncshell: ["", "Shell"],
  },

  describe(type, id) {
    const [subject, action] = this.known[type] ?? [undefined, undefined];
    if (action === undefined) return Ext.htmlEncode(id ? `${type} ${id}` : type);
    return Ext.htmlEncode(subject ? `${gettext(subject)} ${id} - ${gettext(action)}` : gettext(action));
  },

  /** The parts of `UPID:node:pid:pstart:start:type:id:user:`. */
  parse(upid) {
    const [, node, , , start, type, id, user] = upid.split(":");
    return { node, type, id, user, start: Number.parseInt(start, 16), description: this.describe(type, id) };
  },
});
