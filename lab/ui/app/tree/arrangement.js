// SPDX-License-Identifier: GPL-3.0-or-later

/** Where each resource stands in the tree, for one of the four views: `{ id, parentId, order, text, iconCls, … }`, parents first. */
Ext.define("PVE.tree.Arrangement", {
  singleton: true,

  ranks: ["group", "node", "pool", "qemu", "lxc", "network", "sdn", "storage"],

  of(view, resources) {
    const entries = resources.map((resource) => this.entry(resource, this.parentOf(view, resource)));
    const groups = this.groups(view, resources);
    return [...groups, ...entries].sort((one, other) => (one.order < other.order ? -1 : 1));
  },

  parentOf(view, resource) {
    switch (view) {
      case "folder":
        return `group/${resource.type}`;
      case "pool":
        return resource.type !== "pool" && resource.pool ? `/pool/${resource.pool}` : "root";
      case "tags":
        return resource.type === "node" || !resource.node ? "root" : `node/${resource.node}`;
      default:
        return resource.type === "node" || !resource.node ? "root" : `node/${resource.node}`;
    }
  },

  groups(view, resources) {
    if (view !== "folder") return [];
    const labels = {
      node: gettext("Nodes"),
      qemu: gettext("Virtual Machine"),
      lxc: gettext("LXC Container"),
      storage: gettext("Storage"),
      network: gettext("Network"),
      sdn: "SDN",
      pool: gettext("Resource Pool"),
    };
    return [...new Set(resources.map((resource) => resource.type))].map((type) => ({
      id: `group/${type}`,
      parentId: "root",
      order: this.order("group", labels[type] ?? type),
      text: labels[type] ?? type,
      type: "folder",
      iconCls: PVE.tree.Icons.of({ type: "folder" }),
      leaf: false,
    }));
  },

  entry(resource, parentId) {
    const { id, type, status, hastate, node, vmid, storage, template, text } = resource;
    return {
      id,
      parentId,
      order: this.order(type, vmid ? String(vmid).padStart(12, "0") : text),
      text,
      type,
      status,
      hastate,
      node,
      vmid,
      storage,
      template,
      iconCls: PVE.tree.Icons.of(resource),
      leaf: type !== "node" && type !== "pool",
    };
  },

  order(type, name) {
    return `${String(this.ranks.indexOf(type) + 1).padStart(2, "0")} ${name}`;
  },
});
