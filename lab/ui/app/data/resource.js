// SPDX-License-Identifier: GPL-3.0-or-later

/** One element of cluster/resources: node, guest, storage, zone or pool. */
Ext.define("PVE.data.Resource", {
  extend: "Ext.data.Model",
  idProperty: "id",
  proxy: { type: "proxmox", url: "/api2/json/cluster/resources" },
  fields: [
    { name: "type", type: "string" },
    { name: "node", type: "string" },
    { name: "name", type: "string" },
    { name: "status", type: "string" },
    { name: "storage", type: "string" },
    { name: "pool", type: "string" },
    { name: "network", type: "string" },
    { name: "sdn", type: "string" },
    { name: "content", type: "string" },
    { name: "plugintype", type: "string" },
    { name: "level", type: "string" },
    { name: "hastate", type: "string" },
    { name: "tags", type: "string" },
    { name: "vmid", type: "int", allowNull: true },
    { name: "template", type: "int" },
    { name: "shared", type: "int" },
    { name: "cpu", type: "number" },
    { name: "maxcpu", type: "number" },
    { name: "mem", type: "number" },
    { name: "maxmem", type: "number" },
    { name: "disk", type: "number" },
    { name: "maxdisk", type: "number" },
    { name: "uptime", type: "int" },
    {
      name: "text",
      depends: ["type", "name", "node", "vmid", "storage", "pool", "network", "sdn"],
      calculate: (data) => PVE.data.Resource.describe(data),
    },
    {
      name: "running",
      type: "boolean",
      depends: ["type", "status"],
      calculate: (data) => ["running", "online", "available", "ok"].includes(data.status),
    },
  ],

  statics: {
    describe(data) {
      switch (data.type) {
        case "node":
          return data.node;
        case "qemu":
        case "lxc":
          return data.name ? `${data.vmid} (${data.name})` : String(data.vmid);
        case "storage":
          return `${data.storage} (${data.node})`;
        case "network":
          return `${data.network} (${data.node})`;
        case "sdn":
          return `${data.sdn} (${data.node})`;
        default:
          return data.pool || data.name || data.id;
      }
    },
  },
});
